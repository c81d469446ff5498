import DiaryDesk
import DiaryModel
import DiaryStore
import SyncClient
import SyncCore

/// Where a device keeps two diaries of one patient: both are read, an entry is changed in the diary it
/// is in, and what is new goes to the main one.
extension DeviceHome {
    /// Reads all diaries of the patient, one below the other; a program finds the others in `further`.
    func readAll(_ read: (Desk, DiaryRecord) throws -> Reply) throws -> Reply {
        let patient = try patient()
        var reply = try read(desk(at: patient.main), patient.main)
        var further: [JSONValue] = []
        for diary in patient.further {
            let desk = try self.desk(at: diary, anybody: true)
            // One that was joined and has not been synced has nothing to show.
            let count = try desk.read { try $0.entryCount() }
            guard count > 0 else { continue }
            let part = try read(desk, diary)
            if further.isEmpty {
                reply.lines.insert("\(patient.name)'s diary that new entries go to:", at: 0)
            }
            reply.lines += ["", "A further diary of \(patient.name)'s:"] + part.lines
            reply.note(part.exit)
            further.append(.object(part.json))
        }
        if !further.isEmpty { reply.json["further"] = .array(further) }
        return reply
    }

    /// The same, with what waits between the diaries; it is said once, with the main one.
    func readAll(_ read: (Desk, DiaryRecord, [Waiting]) throws -> Reply) throws -> Reply {
        let (main, between) = (try diary().id, try waitingBetween())
        return try readAll { desk, diary in try read(desk, diary, diary.id == main ? between : []) }
    }

    /// What waits between the diaries of the patient.
    func waitingBetween() throws -> [Waiting] {
        let patient = try patient()
        return try desk(at: patient.main, anybody: true)
            .waiting(between: patient.further.map(\.id))
    }

    /// One look at all diaries of a patient, each in its own zone, the main one first.
    func read<Answer>(
        _ patient: PatientDiaries, _ body: ([Reading]) throws -> Answer
    ) throws -> Answer {
        let zones = try patient.all.map { try zone(of: $0.id) }
        return try database.read { transaction in
            try body(
                zip(patient.all, zones).map {
                    try Reading(transaction, diary: $0.id, zone: $1)
                })
        }
    }

    /// The entry a person means, and the desk at the diary it is in.
    func desk(entry typed: String) throws -> (desk: Desk, entry: EntryID) {
        let patient = try patient()
        guard !patient.further.isEmpty else {
            let desk = try self.desk(at: patient.main)
            return (desk, try desk.entry(named: typed))
        }
        let found = try read(patient) { readings in
            try FoundEntry(named: typed, in: readings, nowMs: clock.now)
        }
        let diary = patient.all.first { $0.id == found.diary } ?? patient.main
        return (try desk(at: diary), found.entry)
    }

    /// The desk at the diary in which this person wrote last.
    func deskOfLastWriting() throws -> Desk {
        let patient = try patient()
        let desks = try patient.all.enumerated().map { number, diary in
            try desk(at: diary, anybody: number > 0)
        }
        let arrivals = try desks.map { try $0.lastWriting() ?? 0 }
        return try zip(desks, arrivals).max { $0.1 < $1.1 }?.0 ?? desk().desk
    }

    /// The desk at the one diary that two entries are in; entries of two diaries are never one.
    func desk(
        entries one: String, _ other: String
    ) throws -> (desk: Desk, one: EntryID, other: EntryID) {
        let (desk, first) = try self.desk(entry: one)
        let (place, second) = try self.desk(entry: other)
        guard desk.diary == place.diary else {
            throw Refused(
                "\(Handle(of: first)) and \(Handle(of: second)) are in two diaries, so they cannot be"
                    + " called one. Nothing was done.",
                "If it is one infusion:  diary void \(Handle(of: second)) --reason duplicate",
                "If it is two:  diary duplicates different \(Handle(of: first)) \(Handle(of: second))",
                code: "two_diaries")
        }
        return (desk, first, second)
    }
}
