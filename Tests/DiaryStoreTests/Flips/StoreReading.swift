import DiaryStore
import SyncCore

/// What a store says when it is asked everything: one answer, or one error, for each question.
struct StoreReading {
    /// One row of an event as it is stored.
    struct Row: Equatable {
        let arrival: Int
        let log: Int
        let seq: Int
        let entry: Int
        let id: [UInt8]
        let line: [UInt8]
    }

    /// The rows of events in order of arrival; nil where they cannot be read.
    let rows: [Row]?
    /// What each question is answered with.
    private(set) var answers: [String: any Equatable] = [:]
    /// Which questions were answered with an error.
    private(set) var errors: [String: any Error] = [:]
    let positions: [Position]

    /// Asks what there is to ask.
    init(of database: DiaryDatabase) throws {
        let positions = try database.read { try $0.entries(in: .test).map(\.position) }
        self.init(of: database, entries: positions)
    }

    /// - Parameter entries: those whose views are asked for.
    init(of database: DiaryDatabase, entries: [Position]) {
        positions = entries
        rows = try? database.read { transaction in
            try transaction.rows(
                "SELECT arrival, log, seq, entry, id, line FROM event ORDER BY arrival",
                table: "event"
            ) { row in
                Row(
                    arrival: try row.integer(0), log: try row.integer(1), seq: try row.integer(2),
                    entry: try row.integer(3), id: try row.blob(4), line: try row.blob(5))
            }
        }
        ask("frontier", database) { try $0.events(in: .test).frontier }
        ask("number of events", database) { try $0.eventCount() }
        ask("number of entries", database) {
            try $0.entryCount(in: .test, without: EntrySummary.hiddenKinds)
        }
        ask("all entries", database) { try $0.entries(in: .test) }
        ask("some entries", database) {
            try $0.entries(in: .test, kinds: ["infusion"], newestFirst: false, limit: 10)
        }
        ask("entries of a time", database) {
            try $0.entries(in: .test, within: 500_000...1_700_030_000_000)
        }
        ask("replicas", database) { try $0.entries(in: .test, kinds: ["replica"]) }
        ask("questions", database) { try $0.openQuestions(in: .test) }
        ask("to review", database) { try $0.entriesToReview(in: .test) }
        ask("handles", database) { try $0.lowBits(in: .test).sorted() }
        ask("standing", database) { try $0.standing(in: .test).isInForce }
        ask("lines", database) { transaction in
            var lines: Set<[UInt8]> = []
            // A receiver takes only what is what its id says.
            var receiver = MemoryEventStore(diary: .test)
            let store = try transaction.events(in: .test)
            let sections = try store.offer(beyond: Coverage(), page: PageLimit(bytes: .max))
            let intake = try receiver.take(sections.sections)
            guard intake.taken == sections.sections.count else { throw Refused() }
            for section in try receiver.offer(beyond: Coverage(), page: PageLimit(bytes: .max))
                .sections
            { lines.formUnion(section.lines) }
            return lines
        }
        for position in entries {
            ask("view \(position)", database) { try $0.view(of: position, in: .test) }
            ask("row \(position)", database) { try $0.entry(at: position, in: .test) }
            ask("named \(position)", database) { try $0.entry(named: position.id, in: .test) }
            ask("events \(position)", database) {
                try $0.events(of: position, in: .test).map(\.line.bytes)
            }
        }
    }

    private struct Refused: Error {}

    private mutating func ask(
        _ question: String, _ database: DiaryDatabase,
        _ answer: (DiaryTransaction) throws -> (any Equatable)?
    ) {
        do { answers[question] = try database.read(answer) ?? "nothing" } catch {
            errors[question] = error
        }
    }

    /// The questions that were answered, and otherwise than then.
    func differences(from truth: StoreReading) -> [String] {
        answers.filter { question, answer in
            guard let right = truth.answers[question] else { return true }
            return !Self.same(answer, right)
        }.keys.sorted()
    }

    private static func same<T: Equatable>(_ one: T, _ other: any Equatable) -> Bool {
        one == other as? T
    }
}
