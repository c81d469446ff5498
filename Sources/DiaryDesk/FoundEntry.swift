import DiaryModel
import DiaryStore
public import SyncCore

/// An entry that a person means, found in one of several diaries of a patient.
public struct FoundEntry: Sendable {
    public let diary: DiaryID
    public let entry: EntryID

    /// The entry of this handle, or of this day; `last` is the one written to last, whatever its diary.
    ///
    /// - Parameter readings: of all diaries of one patient, from one store.
    /// - Throws: `DeskError.noSuchEntry` or `.ambiguous` with the candidates.
    public init(named typed: String, in readings: [Reading], nowMs: Int64) throws {
        var found: [(entry: FoundEntry, arrival: Int)] = []
        for reading in readings {
            for id in try reading.entries(named: typed, today: reading.zone.day(atMs: nowMs)) {
                let arrival = try reading.transaction.events(of: id, in: reading.diary)
                    .last?.held.arrival
                found.append((FoundEntry(diary: reading.diary, entry: id), arrival ?? 0))
            }
        }
        if typed.lowercased() == "last" {
            found = found.max { $0.arrival < $1.arrival }.map { [$0] } ?? []
        }
        guard let first = found.first else { throw DeskError.noSuchEntry(typed) }
        guard found.count == 1 else {
            throw DeskError.ambiguous(typed, found.map(\.entry.entry))
        }
        self = first.entry
    }

    private init(diary: DiaryID, entry: EntryID) {
        self.diary = diary
        self.entry = entry
    }
}

extension Reading {
    /// The entries of this diary that can be meant; empty if there is none.
    fileprivate func entries(named typed: String, today: CivilDate) throws -> [EntryID] {
        do {
            return [try entry(named: typed, today: today)]
        } catch DeskError.noSuchEntry {
            return []
        } catch DeskError.ambiguous(_, let entries) {
            return entries
        }
    }
}
