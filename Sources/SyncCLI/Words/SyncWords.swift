import DiaryDesk
import DiaryModel
import DiaryStore
import SyncClient
import SyncCore

/// What a sync did, in words: what went, what came, what merged by itself, what needs a person.
struct SyncWords {
    private let database: DiaryDatabase
    private let diary: DiaryID
    private let host: String
    let desk: Desk

    init(database: DiaryDatabase, diary: DiaryID, host: String, now: Int64) throws {
        self.database = database
        self.diary = diary
        self.host = host
        let zones = ZoneFiles()
        let name = try database.read {
            try $0.setting(DeviceHome.zoneSetting, in: diary)?.stringValue
        }
        guard
            let zone = name.flatMap({ zones.rules(named: $0) }) ?? zones.rules(named: "Etc/UTC")
        else { throw Refused("Install the package tzdata.", code: "no_tzdata") }
        desk = Desk(
            database: database, diary: diary, zone: zone, clock: DeskClock { now },
            pen: .init(author: nil, role: .patient, label: ""))
    }

    func reply(for outcome: SyncOutcome, since arrival: Int) throws -> Reply {
        var reply = Reply()
        if outcome.isOfAnotherProcess {
            reply.say("Another sync was under way; this is what it did.")
        }
        let safe = "Everything here is safe."
        let counts = "Sent \(outcome.sent), fetched \(outcome.fetched)."
        switch outcome.result {
        case .equal:
            let time = DeskWords(desk: desk).clockFace(desk.clock.now)
            reply.say("Clinic reached. \(counts) Everything here is confirmed there (\(time)).")
        case .refusedSome:
            reply.say("Clinic reached. \(counts)")
            reply.say(
                "The clinic did not take \(outcome.refused.count) of this diary's events. \(safe)")
            reply.say("Phone the clinic; the next sync tries them again.")
            reply.note(.failed)
        case .closed:
            reply.lines += Self.sentences(for: .closed)
            if outcome.sent > 0 {
                reply.say("Sent \(outcome.sent); it is kept there for somebody to review.")
            }
            reply.note(.notKnown)
        case .unconfirmed:
            reply.say("Clinic reached. Sent \(outcome.sent); everything here is there.")
            reply.lines +=
                outcome.putBack.map { [words(for: $0), Self.givesNothing] }
                ?? Self.sentences(for: .unconfirmed)
        case .notReached(let reason): reply = try notReached(reason)
        case .notEnrolled:
            reply.say("The clinic does not know this device any more. \(safe)")
            reply.say("Phone the clinic and ask for a new letter; then  diary join  again.")
            reply.note(.notKnown)
        case .notJoined:
            reply.say("This diary has joined no clinic. \(safe)")
            reply.note(.failed)
        case .versionTooNew:
            reply.say("The clinic speaks a newer version of the protocol. \(safe)")
            reply.say("Update this program; the next sync brings everything.")
            reply.note(.failed)
        case .refusedWhole(let problem):
            reply.say("The clinic said no: \(problem.title)")
            reply.say("\(safe) \(problem.advice)")
            reply.note(.failed)
        case .stuck(let position):
            let log = position.map { ", at event \($0.seq) of log \($0.replica)" } ?? ""
            reply.say("The sync got no further\(log). \(safe) Phone the clinic.")
            reply.note(.failed)
        case .notTheClinic:
            reply.say("An answer came that the clinic this diary knows has not signed. \(safe)")
            reply.say("Nothing of it was kept. Phone the clinic.")
            reply.note(.failed)
        case .badAnswer:
            reply.say("An answer came that cannot be right. \(safe) Nothing of it was kept.")
            reply.note(.failed)
        }
        if let putBack = outcome.putBack, outcome.result != .unconfirmed {
            reply.say(words(for: putBack))
        }
        if let reading = try database.read({
            try $0.setting(ClockReading.setting, in: diary).flatMap(ClockReading.init(json:))
        }), let sentence = reading.sentence, outcome.isDone {
            reply.say(sentence)
        }
        try addChanges(since: arrival, to: &reply)
        for member in outcome.json.objectValue?.members ?? [] {
            reply.json[member.key] = member.value
        }
        return reply
    }

