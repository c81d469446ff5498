import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// `diary clinic notice`: lots under recall, told to every diary that they concern.
struct ClinicNotice: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notice",
        abstract: "Writes a notice about a lot into the diaries that it concerns, and lists them.",
        subcommands: [Add.self, Reach.self, All.self])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Writes a notice about a lot; for pharmacists.",
            discussion: """
                diary clinic notice add --product octagam5 --lot K551A8441 --advice set_aside

                It goes into the diary of every patient in whose diary that lot, or that product, \
                stands, and reaches their devices with the next sync. Said again it goes to those \
                who came since.
                """)

        @OptionGroup var options: ClinicOptions

        @Option(help: "The product, such as octagam5.")
        var product: String?

        @Option(help: "The lot as printed in the letter.")
        var lot: String?

        @Option(help: "The expiry from the letter, such as 2017-12.")
        var expiry: String?

        @Option(help: "Who wrote the letter.")
        var authority: String?

        @Option(help: "The letter's number.")
        var reference: String?

        @Option(help: "From when on it holds; now if not said.")
        var since: String?

        @Option(help: "What to do: \(NoticeForm.advices.joined(separator: ", ")).")
        var advice: String?

        @Option(help: "The clinic's own words, as the patient reads them.")
        var text: String?

        private var form: NoticeForm {
            var form = NoticeForm()
            form.product = product
            form.lot = lot
            form.expiry = expiry
            form.authority = authority
            form.reference = reference
            form.since = since
            form.advice = advice
            form.text = text
            return form
        }

        func run() throws {
            try Output.run("clinic notice add", json: options.json) {
                let home = try options.open()
                return try NoticeSending(home: home).send(form)
            }
        }
    }

    struct Reach: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reach",
            abstract: "Says who has a lot under recall, and whose devices do not know of it yet.",
            discussion: """
                It ends with 3 if such a lot was infused after its notice: somebody has to telephone.
                """)

        @OptionGroup var options: ClinicOptions

        @Argument(help: "Only this lot, as printed; all that are under recall if not said.")
        var lot: String?

        func run() throws {
            try Output.run("clinic notice reach", json: options.json) {
                try NoticeSpread(home: options.open()).reply(lot: lot)
            }
        }
    }

    struct All: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Lists the notices, of all patients or of one.")

        @OptionGroup var options: ClinicOptions

        @Argument(help: "The patient's reference; all if not said.")
        var patient: String?

        func run() throws {
            try Output.run("clinic notice list", json: options.json) {
                let home = try options.open()
                var rows: [[String]] = []
                var json: [JSONValue] = []
                for (reference, diary) in try home.patientDiaries(of: patient) {
                    let desk = try home.desk(diary: diary, act: .seeDiary)
                    let part = try DeskWords(desk: desk).listed(.notice, empty: "")
                    for entry in part.json["entries"]?.arrayValue ?? [] {
                        rows.append(
                            ["handle", "when", "what"].map { entry[$0]?.stringValue ?? "" }
                                + [reference])
                        var object = entry.objectValue ?? [:]
                        object["patient"] = .string(reference)
                        json.append(.object(object))
                    }
                }
                var reply = Reply()
                reply.lines =
                    rows.isEmpty
                    ? ["No notice."] : DeskWords.table(["", "when", "what", "patient"], rows)
                reply.json["notices"] = .array(json)
                return reply
            }
        }
    }
}

/// Brings a notice into every diary that it concerns, and says which and why.
struct NoticeSending {
    let home: ClinicHome

    /// A patient and what of the notice stands in their diaries.
    private struct Concerned {
        let reference: String
        let diary: DiaryID
        var reach: NoticeReach
    }

    func send(_ form: NoticeForm) throws -> Reply {
        try home.require(.recall)
        let zone = try home.zone()
        let context = FormContext(
            now: StoreOptions.clock.now, zone: zone, catalogue: .seed)
        let notice = try form.notice(context)
        guard let query = NoticeQuery(notice) else {
            throw Refused("That lot cannot be looked for.", code: "no_lot", exit: .usage)
        }
        var reply = Reply()
        var told: [JSONValue] = []
        for patient in try concerned(by: query, zone) {
            let why = patient.reach.words
            guard !patient.reach.isTold else {
                reply.say("\(patient.reference)  has been told already (\(why)).")
                continue
            }
            let desk = try home.desk(diary: patient.diary, act: .recall)
            let written = try desk.log(EntryKind.notice.rawValue, set: ["notice": notice])
            reply.say("\(patient.reference)  \(Handle(of: written.result.entry))  \(why).")
            told.append([
                "entry": .string(written.result.entry.text), "lot": .bool(patient.reach.lot),
                "patient": .string(patient.reference), "product": .bool(patient.reach.product),
            ])
        }
        reply.say(
            told.isEmpty
                ? "No further diary was told."
                : "\(told.count) \(told.count == 1 ? "diary was" : "diaries were") told; "
                    + "devices show it from their next sync on.")
        reply.say(
            "Diaries that have not come here yet can not be looked through. This is no recall search."
        )
        reply.json = ["notice": notice, "told": .array(told)]
        return reply
    }

    /// The patients in whose diaries the lot or the product stands; each with the diary that new
    /// entries go to.
    private func concerned(by query: NoticeQuery, _ zone: TZif) throws -> [Concerned] {
        try home.clinic.database.read { transaction in
            var found: [Concerned] = []
            let records = ClinicRecords(transaction)
            for patient in try records.patients() {
                let diaries = try records.diaries(of: patient.number).map(\.diary)
                guard let main = diaries.first else { continue }
                var reach = NoticeReach()
                for diary in diaries {
                    let reading = try Reading(transaction, diary: diary, zone: zone)
                    reach.add(try reading.reach(of: query), isMain: diary == main)
                }
                guard reach.isSomething else { continue }
                found.append(Concerned(reference: patient.reference, diary: main, reach: reach))
            }
            return found
        }
    }
}
