import ArgumentParser
import DiaryDesk
import DiaryStore
import SyncCore

/// `diary doctor`: checks the store, and says what to do.
struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks the file, every link, hash and signature, and all that is derived.",
        discussion: "It changes nothing, unless --rebuild says to derive the lists anew.")

    @OptionGroup var store: StoreOptions

    @Flag(help: "Derive everything that is derived from the events anew.")
    var rebuild = false

    func run() throws {
        try Output.run("doctor", json: store.json) {
            do {
                let home = try store.openDevice()
                if rebuild { try home.database.rebuildReadModel() }
                return try DoctorWords.reply(
                    for: DiaryStore.Doctor.examine(home.database), in: home.database)
            } catch let error as StoreError {
                guard Output.words(for: error).code == "damaged" else { throw error }
                var refused = Output.words(for: error)
                refused.lines = [
                    "The store in \(store.directory) is damaged, and cannot be \(rebuild ? "derived anew" : "checked further").",
                    "Nothing was written. Copy this directory away as it is, and phone the clinic:",
                    "what it holds comes back with a sync. Or restore a backup, and sync.",
                ]
                throw refused
            }
        }
    }
}

/// What the doctor found, in words.
enum DoctorWords {
    static func reply(for findings: [Finding], in database: DiaryDatabase) throws -> Reply {
        let (diaries, events) = try database.read { transaction in
            let diaries = try transaction.diaries()
            let events = try diaries.reduce(0) { sum, record in
                let tree = try transaction.events(in: record.id).tree
                return sum + tree.branches.reduce(0) { $0 + $1.tip.seq - $1.forkSeq }
            }
            return (diaries.count, events)
        }
        var reply = Reply(
            "Checked \(diaries) \(diaries == 1 ? "diary" : "diaries") and \(events) events: "
                + "the file, every link, hash and signature, and what is derived.")
        let harmless = findings.allSatisfy { $0.remedy == .none }
        for finding in findings where !reply.lines.contains(sentence(for: finding)) {
            reply.say(sentence(for: finding))
        }
        if findings.isEmpty { reply.say("All is well.") }
        for remedy in remedies(for: findings) { reply.say(remedy) }
        if !harmless { reply.note(.damaged) }
        reply.json = [
            "events": .integer(Int64(events)),
            "findings": .array(findings.map { .string(sentence(for: $0)) }),
        ]
        return reply
    }

    private static func sentence(for finding: Finding) -> String {
        switch finding.kind {
        case .file(let faults): "SQLite finds \(faults) fault(s) in the file itself."
        case .loose(let table): "Rows of \(table) name something that is not there."
        case .line(let arrival, let flaw): "Event \(arrival) is damaged (\(flaw.rawValue))."
        case .branch(let number): "The end of log \(number) is not where it should be."
        case .head(let position): "A signature at event \(position.seq) of a log is not genuine."
        case .withoutHead(let branch, let seq):
            "Events of log \(branch) above \(seq) are not signed."
        case .ownLog:
            "This store was put back or copied since it last wrote; it goes on as a new writer."
        case .wentBackwards(let position):
            "History went backwards: this store had written up to event \(position.seq) of its log."
        case .readModel(let arrival):
            "What is derived of entry \(arrival) is not what its events say."
        }
    }

    private static func remedies(for findings: [Finding]) -> [String] {
        let remedies = Set(findings.map(\.remedy))
        var lines: [String] = []
        if remedies.contains(.restore) {
            lines.append("Copy this directory away as it is. Then restore a backup, and sync.")
        }
        if remedies.contains(.cutAwayAndSync) {
            lines.append(
                "Copy this directory away as it is, and phone the clinic: what it holds comes back with a sync."
            )
        }
        if remedies.contains(.rebuildReadModel) {
            lines.append("No event is lost:  diary doctor --rebuild  derives the lists anew.")
        }
        return lines
    }
}
