import ArgumentParser
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// `diary check`: the checklist before an infusion.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Records the checklist before an infusion, or lists earlier ones.",
        discussion: """
            diary check feels_well=yes temperature=36.8 bp=120/80 result=proceed
            diary check --ask          asks item by item, at a terminal
            diary check                lists what was recorded

            \(CheckOptions.discussion)
            No answer keeps you from recording what happened.
            """,
        subcommands: [Record.self, All.self], defaultSubcommand: Record.self)

    struct Record: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "record", abstract: "Records a checklist; lists them if nothing is said.",
            discussion: CheckOptions.discussion)

        @OptionGroup var store: StoreOptions
        @OptionGroup var check: CheckOptions

        @Flag(help: "Ask the items one by one, at a terminal.")
        var ask = false

        func run() throws {
            try Output.run("check", json: store.json) {
                let home = try store.openDevice()
                var form = check.form
                let recording = try home.recording()
                if ask {
                    try CheckQuestions(desk: recording.desk, name: recording.name).complete(&form)
                }
                guard !form.answers.isEmpty || ask else { return try Self.list(home) }
                return try Self.save(form, note: check.note, recording)
            }
        }

        /// Records it, and says what goes with how it ended.
        static func save(
            _ form: CheckForm, note: String?, _ recording: Recording
        ) throws -> Reply {
            var reply = try recording.save(.check, note: note) { context, warnings in
                try form.fields(context, warnings: &warnings)
            }
            try CheckQuestions(desk: recording.desk, name: recording.name).conclude(form)
            try sayConcerns(in: recording.desk, &reply)
            if let phone = try recording.desk.clinicPhone() {
                reply.say("Your clinic's number:  \(phone)")
                reply.json["clinicPhone"] = .string(phone)
            }
            let result = reply.json["fields"]?["result"]?.arrayValue?.first?["value"]
            if result?["code"] == "postponed" {
                reply.say(
                    "When it is clear that it was not done:  diary log infusion --not-done REASON")
            }
            return reply
        }

        /// What the clinic says where the plan marks an answer; the checklist is recorded all the same.
        private static func sayConcerns(in desk: Desk, _ reply: inout Reply) throws {
            guard let entry = reply.json["entry"]?.stringValue.flatMap({ EntryID($0) }) else {
                return
            }
            let concerns = try desk.concerns(in: entry)
            for concern in concerns {
                let item = EntryWords.label(concern.field)
                for line in concern.lines(clinicPhone: nil) {
                    reply.say("\(item), \(concern.answer.rawValue):  \(line)")
                }
            }
            reply.json["concerns"] = .array(
                concerns.map { concern in
                    var object: JSONObject = [
                        "answer": concern.answer.json, "item": .string(concern.item),
                    ]
                    if let text = concern.text { object["text"] = text.json }
                    return .object(object)
                })
        }

        static func list(_ home: DeviceHome) throws -> Reply {
            try home.readAll { desk, _ in
                try DeskWords(desk: desk).listed(
                    .check, empty: "No check yet.   diary check feels_well=yes  records one.")
            }
        }
    }

    struct All: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Lists the checklists, the newest first.")

        @OptionGroup var store: StoreOptions

        func run() throws {
            try Output.run("check list", json: store.json) {
                try Record.list(store.openDevice())
            }
        }
    }
}

extension Desk {
    /// The clinic's number, as its plan says it.
    func clinicPhone() throws -> String? {
        try database.read { try Reading($0, diary: diary, zone: zone).plans().clinicPhone }
    }
}
