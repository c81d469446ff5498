public import SyncCore

/// What the totals need to know of one infusion.
public struct TotalInfusion: Hashable, Sendable {
    public let entry: EntryID
    public let standing: Standing
    /// Its grams; a range where a vial line is in conflict.
    public let milligrams: MilligramRange

    public enum Standing: Hashable, Sendable {
        case active
        case voided
        /// `status` is in conflict: it may or may not have happened.
        case inQuestion
    }

    public init(_ entry: EntryID, _ standing: Standing, _ milligrams: MilligramRange) {
        self.entry = entry
        self.standing = standing
        self.milligrams = milligrams
    }
}

/// What is said of two entries: the candidates of one field `link.<id>`.
public struct LinkStatement: Hashable, Sendable {
    public let smaller: EntryID
    public let larger: EntryID
    /// More than one where people disagree.
    public let candidates: [Candidate]

    public enum Candidate: Hashable, Sendable {
        /// One infusion, and which copy counts.
        case same(counts: EntryID)
        /// Two infusions; both count.
        case different
    }

    /// A statement about two entries, in whatever order.
    public init(_ one: EntryID, _ other: EntryID, _ candidates: [Candidate]) {
        smaller = min(one, other)
        larger = max(one, other)
        self.candidates = candidates
    }

    /// One statement of each pair: a link that stands in the wrong one of the two entries is a voice
    /// like any other, and no entry is a copy of itself.
    static func ofPairs(_ links: [LinkStatement]) -> [LinkStatement] {
        Dictionary(grouping: links.filter { $0.smaller != $0.larger }) { [$0.smaller, $0.larger] }
            .values.compactMap { said in
                said.first.map { LinkStatement($0.smaller, $0.larger, said.flatMap(\.candidates)) }
            }
    }

    /// The entries that some candidate says are not to count.
    var setAside: [EntryID] {
        candidates.compactMap { candidate in
            guard case .same(let counts) = candidate else { return nil }
            if counts == smaller { return larger }
            return counts == larger ? smaller : nil
        }
    }

    /// The entries that some candidate says count.
    var keepers: [EntryID] {
        candidates.compactMap { if case .same(let counts) = $0 { counts } else { nil } }
    }

    var saysSame: Bool { !keepers.isEmpty }
    var saysDifferent: Bool { candidates.contains(.different) }
}

extension LinkStatement.Candidate {
    /// The candidate of a link's JSON; nil if it is not understood.
    public init?(json: JSONValue) {
        switch json["value"]?.stringValue {
        case "same":
            guard let counts = json["counts"].flatMap({ EntryID(json: $0) }) else {
                return nil
            }
            self = .same(counts: counts)
        case "different": self = .different
        default: return nil
        }
    }
}
