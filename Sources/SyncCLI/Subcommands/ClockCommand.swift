import ArgumentParser
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// `diary clock`: times that were written down while this computer's clock was wrong.
struct ClockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock",
        abstract: "Shows times that a wrong clock gave, and takes the answer.",
        discussion: """
            A sync compares this computer's clock with the clinic's. Where they are more than a day \
            apart, each entry that was not sent yet is asked about; nothing is changed unasked.
            """,
        subcommands: [All.self, Accept.self, Keep.self], defaultSubcommand: All.self)

    struct All: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Lists the times in doubt, with what is offered.")

        @OptionGroup var store: StoreOptions

        func run() throws {
            try Output.run("clock", json: store.json) {
                try store.openDevice().readAll { desk, _ in try DeskWords(desk: desk).clockDoubts()
                }
            }
        }
    }

    struct Accept: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "accept",
            abstract: "Takes the offered time; the other stays in the history.")

        @OptionGroup var store: StoreOptions

        @Argument(help: "A handle such as k7q2, `last`, or a day.")
        var entry: String

        func run() throws {
            try Output.run("clock accept", json: store.json) {
                let (desk, entry) = try store.openDevice().desk(entry: entry)
                try desk.takeOfferedTime(of: entry)
                return try DeskWords(desk: desk).show(entry)
            }
        }
    }

    struct Keep: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "keep", abstract: "Leaves the time as it was written.")

        @OptionGroup var store: StoreOptions

        @Argument(help: "A handle such as k7q2, `last`, or a day.")
        var entry: String

        func run() throws {
            try Output.run("clock keep", json: store.json) {
                let (desk, entry) = try store.openDevice().desk(entry: entry)
                try desk.keepClaimedTime(of: entry)
                return try DeskWords(desk: desk).show(entry)
            }
        }
    }
}

extension DeskWords {
    /// What each entry claims and what is offered; each is printed whole, so it can be answered.
    func clockDoubts() throws -> Reply {
        let (reply, printed) = try desk.read("clock") { reading -> (Reply, [EntryView]) in
            let doubts = try reading.clockDoubts()
            let views = try doubts.compactMap { try reading.view(of: $0.entry) }
            return (try doubted(doubts, in: reading), views)
        }
        for view in printed { try desk.markShown(view) }
        return reply
    }

    private func doubted(_ doubts: [ClockDoubt], in reading: Reading) throws -> Reply {
        var reply = Reply()
        if doubts.isEmpty { reply.say("No time is in doubt.") }
        let handles = try reading.handles()
        for doubt in doubts {
            let handle = handles.handle(of: doubt.entry)
            let what = try reading.view(of: doubt.entry).map { entryWords($0).what } ?? "an entry"
            reply.say("\(handle)  \(what):  \(doubt.skew.label)")
            reply.say(
                "      says \(desk.when(doubt.claimed.start).long); by the clinic's clock "
                    + desk.when(doubt.offered.start).long)
            reply.say("      diary clock accept \(handle) | diary clock keep \(handle)")
        }
        reply.json["doubts"] = .array(
            doubts.map {
                [
                    "aheadMilliseconds": .integer($0.skew.ms), "claimed": $0.claimed.json,
                    "entry": .string($0.entry.text), "offered": $0.offered.json,
                ]
            })
        if !doubts.isEmpty { reply.note(.waits) }
        return reply
    }
}
