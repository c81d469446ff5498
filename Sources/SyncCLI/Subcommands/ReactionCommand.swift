import ArgumentParser
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// `diary reaction`: how an infusion was borne. The emergency number comes before everything else.
struct ReactionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reaction",
        abstract: "Records a reaction, or lists earlier ones; the emergency number comes first.",
        discussion: """
            diary reaction last headache=2 wheeze=no --onset 14:00 --did paracetamol
            diary reaction --infusion not_sure hives=yes
            diary reaction             lists what was recorded

            \(ReactionOptions.discussion)
            This diary is no emergency channel, and no answer waits here.
            """,
        subcommands: [Record.self, All.self], defaultSubcommand: Record.self)

    struct Record: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "record", abstract: "Records a reaction; lists them if nothing is said.",
            discussion: ReactionOptions.discussion)

        @OptionGroup var store: StoreOptions
        @OptionGroup var reaction: ReactionOptions

        func run() throws {
            try Output.run("reaction", json: store.json) {
                let home = try store.openDevice()
                let emergency = EmergencyWords(number: try home.emergencyNumber())
                return emergency.first(of: "reaction") {
                    guard reaction.saysSomething else {
                        return try ReactionCommand.list(home, emergency)
                    }
                    return try Self.save(reaction, emergency, home.recording())
                }
            }
        }

        static func save(
            _ reaction: ReactionOptions, _ emergency: EmergencyWords?, _ recording: Recording
        ) throws -> Reply {
            let desk = recording.desk
            var (form, named) = reaction.form
            if let emergency, !reaction.yes {
                try ReactionQuestions(desk: desk, name: recording.name, emergency: emergency)
                    .complete(&form, &named)
            }
            if let named {
                form.infusion = try desk.database.read {
                    try ReactionForm.Of(
                        named, in: Reading($0, diary: desk.diary, zone: desk.zone),
                        today: desk.today)
                }
            }
            var reply = try recording.save(.reaction, note: reaction.note) { context, warnings in
                try form.fields(context, warnings: &warnings)
            }
            let phone = try desk.clinicPhone()
            try Self.call(emergency, phone, desk, &reply)
            if let phone {
                reply.say("Your clinic's number:  \(phone)")
                reply.json["clinicPhone"] = .string(phone)
            }
            return reply
        }

        /// Says whom to ring where what was just written shows a red flag; at home alone.
        private static func call(
            _ emergency: EmergencyWords?, _ phone: String?, _ desk: Desk, _ reply: inout Reply
        ) throws {
            guard let emergency,
                let entry = reply.json["entry"]?.stringValue.flatMap({ EntryID($0) }),
                let view = try desk.read("show", { try $0.view(of: entry) })
            else { return }
            let flags = ReactionReading(view).redFlags
            reply.lines += ReactionNotice.lines(
                for: flags, emergencyPhone: emergency.number, clinicPhone: phone)
            reply.json["redFlags"] = .array(flags.map { .string($0.sign.rawValue) })
        }
    }

    static func list(_ home: DeviceHome, _ emergency: EmergencyWords) throws -> Reply {
        try home.readAll { desk, diary in
            try DeskWords(desk: desk).reactions(
                for: diary.name, emergencyPhone: emergency.number)
        }
    }

    struct All: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Lists the reactions: red flags first, then the newest.")

        @OptionGroup var store: StoreOptions

        func run() throws {
            try Output.run("reaction list", json: store.json) {
                let home = try store.openDevice()
                let emergency = EmergencyWords(number: try home.emergencyNumber())
                return emergency.first(of: "reaction list") {
                    try ReactionCommand.list(home, emergency)
                }
            }
        }
    }
}
