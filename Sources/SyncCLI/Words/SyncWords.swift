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
    private let desk: Desk

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

    func reply(for outcome: SyncOutcome) throws -> Reply {
        var reply = Reply()
        let report = outcome.report
        let counts = "Sent \(report.sent), fetched \(report.fetched)."
        switch outcome.ending {
        case .equal:
            let time = DeskWords(desk: desk).clockFace(desk.clock.now)
            reply.say("Clinic reached. \(counts) Everything here is confirmed there (\(time)).")
        case .refusedSome:
            reply.say("Clinic reached. \(counts)")
            reply.say(
                "The clinic did not take \(report.refused.count) of this diary's entries. They are safe here.")
            reply.say("Phone the clinic; the next sync tries them again.")
            reply.note(.failed)
        case .closed:
            reply.say(
                "The clinic has closed this device. What you write is safe here, and was sent. Please phone.")
            reply.note(.notKnown)
        case .unconfirmed:
            reply.say("Clinic reached. Sent \(report.sent); everything here is there.")
            reply.say(
                "The clinic was put back to a backup and gives nothing until somebody there has checked.")
        case .notReached(let failure):
            reply = try notReached(failure)
        case .notEnrolled:
            reply.say("The clinic does not know this device any more. Everything is safe here.")
            reply.say("Phone the clinic and ask for a new letter; then  diary join  again.")
            reply.note(.notKnown)
        case .refused(let problem):
            reply.say("The clinic said no: \(problem.title)")
            reply.say("Everything is safe here. \(problem.advice)")
            reply.note(.failed)
        case .notBelieved(let failure):
            reply.say(Self.sentence(for: failure))
            reply.say("Nothing of that answer was kept. Everything here is safe.")
            reply.note(.failed)
        }
        try addChanges(since: outcome.before, to: &reply)
        reply.json = json(for: outcome, reply)
        return reply
    }

    private func json(for outcome: SyncOutcome, _ reply: Reply) -> JSONObject {
        var object = reply.json
        let ending =
            switch outcome.ending {
            case .equal: "equal"
            case .refusedSome: "refused-some"
            case .closed: "closed"
            case .unconfirmed: "unconfirmed"
            case .notReached: "not-reached"
            case .notEnrolled: "not-enrolled"
            case .refused: "refused"
            case .notBelieved: "not-believed"
            }
        object["ending"] = .string(ending)
        object["fetched"] = .integer(Int64(outcome.report.fetched))
        object["sent"] = .integer(Int64(outcome.report.sent))
        object["requests"] = .integer(Int64(outcome.requests))
        object["bytesReceived"] = .integer(Int64(outcome.bytesReceived))
        object["bytesSent"] = .integer(Int64(outcome.bytesSent))
        return object
    }

    private func notReached(_ failure: TransportFailure) throws -> Reply {
        let waiting = try database.read { transaction in
            let confirmed = try transaction.setting(Confirmation.setting, in: diary)
                .flatMap(Confirmation.init(json:))
            let reading = try Reading(transaction, diary: diary, zone: desk.zone)
            let coverage = try reading.events.coverage(of: confirmed?.frontier.positions ?? [])
            return try reading.entries().filter { summary in
                try !transaction.events(of: summary.position.id, in: diary)
                    .allSatisfy { coverage.contains($0.held.place) }
            }.count
        }
        let safe =
            waiting == 0
            ? "Everything is safe here."
            : waiting == 1
                ? "1 entry is safe here and will go by itself."
                : "\(waiting) entries are safe here and will go by themselves."
        let refused = Self.refused(failure, host: host, joining: false)
        var reply = Reply("\(refused.lines[0]) \(safe)", exit: .notReached)
        let time = DeskWords(desk: desk).clockFace(desk.clock.now)
        reply.say("Tried at \(time). Try again whenever you like:  diary sync")
        return reply
    }

    /// A failure of the way there, in words.
    static func refused(
        _ failure: TransportFailure, host: String, joining: Bool
    ) -> Refused {
        let again = joining ? "Nothing was joined; try again later." : ""
        switch failure {
        case .noAnswer:
            return Refused(
                "No answer from \(host).", again, code: "no_answer", exit: .notReached)
        case .notTheClinic(let status):
            return Refused(
                "Somebody answered for \(host) who is not the clinic (status \(status)), "
                    + "perhaps a network's sign-in page.", again, code: "not_the_clinic",
                exit: .notReached)
        case .redirected:
            return Refused(
                "\(host) sends to another address. Nothing was sent there.", again,
                code: "redirected", exit: .notReached)
        case .answerTooLarge:
            return Refused(
                "\(host) answered with more than a clinic would.", again, code: "too_large",
                exit: .notReached)
        case .problem(let type, _):
            let exit: ExitStatus = type == .busy || type == .timeout ? .notReached : .failed
            return Refused(type.title, type.advice, code: type.rawValue, exit: exit)
        }
    }

    private static func sentence(for failure: SyncFailure) -> String {
        switch failure {
        case .notAnAnswer: "An answer came that does not fit what was asked."
        case .notTheClinic: "An answer came that the clinic this diary knows has not signed."
        case .answerNotWhole: "An answer came with entries that are not signed as they should be."
        case .stuck(let position):
            "The sync got no further"
                + (position.map { ", at log \($0.replica) from \($0.seq)" } ?? "") + "."
        }
    }

    // MARK: What came

    private func addChanges(since before: VectorClock, to reply: inout Reply) throws {
        let words = DeskWords(desk: desk)
        let (merged, open, json) = try desk.read("sync") { reading in
            try self.changes(since: before, in: reading, words)
        }
        for line in merged { reply.say("Merged by itself: \(line).") }
        for line in open { reply.say("Needs a person:   \(line)") }
        reply.json = json
    }

    private func changes(
        since before: VectorClock, in reading: Reading, _ words: DeskWords
    ) throws -> (merged: [String], open: [String], json: JSONObject) {
        let own = Set(try reading.transaction.ownKeys(in: diary).keys)
        let people = try reading.people()
        let handles = try reading.handles()
        let known = try reading.events.coverage(of: before.positions)
        var fields: [(entry: EntryID, fields: [String], who: String)] = []
        try reading.events.forEachSection(beyond: known) { section in
            for stored in section.lines {
                guard let line = try? EventLine(stored.bytes, diary: diary),
                    !own.contains(line.envelope.replica), line.envelope.kind == nil,
                    fields.count < 1000
                else { continue }
                let who = people.shortAuthor(line.envelope.author, on: line.envelope.replica)
                fields.append((line.entry.id, line.envelope.fields, who))
            }
            return fields.count < 1000
        }
        var merged: [String] = []
        for change in fields {
            guard let view = try reading.view(of: change.entry),
                !Reading.hiddenKinds.contains(view.kind)
            else { continue }
            let settled = change.fields.filter { !view.conflicts.contains($0) }
                .filter { !$0.hasPrefix(Vocabulary.linkPrefix) }
            if settled.isEmpty { continue }
            let names = settled.map(EntryWords.label).joined(separator: ", ")
            merged.append("\(handles.handle(of: change.entry)) \(names) (\(change.who))")
        }
        let open = try words.openQuestions(in: reading)
        let json: JSONObject = [
            "merged": .array(merged.map(JSONValue.string)),
            "questions": .integer(Int64(open.count)),
        ]
        let shown = merged.count > 8
            ? Array(merged.prefix(8)) + ["and \(merged.count - 8) more"] : merged
        return (shown, open, json)
    }
}
