import DiaryStore
import ArgumentParser
import DiaryDesk
import DiaryModel
import SyncCore

/// `diary log`: records what happened.
struct Log: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Records what happened: an infusion, a reaction, a measurement, a note …",
        subcommands: [
            LogInfusion.self, LogNote.self, LogCheck.self, LogReaction.self, LogMeasurement.self,
            LogStock.self,
        ])
}

/// `diary log infusion`.
struct LogInfusion: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "infusion",
        abstract: "Records an infusion: done, in part, elsewhere, or not done.",
        discussion: """
            Asks only for what is missing, and only at a terminal. What you answered is kept as a \
            draft: Ctrl-C loses nothing, and the next `diary log infusion` offers it. Only a no to \
            that offer throws it away.
            """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var infusion: InfusionOptions

    func run() throws {
        try Output.run("log infusion", json: store.json) {
            let home = try store.openDevice()
            let (desk, diary) = try home.desk()
            var form = infusion.form
            var copied: JSONObject = [:]
            if infusion.likeLast {
                copied = try LikeLast(desk: desk).copy(into: &form)
            }
            let questions = InfusionQuestions(
                desk: desk, diaryName: diary.name, yes: infusion.yes)
            copied = try questions.complete(&form, copied: copied)
            var warnings: [Warning] = []
            var set = try questions.reopening(form) {
                try form.fields(
                    now: desk.clock.now, zone: desk.zone, catalogue: desk.catalogue,
                    warnings: &warnings)
            }
            for member in copied.members where set[member.key] == nil {
                set[member.key] = member.value
            }
            var about: JSONObject = [
                "entryMethod": .string(infusion.likeLast ? "same_as_last" : "typed")
            ]
            for warning in warnings {
                let (key, value) = warning.kept(because: .notSaid)
                about[key] = value
            }
            var known = try AlreadyRecorded(set, at: desk, yes: infusion.yes)
            if let opened = try known.opened() {
                try questions.conclude(form)
                return opened
            }
            let written = try questions.reopening(form) {
                try desk.log("infusion", set: set, about: about, words: infusion.note)
            }
            try questions.conclude(form)
            var reply = try DeskWords(desk: desk).saved(
                written, for: diary.name, unclear: warnings)
            if infusion.note != nil { reply.say("The note was saved with it.") }
            known.conclude(written.result.entry, &reply)
            if infusion.notDone != nil {
                // It closes its day; it is saved, whatever becomes of the plan's words.
                reply.lines += (try? home.due().next) ?? []
            }
            reply.say("Not yet at the clinic; nothing waits for that.   diary undo  takes it back.")
            return reply
        }
    }
}

/// What can be said of an infusion on the command line, at home and at the clinic.
struct InfusionOptions: ParsableArguments {
    @Flag(help: "Copy product, vials, route, pump and who infused from the last one.")
    var likeLast = false

    @Option(help: "The product, such as hizentra.")
    var product: String?

    @Option(help: "How it was given: iv, sc or fsc.")
    var route: String?

    @Option(help: "Vials by size, such as 8x4g or 2x10g+1x4g.")
    var vials: String?

    @Option(help: "The lot as printed; once for each size of vials.")
    var lot: [String] = []

    @Option(help: "Why the lot is not known, such as box_thrown_away.")
    var lotMissing: String?

    @Option(help: "The expiry as printed, such as 2028-12; once for each lot, or unknown.")
    var expiry: [String] = []

    @Option(help: "The code on the pack, as the scanner sends it; once for each size of vials.")
    var scan: [String] = []

    @Option(help: "When it began: 09:05, sunday 09:05, 2026-03-29T09:05, now.")
    var start: String?

    @Option(help: "When it ended.")
    var end: String?

    @Option(help: "The day, if not today: sunday, 2026-03-29.")
    var day: String?

    @Option(help: "Sites, such as abdomen-L,abdomen-R.")
    var sites: String?

    @Option(help: "Who infused: self, carer, nurse, other.")
    var by: String?

    @Option(help: "The rate over all sites, in mL/h.")
    var rate: String?

    @Option(help: "How the solution looked: ok, problem, not_done.")
    var looked: String?

    @Option(help: "The body weight used, in kg.")
    var weight: String?

    @Option(help: "The pump.")
    var pump: String?

    @Option(help: "A pre-medication with its mg, such as paracetamol=1000.")
    var premed: [String] = []

    @Option(help: "Which part of a dose given in parts: \"2 of 2\".")
    var part: String?

    @Option(help: "It was not done, and why: fever, no_stock, travel, forgot, other, unknown …")
    var notDone: String?

    @Option(help: "How it went: completed, partial, stopped.")
    var outcome: String?

    @Option(help: "Where it was given, if not at home.")
    var elsewhere: String?

    @Option(help: "A note that goes with it.")
    var note: String?

    @Flag(help: "Take what is proposed, without asking.")
    var yes = false

    var form: InfusionForm {
        var form = InfusionForm()
        form.product = product
        form.route = route
        form.vials = vials
        form.lots = lot
        form.lotMissing = lotMissing
        form.expiries = expiry
        form.scans = scan
        form.start = start
        form.end = end
        form.day = day
        form.sites = sites
        form.by = by
        form.rate = rate
        form.looked = looked
        form.weight = weight
        form.pump = pump
        form.premedications = premed
        form.part = part
        form.notDone = notDone
        form.outcome = outcome
        form.elsewhere = elsewhere
        return form
    }
}

/// `diary log note`.
struct LogNote: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "note",
        abstract: "Records a note, about an entry or about nothing in particular.")

    @OptionGroup var store: StoreOptions

    @Argument(help: "The text.")
    var text: String

    @Option(help: "The entry it is about.")
    var about: String?

    func run() throws {
        try Output.run("log note", json: store.json) {
            let home = try store.openDevice()
            let name = try home.diary().name
            var set: JSONObject = ["text": .string(TypedText.orNothing(text))]
            var desk = try home.desk().desk
            if let about {
                let entry: EntryID
                (desk, entry) = try home.desk(entry: about)
                set["about"] = ["entry": .string(entry.text)]
            }
            return try DeskWords(desk: desk).saved(try desk.log("note", set: set), for: name)
        }
    }
}
