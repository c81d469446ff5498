import ArgumentParser
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncClient
import SyncCore

/// `diary move`: an entry that stands in the wrong person's diary.
struct Move: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move",
        abstract: "Moves an entry that was written in the wrong person's diary.",
        discussion: """
            diary move k7q2 --for Mia --to Max
            It is entered in the other diary and voided in this one, where it stays in the history \
            and in every recall. Reactions and notes about it are named, and stay; each is moved by \
            its own handle.
            """)

    @OptionGroup var store: StoreOptions

    @Argument(help: "A handle such as k7q2, `last`, or a day.")
    var entry: String

    @Option(help: "Whose it is.")
    var to: String

    func run() throws {
        try Output.run("move", json: store.json) {
            let home = try store.openDevice()
            let (source, entry) = try home.desk(entry: entry)
            let owner = try home.patient()
            let target = try home.patient(named: to)
            guard owner.main.id != target.main.id else {
                throw Refused(
                    "It is in \(owner.name)'s diary already; nothing was done.", code: "same_diary",
                    exit: .usage)
            }
            let desk = try home.desk(at: target.main)
            let staying = try source.read { reading in
                let handles = try reading.handles()
                return try reading.naming(entry).map { (handles.handle(of: $0.entry.id), $0.kind) }
            }
            let written = try desk.takeOver(entry, from: source)
            var reply = try DeskWords(desk: desk).saved(
                written, for: target.name, where: "Moved.")
            let handle = Handle(of: entry)
            reply.say("In \(owner.name)'s diary \(handle) is voided as the wrong patient's.")
            reply.say("It stays there in the history and in every recall.")
            if !staying.isEmpty {
                let list = staying.map { "\($0) (\($1))" }.joined(separator: ", ")
                reply.say("What is said of it stays in \(owner.name)'s diary: \(list).")
                reply.say(
                    "diary move HANDLE --for \(owner.name) --to \(target.name)  moves one, too.")
            }
            reply.json["staying"] = .array(staying.map { .string($0.0.text) })
            reply.json["movedFrom"] = ["entry": .string(entry.text), "for": .string(owner.name)]
            return reply
        }
    }
}
