import DiaryStore
import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryModel
import SyncCore

/// An entry as staff name it.
struct ClinicEntry: ParsableArguments {
    @Argument(help: "A handle such as k7q2, `last`, or a day.")
    var entry: String

    @Option(help: "Whose entry, where a handle could be another patient's too.")
    var patient: String?
}

/// `diary clinic list`.
struct ClinicList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the entries of a patient.")

    @OptionGroup var options: ClinicOptions

    @Argument(help: "The patient's reference, such as P03.")
    var patient: String

    func run() throws {
        try Output.run("clinic list", json: options.json) {
            let home = try options.open()
            var reply = Reply()
            for diary in try home.diaries(of: patient) {
                let desk = try home.desk(
                    diary: diary, act: .seeDiary, sight: .asFarAsAllowed)
                let part = try DeskWords(desk: desk).list(limit: nil, confirmed: nil)
                reply.lines += part.lines
                reply.json = part.json
            }
            return reply
        }
    }
}

/// `diary clinic show`.
struct ClinicShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows what an entry says now.")

    @OptionGroup var options: ClinicOptions
    @OptionGroup var named: ClinicEntry

    func run() throws {
        try Output.run("clinic show", json: options.json) {
            let (desk, entry) = try options.open().desk(
                entry: named.entry, patient: named.patient, act: .seeDiary,
                sight: .asFarAsAllowed)
            return try DeskWords(desk: desk).show(entry)
        }
    }
}

/// `diary clinic history`.
struct ClinicHistory: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Shows who changed what, from what, to what.")

    @OptionGroup var options: ClinicOptions
    @OptionGroup var named: ClinicEntry

    func run() throws {
        try Output.run("clinic history", json: options.json) {
            let (desk, entry) = try options.open().desk(
                entry: named.entry, patient: named.patient, act: .seeDiary,
                sight: .asFarAsAllowed)
            return try DeskWords(desk: desk).history(entry)
        }
    }
}

/// `diary clinic log`.
struct ClinicLog: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Records what staff know of a patient.",
        subcommands: [
            ClinicLogInfusion.self, ClinicLogNote.self, ClinicLogCheck.self,
            ClinicLogReaction.self, ClinicLogMeasurement.self, ClinicLogStock.self,
        ])
}

struct ClinicLogInfusion: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "infusion", abstract: "Records an infusion of a patient.")

    @OptionGroup var options: ClinicOptions
    @OptionGroup var infusion: InfusionOptions

    @Option(help: "The patient's reference, such as P03.")
    var patient: String

    @Flag(help: "It was copied from a paper diary.")
    var fromPaper = false

    func run() throws {
        try Output.run("clinic log infusion", json: options.json) {
            let home = try options.open()
            let diary = try home.clinic.diary(ofPatient: patient, by: home.staff())
            let desk = try home.desk(diary: diary, act: .record)
            var form = infusion.form
            var copied: JSONObject = [:]
            if infusion.likeLast { copied = try LikeLast(desk: desk).copy(into: &form) }
            var warnings: [Warning] = []
            var set = try form.fields(
                now: desk.clock.now, zone: desk.zone, catalogue: desk.catalogue,
                warnings: &warnings)
            for member in copied.members where set[member.key] == nil {
                set[member.key] = member.value
            }
            let about: JSONObject = ["entryMethod": .string(fromPaper ? "from_paper" : "typed")]
            let written = try desk.log(
                "infusion", set: set, about: about, words: infusion.note)
            return try DeskWords(desk: desk).saved(
                written, for: patient, where: "Saved at the clinic.")
        }
    }
}

struct ClinicLogNote: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "note", abstract: "Records a note, about an entry or about the patient.")

    @OptionGroup var options: ClinicOptions

    @Option(help: "The patient's reference, such as P03.")
    var patient: String

    @Argument(help: "The text.")
    var text: String

    @Option(help: "The entry it is about.")
    var about: String?

    @Flag(help: "It was copied from a paper diary.")
    var fromPaper = false

    func run() throws {
        try Output.run("clinic log note", json: options.json) {
            let home = try options.open()
            let diary = try home.clinic.diary(ofPatient: patient, by: home.staff())
            let desk = try home.desk(diary: diary, act: .writeNote)
            var set: JSONObject = ["text": .string(TypedText.orNothing(text))]
            if let about { set["about"] = ["entry": .string(try desk.entry(named: about).text)] }
            let method: JSONObject = fromPaper ? ["entryMethod": "from_paper"] : [:]
            return try DeskWords(desk: desk).saved(
                try desk.log("note", set: set, about: method), for: patient,
                where: "Saved at the clinic.")
        }
    }
}

