public import DiaryStore
public import SyncCore

/// What has been answered of something that is not saved yet.
///
/// No answer in it is lost but by a person's plain no: it only grows, and it is done with when
/// something was saved that says all it says. What says otherwise is something else, and leaves it
/// as it is.
public struct Draft: Sendable, Equatable {
    public let json: JSONValue

    public init(_ json: JSONValue) { self.json = json }

    /// The answers by what was asked: members of an object, or words such as `feels_well=yes`.
    private var answers: [String: [String]] {
        var answers: [String: [String]] = [:]
        for member in json.objectValue?.members ?? [] {
            answers[member.key] =
                member.value.arrayValue?.compactMap(\.stringValue)
                ?? [member.value.stringValue].compactMap(\.self)
        }
        for word in json.arrayValue?.compactMap(\.stringValue) ?? [] {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            answers[parts.first ?? word, default: []].append(parts.last ?? word)
        }
        return answers
    }

    /// The one answer to what was asked.
    public subscript(name: String) -> String? { answers[name]?.first }

    /// Whether another says all that this says.
    public func isPart(of whole: Draft) -> Bool {
        let said = whole.answers
        return answers.allSatisfy { (said[$0.key] ?? []).starts(with: $0.value) }
    }

    /// Whether the two answer one question differently.
    public func contradicts(_ other: Draft) -> Bool {
        let said = other.answers
        return answers.contains { !zip($0.value, said[$0.key] ?? []).allSatisfy(==) }
    }
}

/// A draft is a row of this device only: never synced, never counted. There is one of each kind.
extension Desk {
    public func draft(_ kind: String) throws -> Draft? {
        try database.read { try $0.setting(Self.row(kind), in: diary) }.map(Draft.init)
    }

    /// Keeps a draft, after each answer, so that Ctrl-C loses nothing; one of something else stays.
    public func keepDraft(_ kind: String, _ draft: Draft) throws {
        try database.write { transaction in
            let kept = try transaction.setting(Self.row(kind), in: diary).map(Draft.init)
            guard kept?.isPart(of: draft) ?? true else { return }
            try transaction.setSetting(Self.row(kind), draft.json, in: diary)
            guard kept == nil else { return }
            try transaction.setSetting(Self.begun(kind), .integer(clock.now), in: diary)
        }
    }

    /// When the draft was begun, in milliseconds since 1970: where it names no day, it is about that one.
    public func draftBegun(_ kind: String) throws -> Int64? {
        try database.read { try $0.setting(Self.begun(kind), in: diary)?.integerValue }
    }

    /// Begins a draft anew, of now, in the place of one that says no more.
    public func beginDraft(_ kind: String, _ draft: Draft) throws {
        try database.write { transaction in
            try transaction.setSetting(Self.row(kind), draft.json, in: diary)
            try transaction.setSetting(Self.begun(kind), .integer(clock.now), in: diary)
        }
    }

    /// Goes on with the draft, as it has become.
    public func takeUpDraft(_ kind: String, as draft: Draft) throws {
        try database.write { try $0.setSetting(Self.row(kind), draft.json, in: diary) }
    }

    /// Throws the draft away: a person said so.
    public func forgetDraft(_ kind: String) throws {
        try database.write { transaction in
            try transaction.setSetting(Self.row(kind), nil, in: diary)
            try transaction.setSetting(Self.begun(kind), nil, in: diary)
        }
    }

    /// Forgets the draft if what was saved says all of it.
    public func forgetDraft(_ kind: String, saidBy saved: Draft) throws {
        guard let draft = try draft(kind), draft.isPart(of: saved) else { return }
        try forgetDraft(kind)
    }

    /// What was begun in one diary of a patient is offered in another, to which new entries go now.
    public static func moveDrafts(
        from old: DiaryID, to new: DiaryID, in transaction: DiaryTransaction
    ) throws {
        for name in ["infusion", "check"].flatMap({ [row($0), begun($0)] }) {
            guard let kept = try transaction.setting(name, in: old),
                try transaction.setting(name, in: new) == nil
            else { continue }
            try transaction.setSetting(name, kept, in: new)
            try transaction.setSetting(name, nil, in: old)
        }
    }

    private static func row(_ kind: String) -> String { "draft.\(kind)" }
    private static func begun(_ kind: String) -> String { "draft.\(kind).begun" }
}
