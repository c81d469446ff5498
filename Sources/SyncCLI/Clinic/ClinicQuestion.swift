import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryModel
import SyncCore

/// `diary clinic question`: what the clinic asks its patients.
struct ClinicQuestion: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "question",
        abstract: "Asks a patient something, and closes what was answered.",
        subcommands: [Ask.self, All.self, Close.self])

    struct Ask: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ask", abstract: "Asks; for nurses, pharmacists and doctors.",
            discussion:
                "diary clinic question ask P03 --text \"Did the box arrive?\" --code box_arrived")

        @OptionGroup var options: ClinicOptions

        @Argument(help: "The patient's reference, such as P03.")
        var patient: String

        @Option(help: "The question in words, as the patient reads it.")
        var text: String?

        @Option(help: "What the question is, for programs, such as box_arrived.")
        var code: String?

        @Option(help: "Whom it asks: patient, carer, nurse …; the patient if not said.")
        var to: String?

        @Option(help: "The entry it is about, by its handle.")
        var about: String?

        @Option(help: "The field of that entry, such as lot or vials.1.")
        var field: String?

        func run() throws {
            try Output.run("clinic question ask", json: options.json) {
                let home = try options.open()
                let diary = try home.clinic.diary(ofPatient: patient, by: home.staff())
                let desk = try home.desk(diary: diary, act: .assess)
                var form = QuestionForm()
                form.text = text
                form.code = code
                form.to = to
                form.about = try about.map { try desk.entry(named: $0) }
                form.field = field
                let ask = try form.ask(desk.formContext())
                let written = try desk.log(EntryKind.question.rawValue, set: ["ask": ask])
                return try DeskWords(desk: desk).saved(
                    written, for: patient, where: "Asked at the clinic.")
            }
        }
    }

    struct All: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Lists the questions, of all patients or of one.")

        @OptionGroup var options: ClinicOptions

        @Argument(help: "The patient's reference; all if not said.")
        var patient: String?

        func run() throws {
            try Output.run("clinic question list", json: options.json) {
                let home = try options.open()
                var reply = Reply()
                var questions: [JSONValue] = []
                for (reference, diary) in try home.patientDiaries(of: patient) {
                    let desk = try home.desk(diary: diary, act: .seeDiary)
                    let part = try DeskWords(desk: desk).questions(of: reference)
                    let found = part.json["questions"]?.arrayValue ?? []
                    if !found.isEmpty { reply.lines += part.lines }
                    questions += found
                    reply.note(part.exit)
                }
                if reply.lines.isEmpty { reply.say("Nothing is asked.") }
                reply.json["questions"] = .array(questions)
                return reply
            }
        }
    }

    struct Close: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "close",
            abstract: "Closes a question: with the answer that was given, or taken back.",
            discussion: "diary clinic question close k7q2 --answer yes")

        @OptionGroup var options: ClinicOptions
        @OptionGroup var named: ClinicEntry

        @Option(help: "What was answered, by telephone for example; without it, it is taken back.")
        var answer: String?

        @Option(help: "Why, in words; they are kept as a note.")
        var why: String?

        @Flag(help: "Go on although more has come than you were shown.")
        var yes = false

        func run() throws {
            try Output.run("clinic question close", json: options.json) {
                let (desk, entry) = try options.open().desk(
                    entry: named.entry, patient: named.patient,
                    act: answer == nil ? .assess : .answerQuestion)
                let words = DeskWords(desk: desk)
                if let answer { return try words.answer(entry, answer, note: why, yes: yes) }
                try desk.mayAnswer(entry)
                if let already = try words.already(.voided, entry) { return already }
                _ = try desk.void(entry, reason: "other", words: why)
                return Reply(
                    "\(try words.line(of: entry)).  It asks nobody any more.",
                    json: ["entry": .string(entry.text), "status": "voided"])
            }
        }
    }
}
