import DiaryStore
import SyncCore

/// What the doctor found, in words.
enum DoctorWords {
    static func reply(
        for findings: [Finding], in database: DiaryDatabase, command: String = "diary doctor"
    ) throws -> Reply {
        let (diaries, events) = try database.read { transaction in
            (try transaction.diaries().count, try transaction.eventCount())
        }
        var reply = Reply(
            "Checked \(diaries) \(diaries == 1 ? "diary" : "diaries") and \(events) events: "
                + "the file, every link, hash and signature, and what is derived.")
        let harmless = findings.allSatisfy { $0.remedy == .none }
        for finding in findings where !reply.lines.contains(sentence(for: finding)) {
            reply.say(sentence(for: finding))
        }
        if findings.isEmpty { reply.say("All is well.") }
        for remedy in remedies(for: findings, command) { reply.say(remedy) }
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
        case .fewerEvents(let was, let held):
            "History went backwards: this store had taken \(was) events, and the file holds \(held). "
                + "A sync brings back what anybody else holds."
        case .readModel(let arrival):
            "What is derived of entry \(arrival) is not what its events say."
        }
    }

    private static func remedies(for findings: [Finding], _ command: String) -> [String] {
        let remedies = Set(findings.map(\.remedy))
        var lines: [String] = []
        if !remedies.isDisjoint(with: [.restore, .cutAwayAndSync]) {
            lines.append("\(command) --repair  keeps a copy of this directory and mends it;")
            lines.append("what anybody else holds comes back with a sync.")
        }
        if remedies.contains(.rebuildReadModel) {
            lines.append("No event is lost:  \(command) --rebuild  derives the lists anew.")
        }
        return lines
    }

    /// The store could not even be read to the end.
    private static func unreadable(_ directory: String, rebuild: Bool, command: String) -> Refused {
        Refused(
            "The store in \(directory) is damaged, and cannot be \(rebuild ? "derived anew" : "checked further").",
            "\(Output.kept(or: "Nothing was written."))  \(command) --repair  keeps a copy of this directory, and mends",
            "what can be read; what anybody else holds comes back with a sync.", code: "damaged",
            exit: .damaged)
    }

    /// Why the doctor could not go on; any other error as it is.
    static func refusal(
        for error: any Error, in directory: String, rebuild: Bool, command: String
    ) -> any Error {
        switch error {
        case let refusal as Repair.Refusal: refused(refusal, command: command)
        case let error as StoreError where Output.words(for: error).code == "damaged":
            unreadable(directory, rebuild: rebuild, command: command)
        default: error
        }
    }

    /// What was mended, and where everything is.
    static func reply(for repair: Repair) -> Reply {
        var mended = Reply()
        if let copy = repair.copy {
            mended.say("Kept as it was:  \(copy)")
            if let recovery = repair.recovery {
                mended.say("The file was damaged itself; it was read row by row into a new one.")
                if recovery.lostEvents > 0 {
                    mended.say(
                        "\(recovery.lostEvents) \(recovery.lostEvents == 1 ? "event" : "events") could not be read at all."
                    )
                }
            }
            mended.say(
                repair.cut == 0
                    ? "No line had to be cut from the logs."
                    : "\(repair.cut) \(repair.cut == 1 ? "line was" : "lines were") cut from the logs and kept aside."
            )
            mended.say("What anybody else holds comes back with a sync.")
        } else {
            mended.say("Nothing had to be repaired.")
        }
        mended.json["copy"] = repair.copy.map { .string($0) } ?? .null
        mended.json["cut"] = .integer(Int64(repair.cut))
        mended.json["found"] = .array(
            (repair.found ?? []).map { .string(sentence(for: $0)) })
        mended.json["lostEvents"] = .integer(Int64(repair.recovery?.lostEvents ?? 0))
        mended.json["recovered"] = .bool(repair.recovery != nil)
        return mended
    }

    private static func refused(_ refusal: Repair.Refusal, command: String) -> Refused {
        switch refusal {
        case .isOpen(let holder):
            Refused(
                "Process \(holder.process) (\(holder.command)) has this store open. Nothing was written.",
                "Stop it first (a server, or another command), then  \(command) --repair",
                code: "busy")
        case .nothingReadable(let copy):
            Refused(
                "Not one diary can be read of this store. It was not changed.",
                "It is kept once more in \(copy).",
                "With a backup:  diary restore FILE    or phone the clinic for a new letter.",
                code: "damaged", exit: .damaged)
        }
    }
}
