import DiaryStore
import ArgumentParser
import DiaryDesk
import DiaryModel
import SyncClient
import SyncCore

/// `diary status`: what is safe where, and what waits.
struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Says what is safe where, what the clinic has confirmed, and what waits for you.")

    @OptionGroup var store: StoreOptions

    func run() throws {
        try Output.run("status", json: store.json) {
            let home = try store.openDevice()
            return try home.readAll { desk, diary, between in
                var reply = try StatusWords(desk: desk).status(
                    name: diary.name, confirmed: home.confirmed(in: diary.id), and: between)
                if store.check, reply.json["questions"]?.integerValue != 0 { reply.note(.waits) }
                return reply
            }
        }
    }
}

/// `diary explain`: where an entry is, for whom it waits, what comes next.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Says where an entry is, for whom it waits, and what counts until then.")

    @OptionGroup var store: StoreOptions

    @Argument(help: "A handle such as k7q2, `last`, or a day.")
    var entry: String

    func run() throws {
        try Output.run("explain", json: store.json) {
            let home = try store.openDevice()
            let (desk, entry) = try home.desk(entry: entry)
            let confirmed = try home.confirmed(in: desk.diary)
            return try StatusWords(desk: desk).explain(entry, confirmed: confirmed)
        }
    }
}

struct StatusWords {
    let desk: Desk

    /// - Parameter between: what waits between this diary and another of the patient's.
    func status(
        name: String, confirmed: ConfirmedFrontier?, and between: [Waiting] = []
    ) throws -> Reply {
        try desk.read("status") { reading in
            let words = DeskWords(desk: desk)
            let coverage = try reading.events.coverage(of: confirmed?.frontier.positions ?? [])
            let count = try reading.entryCount()
            let held = try count - reading.entries(beyond: coverage).count
            var reply = try opening(name: name, count: count, in: reading)
            if let mark = try RestoreMark(of: desk.diary, in: reading.transaction) {
                let when = desk.when(mark.madeMs).short
                reply.say(
                    "It was put back to a copy of \(when); the next entry goes on as a new writer.")
            }
            let pin = try reading.transaction.pinnedClinic(in: desk.diary)
            let silence = try ClinicLink.silence(of: desk.diary, in: reading.transaction)
            if let confirmed, let pin {
                reply.say(
                    "The clinic has confirmed \(held) of \(count), "
                        + "\(desk.when(confirmed.receipt.milliseconds).short)."
                )
                reply.say("Its receipt is signed by  \(pin.fingerprint).")
                let reading = try reading.transaction.setting(ClockReading.setting, in: desk.diary)
                if let sentence = reading.flatMap(ClockReading.init(json:))?.sentence {
                    reply.say(sentence)
                }
            } else if pin != nil {
                reply.say(
                    silence == .unconfirmed
                        ? "The clinic has signed for nothing since it was put back."
                        : "The clinic has confirmed nothing yet.   diary sync")
            } else {
                reply.say("This diary has joined no clinic; it needs none.")
            }
            if let silence { reply.lines += SyncWords.sentences(for: silence) }
            let search = try reading.questionSearch(catalogue: desk.catalogue)
            let waiting = try reading.waiting(search) + between
            let questions = try words.lines(for: waiting, in: reading)
            reply.say(DeskWords.heading(questions.count))
            reply.lines += questions.map { "  " + $0 }
            if let sentence = try words.noticeSentence(in: reading) { reply.say(sentence) }
            let week = DayWindow(
                from: desk.today.adding(days: -6), until: desk.today.adding(days: 1))
            let given = try reading.given(in: week, beside: search)
            reply.say("Given in the last 7 days: \(given.milligrams).")
            reply.say("This store says  \(Self.shortFrontier(reading.events.frontier))")
            reply.json = [
                "confirmed": .integer(Int64(held)), "entries": .integer(Int64(count)),
                "frontier": reading.events.frontier.json,
                "givenHighMilligrams": .integer(given.milligrams.high),
                "givenLowMilligrams": .integer(given.milligrams.low),
                "joined": .bool(pin != nil), "questions": .integer(Int64(questions.count)),
                "waiting": DeskWords.json(waiting),
            ]
            if let silence { reply.json["clinic"] = .string(silence.rawValue) }
            return reply
        }
    }