    /// What a clinic that gives nothing says of itself and of this device.
    static func sentences(for silence: ClinicLink.Silence) -> [String] {
        switch silence {
        case .closed:
            ["The clinic has closed this device; what you write is safe here. Please phone."]
        case .unconfirmed:
            ["The clinic was put back to an older copy, or begun again.", givesNothing]
        case .notEnrolled:
            [
                "The clinic does not know this device any more; what you write is safe here.",
                "Please phone, and ask for a new letter.",
            ]
        }
    }

    private static let givesNothing =
        "It takes what you send, and gives nothing until its administrator has confirmed"
        + " its devices."

    private func words(for putBack: SyncOutcome.PutBack) -> String {
        let when = desk.when(putBack.confirmedMs).long
        guard let entries = putBack.entries else {
            // It does not say yet what it holds; it may have taken everything over.
            return "The clinic was put back to an older copy since it confirmed on \(when)"
                + " what it had."
        }
        let what =
            switch entries {
            case 0: ""
            case 1: " What it lacked was sent again, 1 entry."
            default: " What it lacked was sent again, \(entries) entries."
            }
        return "The clinic holds less than it confirmed on \(when): it was put back.\(what)"
    }

    private func notReached(_ reason: NotReached) throws -> Reply {
        let waiting = try waiting()
        let safe =
            switch waiting {
            case 0: "Everything is safe here."
            case 1: "1 entry is safe here and will go with the next sync."
            default: "\(waiting) entries are safe here and will go with the next sync."
            }
        var reply = Reply("\(Self.sentence(for: reason, host: host)) \(safe)", exit: .notReached)
        if let remedy = Self.remedy(for: reason) { reply.say(remedy) }
        let time = DeskWords(desk: desk).clockFace(desk.clock.now)
        reply.say("Tried at \(time). Try again whenever you like:  diary sync")
        return reply
    }

    /// How many entries the clinic has not confirmed.
    func waiting() throws -> Int {
        try database.read { transaction in
            let confirmed = try ClinicLink.confirmation(of: diary, in: transaction)
            let reading = try Reading(transaction, diary: diary, zone: desk.zone)
            let coverage = try reading.events.coverage(of: confirmed?.frontier.positions ?? [])
            return try reading.entries(beyond: coverage).count
        }
    }

    /// Why the clinic was not reached, in words.
    static func sentence(for reason: NotReached, host: String) -> String {
        switch reason {
        case .noConnection: "No answer from \(host)."
        case .notSecure: "The way to \(host) is not secure, so nothing was sent."
        case .certificateName:
            "The certificate that \(host) shows is for another name, so nothing was sent."
        case .certificateUnknown:
            "The certificate that \(host) shows is of an authority unknown here, so nothing was sent."
        case .certificateExpired:
            "The certificate that \(host) shows is out of date, or this computer's clock is wrong: nothing was sent."
        case .noAnswer: "\(host) did not answer in time."
        case .somebodyElse:
            "Somebody answered for \(host) who is not the clinic, perhaps a network's sign-in page."
        case .redirected: "\(host) sends to another address; nothing was sent there."
        case .tooMuch: "\(host) answered with more than a clinic would."
        case .busy: "The clinic has too much to do at this moment."
        case .outOfOrder:
            "The clinic can take nothing at this moment: its disk is full, or its store damaged."
        }
    }

    /// What a person can do about it; nil where only time helps.
    static func remedy(for reason: NotReached) -> String? {
        switch reason {
        case .certificateName: "Compare the address with the letter, and phone the clinic."
        case .certificateUnknown:
            "If the clinic has given you a file of its authority, say it:  --ca FILE"
        case .certificateExpired: "Look at this computer's date. If it is right, phone the clinic."
        case .noConnection, .notSecure, .noAnswer, .somebodyElse, .redirected, .tooMuch, .busy: nil
        case .outOfOrder:
            "There its people have to act; tell them if it lasts. Everything is safe here."
        }
    }