/// `diary clinic amend`.
struct ClinicAmend: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "amend", abstract: "Changes what an entry says; the old value stays.")

    @OptionGroup var options: ClinicOptions
    @OptionGroup var named: ClinicEntry

    @Argument(help: "Changes, such as end=10:20.")
    var changes: [String] = []

    @Option(help: "Why, in words; they are kept as a note.")
    var why: String?

    @Option(help: "Why, as a code: \(ReasonedChange.amending.reasons.joined(separator: ", ")).")
    var reason: String?

    @Flag(help: "Go on although more has come than you were shown.")
    var yes = false

    func run() throws {
        try Output.run("clinic amend", json: options.json) {
            let reason = try reason.map(ReasonedChange.amending.reason)
            let (desk, entry) = try options.open().desk(
                entry: named.entry, patient: named.patient, act: .amend)
            return try Amendment(desk: desk, entry: entry, yes: yes)
                .run(changes, why: why, reason: reason)
        }
    }
}

/// `diary clinic void`.
struct ClinicVoid: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "void", abstract: "Takes an entry out of the totals; it stays in recalls.")

    @OptionGroup var options: ClinicOptions
    @OptionGroup var named: ClinicEntry

    @Option(help: "Why, as a code: \(ReasonedChange.voiding.reasons.joined(separator: ", ")).")
    var reason: String = "other"

    func run() throws {
        try Output.run("clinic void", json: options.json) {
            let reason = try ReasonedChange.voiding.reason(reason)
            let (desk, entry) = try options.open().desk(
                entry: named.entry, patient: named.patient, act: .amend)
            let words = DeskWords(desk: desk)
            if let already = try words.already(.voided, entry) { return already }
            _ = try desk.void(entry, reason: reason)
            return Reply(
                "\(try words.line(of: entry)).  It counts no more, and stays in recalls.",
                json: ["entry": .string(entry.text)])
        }
    }
}

/// `diary clinic conflicts`.
struct ClinicConflicts: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conflicts",
        abstract: "Shows what waits for a person: of all, or of one entry.")

    @OptionGroup var options: ClinicOptions

    @Argument(help: "An entry; everything that waits if not said.")
    var entry: String?

    @Option(help: "Only this patient's.")
    var patient: String?

    func run() throws {
        try Output.run("clinic conflicts", json: options.json) {
            let home = try options.open()
            if let entry {
                let (desk, id) = try home.desk(entry: entry, patient: patient, act: .seeDiary)
                return try DeskWords(desk: desk).conflict(of: id)
            }
            var reply = Reply()
            var conflicts: [JSONValue] = []
            var waiting: [JSONValue] = []
            for diaries in try home.diaries(byPatient: patient) {
                for (number, diary) in diaries.enumerated() {
                    let desk = try home.desk(diary: diary, act: .seeDiary)
                    // What waits between diaries is said once, with the first.
                    let further = number == 0 ? Array(diaries.dropFirst()) : []
                    let part = try DeskWords(desk: desk).conflictList(
                        and: desk.waiting(between: further))
                    if part.exit == .waits { reply.lines += part.lines }
                    conflicts += part.json["conflicts"]?.arrayValue ?? []
                    waiting += part.json["waiting"]?.arrayValue ?? []
                    reply.note(part.exit)
                }
            }
            if reply.lines.isEmpty { reply.say(DeskWords.heading(0)) }
            reply.json["conflicts"] = .array(conflicts)
            reply.json["waiting"] = .array(waiting)
            return reply
        }
    }
}

/// `diary clinic resolve`.
struct ClinicResolve: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve", abstract: "Settles what is open, having seen it.")

    @OptionGroup var options: ClinicOptions
    @OptionGroup var named: ClinicEntry

    @Argument(help: "Answers, such as lot=a, status=active.")
    var answers: [String] = []

    @Option(help: "The mark of the view you decide from; the one shown last if not said.")
    var view: String?

    @Option(help: "Why, in words; they are kept as a note.")
    var why: String?

    func run() throws {
        try Output.run("clinic resolve", json: options.json) {
            let (desk, entry) = try options.open().desk(
                entry: named.entry, patient: named.patient, act: .amend)
            return try DeskWords(desk: desk).resolve(entry, answers, mark: view, why: why)
        }
    }
}
