import ArgumentParser
import DiaryDesk
import DiaryStore
import SyncCore

/// `diary conflicts`: what waits for a person.
struct Conflicts: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conflicts",
        abstract: "Shows where people wrote different things, and settles it.",
        subcommands: [All.self, Show.self, Resolve.self], defaultSubcommand: All.self)

    struct All: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Lists what waits for a person.")

        @OptionGroup var store: StoreOptions

        func run() throws {
            try Output.run("conflicts", json: store.json) {
                try store.openDevice().readAll { desk, _, between in
                    try DeskWords(desk: desk).conflictList(and: between)
                }
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Shows all versions of what is open about an entry.")

        @OptionGroup var store: StoreOptions

        @Argument(help: "A handle such as k7q2, `last`, or a day.")
        var entry: String

        func run() throws {
            try Output.run("conflicts show", json: store.json) {
                let (desk, entry) = try store.openDevice().desk(entry: entry)
                return try DeskWords(desk: desk).conflict(of: entry)
            }
        }
    }

    struct Resolve: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resolve",
            abstract: "Settles what is open, having seen it; the other value stays in the history.")

        @OptionGroup var store: StoreOptions

        @Argument(help: "A handle such as k7q2, `last`, or a day.")
        var entry: String

        @Argument(help: "Answers, such as lot=a, lot=\"as printed\", status=active.")
        var answers: [String] = []

        @Option(help: "The mark of the view you decide from; the one shown last if not said.")
        var view: String?

        @Option(help: "Why, in words; they are kept as a note.")
        var why: String?

        func run() throws {
            try Output.run("conflicts resolve", json: store.json) {
                let (desk, entry) = try store.openDevice().desk(entry: entry)
                return try DeskWords(desk: desk).resolve(
                    entry, answers, mark: view, why: why)
            }
        }
    }
}

/// `diary duplicates`: one infusion recorded twice, or two?
struct Duplicates: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "duplicates",
        abstract: "Shows entries that look like one infusion, and takes the answer.",
        subcommands: [All.self, Same.self, Different.self], defaultSubcommand: All.self)

    struct All: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Lists entries that look like one.")

        @OptionGroup var store: StoreOptions

        func run() throws {
            try Output.run("duplicates", json: store.json) {
                let home = try store.openDevice()
                let (main, between) = (try home.diary().id, try home.waitingBetween())
                var reply = try home.readAll { desk, diary in
                    try DeskWords(desk: desk).duplicates(
                        and: diary.id == main ? between : [], saysNone: between.isEmpty)
                }
                if !between.isEmpty {
                    reply.json["inTwoDiaries"] = .array(
                        between.map { .array($0.entries.map { .string($0.text) }) })
                }
                return reply
            }
        }
    }

    struct Same: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "same",
            abstract: "One infusion: the first counts, the second is set aside.")

        @OptionGroup var store: StoreOptions

        @Argument(help: "The entry that counts.")
        var kept: String

        @Argument(help: "The entry that is set aside.")
        var other: String

        func run() throws {
            try Output.run("duplicates same", json: store.json) {
                let (desk, kept, other) = try store.openDevice().desk(entries: kept, other)
                return try DeskWords(desk: desk).link(same: true, kept, other)
            }
        }
    }

    struct Different: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "different",
            abstract: "Two infusions: both count, and nobody is asked again.")

        @OptionGroup var store: StoreOptions

        @Argument(help: "One entry.")
        var one: String

        @Argument(help: "The other.")
        var other: String

        func run() throws {
            try Output.run("duplicates different", json: store.json) {
                let home = try store.openDevice()
                let (desk, one) = try home.desk(entry: one)
                let (place, other) = try home.desk(entry: other)
                guard desk.diary == place.diary else {
                    return try DeskWords(desk: one < other ? desk : place)
                        .link(differentInTwoDiaries: one, other)
                }
                return try DeskWords(desk: desk).link(same: false, one, other)
            }
        }
    }
}
