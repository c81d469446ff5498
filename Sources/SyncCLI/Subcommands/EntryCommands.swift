import DiaryStore
import SyncClient
import ArgumentParser
import DiaryDesk
import DiaryModel
import SyncCore

/// `diary list`: what is in the diary, and where each entry is.
struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the entries, the newest first, and where each of them is.")

    @OptionGroup var store: StoreOptions

    @Option(help: "At most so many.")
    var limit: Int?

    func run() throws {
        try Output.run("list", json: store.json) {
            let home = try store.openDevice()
            return try home.readAll { desk, diary in
                try DeskWords(desk: desk).list(
                    limit: limit, confirmed: home.confirmed(in: diary.id)?.frontier)
            }
        }
    }
}

/// `diary show`: what an entry says now.
struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows what an entry says now.")

    @OptionGroup var store: StoreOptions

    @Argument(help: "A handle such as k7q2, `last`, or a day.")
    var entry: String

    func run() throws {
        try Output.run("show", json: store.json) {
            let (desk, entry) = try store.openDevice().desk(entry: entry)
            return try DeskWords(desk: desk).show(entry)
        }
    }
}

/// `diary history`: who changed what from what to what.
struct History: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Shows who changed what, from what, to what. Nothing is ever removed.")

    @OptionGroup var store: StoreOptions

    @Argument(help: "A handle such as k7q2, `last`, or a day.")
    var entry: String

    func run() throws {
        try Output.run("history", json: store.json) {
            let (desk, entry) = try store.openDevice().desk(entry: entry)
            return try DeskWords(desk: desk).history(entry)
        }
    }
}

extension Desk {
    /// The entry a person means.
    func entry(named typed: String) throws -> EntryID {
        try database.read {
            try Reading($0, diary: diary, zone: zone).entry(named: typed, today: today)
        }
    }
}
