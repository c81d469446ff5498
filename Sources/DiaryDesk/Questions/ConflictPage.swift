import DiaryStore
public import SyncCore

/// What is open about one entry, with a mark of exactly this view.
public struct ConflictPage: Sendable {
    public let entry: EntryID
    public let view: EntryView
    public let questions: [Question]

    /// One field with its candidates, called a, b, c …
    public struct Question: Sendable {
        public let field: String
        public let options: [Option]
        /// For `status`: what was corrected while somebody voided.
        public let unseen: [Position]
    }

    public struct Option: Sendable {
        public let letter: String
        public let candidate: Candidate
        /// Letters of the options whose events this one's writer had seen.
        public let hadSeen: [String]
        /// Whether its writer answered with it what was open before.
        public let isAnswer: Bool
    }

    /// Four hexadecimal digits that change when a candidate comes or goes.
    public var mark: String {
        let ids = questions.flatMap { question in
            question.options.map(\.candidate.event.id) + question.unseen.map(\.id)
        }
        let bytes = Set(ids).sorted().flatMap(\.octets)
        let number = SHA256Hash.octets(of: bytes).prefix(2).reduce(0) { ($0 << 8) | Int($1) }
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 4 - text.count) + text
    }

    init(_ view: EntryView, in reading: Reading) throws {
        entry = view.entry.id
        self.view = view
        let events = try reading.transaction.events(of: view.entry, in: reading.diary)
        questions = try view.conflicts.map { field in
            let candidates = view.fields[field]?.candidates ?? []
            let options = try candidates.enumerated().map { index, candidate in
                let event = events.first { $0.line.id == candidate.event.id }
                let before = try event.flatMap { try reading.view(before: $0, among: events) }
                let coverage = try reading.events.coverage(of: event?.line.envelope.context ?? [])
                let seen = try candidates.enumerated().filter { other in
                    guard let place = try reading.events.held(other.element.event)?.place else {
                        return false
                    }
                    return coverage.contains(place)
                }
                return Option(
                    letter: Self.letter(index), candidate: candidate,
                    hadSeen: seen.map { Self.letter($0.offset) },
                    isAnswer: before?.conflicts.contains(field) ?? false)
            }
            let unseen = field == Vocabulary.status ? view.voidQuestions.flatMap(\.unseen) : []
            return Question(field: field, options: options, unseen: unseen)
        }
    }

    private static func letter(_ index: Int) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        return index < letters.count ? String(letters[index]) : "n\(index + 1)"
    }
}

extension Reading {
    /// The open page of an entry; nil if everything about it is settled.
    public func conflictPage(of entry: EntryID) throws -> ConflictPage? {
        try view(of: entry).flatMap(conflictPage)
    }

    private func conflictPage(_ view: EntryView) throws -> ConflictPage? {
        view.conflicts.isEmpty ? nil : try ConflictPage(view, in: self)
    }

    /// All entries that wait for a person because their fields are in conflict.
    public func conflictPages() throws -> [ConflictPage] {
        try transaction.openQuestions(in: diary).compactMap {
            try view(of: $0.position).flatMap(conflictPage)
        }
    }
}