    // MARK: What came

    private func addChanges(since arrival: Int, to reply: inout Reply) throws {
        let words = DeskWords(desk: desk)
        let (found, frontier) = try desk.read("sync") { reading in
            (try reading.questionSearch(catalogue: desk.catalogue), reading.events.frontier)
        }
        try desk.remember(found, of: frontier)
        let (merged, open, json) = try desk.read("sync") { reading in
            try self.changes(since: arrival, in: reading, words)
        }
        let apart = try desk.read("sync") { try TwoPlaces.since(arrival, in: $0) }
        if let apart { reply.say(TwoPlaces.sentence(since: words.time(apart))) }
        for line in merged.map({ "Merged by itself: \($0)." }) where !reply.lines.contains(line) {
            reply.say(line)
        }
        let news = try desk.read("sync") {
            try ClinicNews(reading: $0, words: words).lines(since: arrival)
        }
        reply.lines += news
        for line in open { reply.say("Needs a person:   \(line)") }
        reply.json = json
        reply.json["news"] = .array(news.map(JSONValue.string))
        if let apart { reply.json["twoPlacesSinceMs"] = .integer(apart.milliseconds) }
    }

    /// Adds what waits between this diary and further ones of the patient.
    func add(_ further: [DiaryID], to reply: inout Reply) throws {
        let between = try desk.waiting(between: further)
        guard !between.isEmpty else { return }
        let lines = try desk.read("sync") { try DeskWords(desk: desk).lines(for: between, in: $0) }
        for line in lines { reply.say("Needs a person:   \(line)") }
        let questions = reply.json["questions"]?.integerValue ?? 0
        reply.json["questions"] = .integer(questions + Int64(lines.count))
        let waiting = reply.json["waiting"]?.arrayValue ?? []
        reply.json["waiting"] = .array(waiting + (DeskWords.json(between).arrayValue ?? []))
    }

    private func changes(
        since arrival: Int, in reading: Reading, _ words: DeskWords
    ) throws -> (merged: [String], open: [String], json: JSONObject) {
        let own = Set(try reading.transaction.ownKeys(in: diary).keys)
        // What does not count has changed nothing, and is no merge.
        let changes = try reading.events.amendments(since: arrival).filter {
            !own.contains($0.line.envelope.replica) && reading.standing.counts($0.held.place)
        }.map(\.line).prefix(1000)
        var merged: [String] = []
        if !changes.isEmpty {
            let people = try reading.people()
            let handles = try reading.handles()
            for change in changes {
                guard let view = try reading.view(of: change.entry),
                    !EntrySummary.hiddenKinds.contains(view.kind),
                    // A version of a plan, and what else the clinic says, is news and no merge.
                    EntryKind(rawValue: view.kind).flatMap({ ClinicNews.commands[$0] }) == nil
                else { continue }
                let settled = change.envelope.fields.filter { !view.conflicts.contains($0) }
                    .filter { !$0.hasPrefix(Vocabulary.linkPrefix) }
                if settled.isEmpty { continue }
                let names = settled.map(EntryWords.label).joined(separator: ", ")
                let who = people.shortAuthor(change.envelope.author, on: change.envelope.replica)
                merged.append("\(handles.handle(of: change.entry.id)) \(names) (\(who))")
            }
        }
        let waiting = try words.waiting(in: reading)
        let open = try words.lines(for: waiting, in: reading)
        let json: JSONObject = [
            "merged": .array(merged.map(JSONValue.string)),
            "questions": .integer(Int64(open.count)), "waiting": DeskWords.json(waiting),
        ]
        let shown =
            merged.count > 8
            ? Array(merged.prefix(8)) + ["and \(merged.count - 8) more"] : merged
        return (shown, open, json)
    }
}
