/// One field of an entry: a multi-value register.
///
/// Its value is what its candidates say. An event is a candidate of a field if it sets it, counts for
/// it, and no other such event had seen it. Nothing is decided by a clock on the wall.
public struct Register: Sendable, Equatable {
    /// The candidates in order of their events' ids, so that every store lists them alike.
    public let candidates: [Candidate]

    public init(candidates: [Candidate]) {
        self.candidates = candidates.sorted { $0.event.id < $1.event.id }
    }

    /// The one value all candidates agree on; nil if they differ or there is none.
    public var settled: Value? {
        guard let first = candidates.first?.value,
            candidates.allSatisfy({ $0.value == first })
        else { return nil }
        return first
    }

    /// Whether candidates of different value stand side by side; erased beside another does too.
    public var isInConflict: Bool {
        guard let first = candidates.first else { return false }
        return candidates.contains { $0.value != first.value }
            || (candidates.count > 1 && candidates.contains { $0.value == .erased })
    }

    /// What a candidate says: a value, compared as canonical bytes, or that its body was erased.
    public enum Value: Sendable, Hashable {
        case said(JSONValue)
        case erased

        /// The value said; nil where it was erased.
        public var json: JSONValue? { if case .said(let value) = self { value } else { nil } }
    }
}

/// An event that speaks for a field, with who wrote it and when.
public struct Candidate: Sendable, Equatable {
    public let event: Position
    public let value: Register.Value
    public let author: EntryID?
    public let at: Timestamp
    /// What was said with it: warnings, reason, how it was typed.
    public let about: JSONObject

    public init(
        event: Position, value: Register.Value, author: EntryID?, at: Timestamp,
        about: JSONObject = [:]
    ) {
        self.event = event
        self.value = value
        self.author = author
        self.at = at
        self.about = about
    }
}