    /// How much there is, and whether a glance at it finds damage.
    private func opening(name: String, count: Int, in reading: Reading) throws -> Reply {
        let entries = "\(name). \(count) \(count == 1 ? "entry" : "entries")"
        let damaged = try reading.transaction.damagedLines(
            amongLast: Self.glance, in: desk.diary)
        guard damaged > 0 else { return Reply(entries + ", all safe here.") }
        return Reply(
            entries + " here, but of the last lines "
                + "\(damaged == 1 ? "one is" : "\(damaged) are") damaged.",
            "diary doctor  says what is wrong;  diary doctor --repair  mends it.", exit: .damaged)
    }

    /// How many of the lines that came last are read through for a status.
    private static let glance = 2000

    /// A frontier for people to compare: equal words, equal histories.
    static func shortFrontier(_ frontier: VectorClock) -> String {
        let hash = SHA256Hash.octets(of: frontier.json.canonicalBytes).prefix(6)
        let digits = hash.map { byte in
            let text = String(byte, radix: 16)
            return text.utf8.count == 1 ? "0" + text : text
        }
        return stride(from: 0, to: 6, by: 2).map { digits[$0] + digits[$0 + 1] }
            .joined(separator: "-")
    }

    func explain(_ entry: EntryID, confirmed: ConfirmedFrontier?) throws -> Reply {
        try desk.read("explain") { reading in
            guard let view = try reading.view(of: entry) else {
                throw DeskError.noSuchEntry(Handle(of: entry).text)
            }
            let words = DeskWords(desk: desk)
            let people = try reading.people()
            let events = try reading.transaction.events(of: entry, in: desk.diary)
            var reply = Reply()
            if let first = events.first?.line {
                reply.say(
                    "Written \(words.time(first.envelope.at)) by "
                        + people.author(first.envelope.author, on: first.envelope.replica) + ".")
            }
            let coverage = try reading.events.coverage(of: confirmed?.frontier.positions ?? [])
            let here = events.filter { !coverage.contains($0.held.place) }.count
            let hasClinic = try reading.transaction.pinnedClinic(in: desk.diary) != nil
            if !hasClinic {
                reply.say("All \(events.count) of its events are safe here; there is no clinic.")
            } else if here == 0 {
                reply.say("All \(events.count) of its events are confirmed at the clinic.")
            } else {
                reply.say(
                    "\(here) of its \(events.count) events are safe here, and not yet confirmed by"
                        + " the clinic.")
            }
            let waiting = try words.waiting(in: reading).filter { $0.entries.contains(entry) }
            if waiting.isEmpty {
                reply.say("It waits for nobody.")
            } else {
                let fields = view.conflicts.map(EntryWords.label).joined(separator: ", ")
                reply.say(
                    fields.isEmpty
                        ? "It waits for a person:"
                        : "It waits for one answer: \(fields). Anyone who may amend it may give it."
                )
                reply.lines += try words.lines(for: waiting, in: reading).map { "  " + $0 }
            }
            if view.kind == "infusion" {
                let until = waiting.isEmpty ? "It counts" : "Until then it counts"
                reply.say(try "\(until) \(counting(view, in: reading))")
            }
            reply.json = words.viewJSON(view, handle: Handle(of: entry))
            reply.json["onlyHere"] = .integer(Int64(here))
            return reply
        }
    }

    /// `32.0 g; in recalls: P100423917.`: what of an infusion is in totals, and what in recalls.
    private func counting(_ view: EntryView, in reading: Reading) throws -> String {
        let counts =
            view.status == .voided || view.beginsToReview
            ? "nothing" : "\(InfusionReading(view).milligrams)"
        // A recall finds at once what is to review, too.
        let lots = InfusionReading(try reading.asWritten(view) ?? view).lots
        return counts + (lots.isEmpty ? "." : "; in recalls: \(lots.joined(separator: ", ")).")
    }
}
