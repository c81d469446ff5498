public import DiaryModel
import DiaryStore
public import SyncCore

/// What waits for a person and is found only by a walk over the diary.
public struct QuestionSearch: Sendable, Equatable {
    /// Pairs that look like one infusion.
    public var alike: [ProbableDuplicate] = []
    /// Pairs of which somebody said whether they are one infusion. They wait for nobody; a sum of some
    /// days rests on them, and the same walk finds them.
    public var linked: [ProbableDuplicate] = []
    /// Copies of which it is not settled which counts.
    public var copies: [OpenQuestion] = []
    /// The clinic's questions without an answer.
    public var asked: [EntryID] = []
    /// The notices that ask for something here.
    public var notices: [EntryID] = []
}

extension Reading {
    /// What is found; where nothing has come since it was remembered, that.
    public func questionSearch(catalogue: Catalogue) throws -> QuestionSearch {
        if let memory = try SearchMemory(in: self), try memory.state == searchState() {
            return memory.found
        }
        let asked = try views(of: .question).map(Question.init).filter { $0.state == .open }
        let (notices, notUnderstood) = try notices(catalogue: catalogue)
        let ties = try infusionTies()
        return QuestionSearch(
            alike: ties.alike, linked: ties.linked, copies: ties.copies, asked: asked.map(\.entry),
            notices: notices.filter(\.asksForSomething).map(\.held.entry) + notUnderstood)
    }

    /// What the search follows from: all events held, the clinic whose word counts, the zone of days.
    fileprivate func searchState() throws -> JSONValue {
        let pin = try transaction.pinnedClinic(in: diary)?.text ?? ""
        let state: JSONValue = [
            events.frontier.json, .string(pin), .string(zone.name),
        ]
        let hash = SHA256Hash.octets(of: state.canonicalBytes)
        return .string(String(decoding: Base64URL.encode(hash), as: UTF8.self))
    }
}

/// What was found last, and of which state of the diary it is: a sync that brings nothing then looks for
/// nothing.
private struct SearchMemory {
    let state: JSONValue
    let found: QuestionSearch

    private static let setting = "questions.found"

    init(state: JSONValue, found: QuestionSearch) {
        self.state = state
        self.found = found
    }

    init?(in reading: Reading) throws {
        guard let kept = try reading.transaction.setting(Self.setting, in: reading.diary),
            let state = kept["state"], let found = kept["found"].flatMap(QuestionSearch.init(json:))
        else { return nil }
        self.state = state
        self.found = found
    }

    func keep(in transaction: DiaryTransaction, _ diary: DiaryID) throws {
        try transaction.setSetting(
            Self.setting, ["found": found.json, "state": state], in: diary)
    }
}

extension Desk {
    /// Remembers what was found of this state of the diary, unless it is remembered already.
    public func remember(_ found: QuestionSearch, of frontier: VectorClock) throws {
        let memory = try database.read { transaction -> SearchMemory? in
            let reading = try Reading(transaction, diary: diary, zone: zone)
            let state = try reading.searchState()
            guard reading.events.frontier == frontier,
                try SearchMemory(in: reading)?.state != state
            else { return nil }
            return SearchMemory(state: state, found: found)
        }
        if let memory { try database.write { try memory.keep(in: $0, diary) } }
    }
}

extension QuestionSearch {
    fileprivate var json: JSONValue {
        [
            "alike": Self.json(alike),
            "asked": Self.json(asked),
            "copies": .array(
                copies.map { ["entries": Self.json($0.entries), "kind": .string($0.kind.code)] }),
            "linked": Self.json(linked), "notices": Self.json(notices),
        ]
    }

    /// Nil if it is not what this version keeps.
    fileprivate init?(json: JSONValue) {
        guard let asked = Self.entries(json["asked"]), let notices = Self.entries(json["notices"]),
            let alike = Self.pairs(json["alike"]), let linked = Self.pairs(json["linked"]),
            let groups = json["copies"]?.arrayValue
        else { return nil }
        let copies = groups.compactMap { group -> OpenQuestion? in
            guard let entries = Self.entries(group["entries"]),
                let code = group["kind"]?.stringValue,
                let kind = OpenQuestion.Kind.allCases.first(where: { $0.code == code })
            else { return nil }
            return OpenQuestion(kind: kind, entries: entries)
        }
        guard copies.count == groups.count else { return nil }
        self.init(alike: alike, linked: linked, copies: copies, asked: asked, notices: notices)
    }

    private static func json(_ pairs: [ProbableDuplicate]) -> JSONValue {
        .array(pairs.map { json([$0.left, $0.right]) })
    }

    private static func pairs(_ json: JSONValue?) -> [ProbableDuplicate]? {
        guard let items = json?.arrayValue else { return nil }
        let pairs = items.compactMap { pair -> ProbableDuplicate? in
            guard let both = Self.entries(pair), both.count == 2 else { return nil }
            return ProbableDuplicate(left: both[0], right: both[1])
        }
        return pairs.count == items.count ? pairs : nil
    }

    private static func json(_ entries: [EntryID]) -> JSONValue {
        .array(entries.map { .string($0.text) })
    }

    private static func entries(_ json: JSONValue?) -> [EntryID]? {
        guard let items = json?.arrayValue else { return nil }
        let entries = items.compactMap { EntryID(json: $0) }
        return entries.count == items.count ? entries : nil
    }
}
