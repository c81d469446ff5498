import ClinicServer
import DiaryDesk
import DiaryModel
import DiaryStore
import Foundation
import SyncCore

/// Searches all diaries of the clinic for a lot, keeps what was answered, and says it.
struct RecallSearch {
    let home: ClinicHome
    let login: String

    private var clinic: ClinicServer.Clinic { home.clinic }

    func ask(_ query: RecallQuery) throws -> Reply {
        let (answer, number) = try keep(look(for: query), repeating: nil)
        let text = RecallText(answer, kept: kept(answer, number))
        var reply = Reply(json: json(answer, number, text))
        reply.lines = text.lines(columns: Self.columns)
        return reply
    }

    /// Asks a recall again, and says what has changed since it was answered.
    func again(_ number: Int) throws -> Reply {
        try home.require(.recall)
        let older = try record(number)
        let (answer, kept) = try keep(
            look(for: older.query), repeating: older.repeats ?? older.number)
        let text = RecallText(answer, kept: self.kept(answer, kept))
        var reply = Reply(json: json(answer, kept, text))
        reply.say(text.header)
        if let difference = RecallDifference(from: older.answer, to: answer) {
            reply.lines += difference.lines
            reply.json["difference"] = difference.json
        }
        reply.lines += text.closing
        reply.say("diary clinic recall --show \(kept)  prints all of it.")
        reply.json["repeats"] = .integer(Int64(older.number))
        return reply
    }

    /// A recall as it was answered then.
    func show(_ number: Int) throws -> Reply {
        try noteReading()
        let record = try record(number)
        let text = RecallText(
            record.answer,
            kept: .init(number: Int64(number), signedMs: record.ms, by: record.staff))
        var reply = Reply(json: json(record.answer, number, text))
        reply.json["staff"] = .string(record.staff)
        reply.lines = text.lines(columns: Self.columns)
        return reply
    }

    /// What was asked, the newest first.
    func list() throws -> Reply {
        try noteReading()
        let records = try clinic.database.read { try ClinicRecords($0).recalls() }
        var reply = Reply()
        for record in records { reply.lines += RecallLines(record).lines }
        reply.say(
            records.isEmpty
                ? "No lot has been searched for.   diary clinic recall --product PRODUCT LOT"
                : "diary clinic recall --show NUMBER  prints one;  --repeat NUMBER  asks it again.")
        reply.json["recalls"] = .array(records.map { RecallLines($0).json })
        return reply
    }

    // MARK: Looking and keeping

    /// What was found, in one look at all diaries, and how much of each there was.
    private struct Look {
        let answer: RecallAnswer
        let seen: [DiaryID: VectorClock]
    }

    private func look(for query: RecallQuery) throws -> Look {
        let zones = ZoneFiles()
        let clinicZone = try home.zone()
        return try clinic.look("recall", as: login, for: .recall) { transaction, looks in
            var seen: [DiaryID: VectorClock] = [:]
            let patients = try looks.map { look in
                var products: Set<ProductKey> = []
                var zone: PrintedText?
                let told = try look.diaries.map { one in
                    let reading = try Reading(transaction, diary: one.diary, zone: clinicZone)
                    seen[one.diary] = reading.events.frontier
                    let planned = try reading.planned(onOrAfter: query.from)
                    products.formUnion(planned.products)
                    zone = zone ?? planned.zone
                    return try reading.recallDiary()
                }
                return RecallPatient(
                    PrintedText(look.patient.reference), diaries: told, planProducts: products,
                    coverage: try clinic.coverage(of: look.patient, in: transaction),
                    zone: zone.flatMap { zones.rules(named: $0.text) } ?? clinicZone)
            }
            return Look(
                answer: RecallAnswer(query, patients: patients, askedMs: clinic.now), seen: seen)
        }
    }

    /// Keeps an answer, with a line in the audit that says under which number.
    private func keep(
        _ look: Look, repeating first: Int?
    ) throws -> (answer: RecallAnswer, number: Int) {
        let number = try clinic.database.write { transaction in
            try clinic.member(login, may: .recall, in: transaction)
            let records = ClinicRecords(transaction)
            let number = try records.keep(
                look.answer, seen: look.seen, repeating: first, by: login)
            try records.audit(
                AuditRecord(
                    ms: clinic.now, staff: login, act: "recall", detail: "recall \(number)"))
            return number
        }
        return (look.answer, number)
    }

    /// Writes down who reads what was kept, before it is read.
    private func noteReading() throws {
        try clinic.database.write { transaction in
            try clinic.member(login, may: .recall, in: transaction)
            try ClinicRecords(transaction).audit(
                AuditRecord(ms: clinic.now, staff: login, act: "recalls"))
        }
    }

    private func record(_ number: Int) throws -> RecallRecord {
        guard let record = try clinic.database.read({ try ClinicRecords($0).recall(number) }) else {
            throw Refused(
                "There is no recall \(number).", "diary clinic recall --list  lists them.",
                code: "no_such_recall")
        }
        return record
    }

    // MARK: Words

    private func kept(_ answer: RecallAnswer, _ number: Int) -> RecallText.Kept {
        .init(number: Int64(number), signedMs: answer.askedMs, by: login)
    }

    private func json(_ answer: RecallAnswer, _ number: Int, _ text: RecallText) -> JSONObject {
        [
            "answer": answer.json, "mayBeSaid": .array(text.closing.map(JSONValue.string)),
            "recall": .integer(Int64(number)), "scope": .string(text.header),
            "staff": .string(login),
        ]
    }

    /// The columns of the terminal that the answer goes to; nil where it goes into a file or a pipe.
    private static var columns: Int? {
        isatty(STDOUT_FILENO) == 1 ? Terminal.current.width : nil
    }
}
