import DiaryStore
import ArgumentParser
import DiaryDesk
import DiaryModel
import SyncClient
import SyncCore

/// `diary people`: who writes in this diary.
struct People: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people", abstract: "Lists the people of a diary, and adds one.",
        subcommands: [Show.self, Add.self, Me.self],
        defaultSubcommand: Show.self)

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Lists the people of a diary.")

        @OptionGroup var store: StoreOptions

        func run() throws {
            try Output.run("people", json: store.json) {
                try store.openDevice().readAll { desk, _ in
                    try desk.read("people") { reading in
                        let people = try reading.people().people
                        let handles = try reading.handles()
                        var reply = Reply()
                        reply.lines = DeskWords.table(
                            ["", "name", "role", ""],
                            people.map {
                                [
                                    handles.handle(of: $0.entry).text, $0.name,
                                    $0.role?.rawValue ?? "not said",
                                    $0.entry == desk.pen.author ? "you" : "",
                                ]
                            })
                        reply.json["people"] = .array(
                            people.map {
                                [
                                    "entry": .string($0.entry.text), "name": .string($0.name),
                                    "role": .string($0.role?.rawValue ?? ""),
                                ]
                            })
                        return reply
                    }
                }
            }
        }
    }

    struct Me: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "me", abstract: "Says which of them writes on this device.")

        @OptionGroup var store: StoreOptions

        @Argument(help: "The person's name.")
        var name: String

        func run() throws {
            try Output.run("people me", json: store.json) {
                let home = try store.openDevice()
                let patient = try home.patient()
                let person = try WhoWrites(database: home.database, patient: patient).become(name)
                return Reply(
                    "From now on you write here as \(person.name), in the diary for \(patient.name).",
                    json: ["entry": .string(person.entry.text), "name": .string(person.name)])
            }
        }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Adds a person.")

        @OptionGroup var store: StoreOptions

        @Argument(help: "The person's name.")
        var name: String

        @Option(name: .customLong("role"), help: "patient or carer. It is a claim, not a right.")
        var roleName: String = "carer"

        func run() throws {
            try Output.run("people add", json: store.json) {
                let home = try store.openDevice()
                let (desk, diary) = try home.desk()
                let role = try DeviceRole.read(roleName)
                let same = try desk.read("people") { try $0.people().people(named: name) }
                if let same = same.first {
                    throw Refused(
                        "Somebody in this diary is called \(same.name) already. Nothing was written.",
                        "Say more of the name, so that  --as  can tell them apart.",
                        code: "person_exists")
                }
                let written = try desk.addPerson(name: name, role: role)
                // Who may write in one of a patient's diaries may in the others.
                for further in try home.patient().further {
                    let desk = try home.desk(at: further, anybody: true)
                    let isThere = try desk.read { !(try $0.people().people(named: name).isEmpty) }
                    if !isThere { _ = try desk.addPerson(name: name, role: role) }
                }
                var reply = Reply(
                    "Saved here.  \(Handle(of: written.result))  \(name), \(role.rawValue), "
                        + "in the diary for \(diary.name).",
                    json: ["entry": .string(written.result.text), "name": .string(name)])
                if written.continuedAsNewReplica { reply.say(DeskWords.continuedSentence) }
                return reply
            }
        }
    }
}
