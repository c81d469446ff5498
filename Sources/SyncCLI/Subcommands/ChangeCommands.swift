import DiaryStore
import ArgumentParser
import DiaryDesk
import DiaryModel
import SyncCore

/// `diary amend`: sets fields of an entry by one more event.
struct Amend: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "amend",
        abstract: "Changes what an entry says. What it said before stays in the history.",
        discussion: "Changes are name=value: \(TypedChange.names.joined(separator: ", ")).")

    @OptionGroup var store: StoreOptions

    @Argument(help: "A handle such as k7q2, `last`, or a day.")
    var entry: String

    @Argument(help: "Changes, such as lot=P100423971 or sites=thigh-L,thigh-R.")
    var changes: [String] = []

    @Option(help: "Why, in words; they are kept as a note.")
    var why: String?

    @Option(help: "Why, as a code: \(ReasonedChange.amending.reasons.joined(separator: ", ")).")
    var reason: String?

    @Flag(help: "Go on although more has come than you were shown.")
    var yes = false

    func run() throws {
        try Output.run("amend", json: store.json) {
            let reason = try reason.map(ReasonedChange.amending.reason)
            let (desk, entry) = try store.openDevice().desk(entry: entry)
            let amendment = Amendment(desk: desk, entry: entry, yes: yes)
            return try amendment.run(changes, why: why, reason: reason)
        }
    }
}

/// `diary void`: takes an entry out of the totals.
struct Void: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "void",
        abstract: "Takes an entry out of the totals. It stays in the history and in every recall.")

    @OptionGroup var store: StoreOptions

    @Argument(help: "A handle such as k7q2, `last`, or a day.")
    var entry: String

    @Option(help: "Why, as a code: \(ReasonedChange.voiding.reasons.joined(separator: ", ")).")
    var reason: String = "other"

    @Option(help: "Why, in words; they are kept as a note.")
    var why: String?

    func run() throws {
        try Output.run("void", json: store.json) {
            let reason = try ReasonedChange.voiding.reason(reason)
            let (desk, id) = try store.openDevice().desk(entry: entry)
            let words = DeskWords(desk: desk)
            if let already = try words.already(.voided, id) { return already }
            let written = try desk.void(id, reason: reason, words: why)
            var reply = Reply(
                "\(Handle(of: id)) is voided: it counts no more, and stays in the history and in recalls.",
                "diary reinstate \(Handle(of: id))  undoes that.",
                json: ["entry": .string(id.text), "status": "voided"])
            if reason == "wrong_patient" {
                reply.say("diary move  enters one in the right person's diary, too.")
            }
            if written.continuedAsNewReplica { reply.say(DeskWords.continuedSentence) }
            return reply
        }
    }
}

/// `diary reinstate`: undoes a void.
struct Reinstate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reinstate", abstract: "Undoes a void: the entry counts again.")

    @OptionGroup var store: StoreOptions

    @Argument(help: "A handle such as k7q2, `last`, or a day.")
    var entry: String

    @Option(
        help: "Why, as a code: \(ReasonedChange.reinstating.reasons.joined(separator: ", ")).")
    var reason: String = "other"

    @Option(help: "Why, in words; they are kept as a note.")
    var why: String?

    func run() throws {
        try Output.run("reinstate", json: store.json) {
            let reason = try ReasonedChange.reinstating.reason(reason)
            let (desk, id) = try store.openDevice().desk(entry: entry)
            if let already = try DeskWords(desk: desk).already(.active, id) { return already }
            let copy = try desk.read { reading in
                try reading.view(of: id).flatMap(reading.copyElsewhere)
            }
            let written = try desk.reinstate(id, reason: reason, words: why)
            var reply = Reply(
                "\(Handle(of: id)) counts again.",
                json: ["entry": .string(id.text), "status": "active"])
            if let copy {
                reply.say("It was moved to \(copy.owner)'s diary and counts there, too.")
                reply.say("diary void \(copy.handle) --for \(copy.owner)  takes that one out.")
            }
            if written.continuedAsNewReplica { reply.say(DeskWords.continuedSentence) }
            return reply
        }
    }
}

/// `diary undo`: takes back the last thing this person wrote here.
struct Undo: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Takes back the last thing you wrote here, by one more event.")

    @OptionGroup var store: StoreOptions

    func run() throws {
        try Output.run("undo", json: store.json) {
            let desk = try store.openDevice().deskOfLastWriting()
            let written = try desk.undo()
            let undone = written.result
            let words = DeskWords(desk: desk)
            var reply = Reply(
                "Taken back.  \(try words.line(of: undone.entry))",
                json: [
                    "entry": .string(undone.entry.text),
                    "fields": .array(undone.fields.map(JSONValue.string)),
                ])
            // That it counts no more, or again, stands in the line itself.
            if undone.fields != [Vocabulary.status] {
                reply.say("It says again:  \(try words.said(undone.fields, in: undone.entry)).")
            }
            reply.say("Both stay in the history.")
            if let origin = undone.origin {
                let handle = origin.handle
                reply.say(
                    "In \(origin.owner)'s diary, where it was before, \(handle) stays voided.")
                reply.say(
                    "diary reinstate \(handle) --for \(origin.owner)  lets it count there again.")
            }
            if written.continuedAsNewReplica { reply.say(DeskWords.continuedSentence) }
            return reply
        }
    }
}
