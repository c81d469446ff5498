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

    /// Infusions of two diaries of the patient that look like one; no link can say so, a void can.
    func alikeAcrossDiaries() throws -> [(kept: EntryID, other: EntryID)] {
        let patient = try patient()
        guard !patient.further.isEmpty else { return [] }
        var facts: [DuplicateFacts] = []
        var places: [EntryID: DiaryID] = [:]
        for diary in patient.all {
            let compared = try desk(at: diary, anybody: true).read { try $0.totals().compared }
            for one in compared { places[one.entry] = diary.id }
            facts += compared
        }
        return DuplicateSearch(facts).pairs.map { ($0.left.entry, $0.right.entry) }
            .filter { places[$0.0] != places[$0.1] }
            .map { places[$0.0] == patient.main.id ? $0 : ($0.1, $0.0) }
    }

    /// The entry a person means, and the desk at the diary it is in.
    func desk(entry typed: String) throws -> (desk: Desk, entry: EntryID) {
        let patient = try patient()
        guard !patient.further.isEmpty else {
            let desk = try self.desk(at: patient.main)
            return (desk, try desk.entry(named: typed))
        }
        var found: [(diary: DiaryRecord, entry: EntryID)] = []
        for diary in patient.all {
            do {
                let desk = try self.desk(at: diary, anybody: true)
                found.append((diary, try desk.entry(named: typed)))
            } catch DeskError.noSuchEntry {
                continue
            } catch DeskError.ambiguous(_, let entries) {
                found += entries.map { (diary, $0) }
            }
        }
        if typed.lowercased() == "last" { found = try [latest(of: found)].compactMap(\.self) }
        guard let first = found.first else { throw DeskError.noSuchEntry(typed) }
        guard found.count == 1 else { throw DeskError.ambiguous(typed, found.map(\.entry)) }
        return (try desk(at: first.diary), first.entry)
    }

    private func latest(
        of found: [(diary: DiaryRecord, entry: EntryID)]
    ) throws -> (diary: DiaryRecord, entry: EntryID)? {
        let arrivals = try database.read { transaction in
            try found.map { one in
                try transaction.events(of: one.entry, in: one.diary.id).last?.held.arrival ?? 0
            }
        }
        return zip(found, arrivals).max { $0.1 < $1.1 }?.0
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
                code: "two_diaries")
        }
        return (desk, first, second)
    }
}
