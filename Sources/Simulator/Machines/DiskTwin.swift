internal import DiaryStore
internal import Foundation
internal import SyncCore

/// The store of SQLite beside a machine's store in memory: it is handed the same transactions and has to
/// say the same, to the byte.
final class DiskTwin {
    private let scratch: ScratchFolder
    private let diary: DiaryID
    private let purpose: DiaryDatabase.Purpose
    private var database: DiaryDatabase
    private let directory: String

    init(
        diary: DiaryID, isClinic: Bool, pinnedClinic: PublicKey?, in scratch: ScratchFolder
    ) throws {
        self.scratch = scratch
        self.diary = diary
        purpose = isClinic ? .clinic : .device
        directory = scratch.fresh()
        database = try DiaryDatabase.create(in: directory, purpose: purpose)
        try database.write { try $0.addDiary(diary, name: "diary") }
        if let pinnedClinic { try pin(pinnedClinic) }
    }

    private init(copying other: DiskTwin, from snapshot: String) throws {
        scratch = other.scratch
        diary = other.diary
        purpose = other.purpose
        directory = scratch.fresh()
        try FileManager.default.copyItem(atPath: snapshot, toPath: directory)
        database = try DiaryDatabase.open(in: directory, purpose: purpose)
    }

    deinit {
        try? database.close()
        try? FileManager.default.removeItem(atPath: directory)
    }

    func pin(_ clinic: PublicKey) throws { try database.write { try $0.pin(clinic, in: diary) } }

    /// The body as one transaction on disk.
    func write<State, Result>(
        over mirror: SimulatedStore, fault: StoreFault?, _ state: inout State,
        own: KeyPath<State, OwnLog>?,
        _ body: (inout SimulatedStore, inout State) throws -> Result
    ) throws -> Result {
        try database.write { transaction in
            var store = mirror.over(try transaction.events(in: diary))
            store.fault = fault
            let result = try body(&store, &state)
            if let own { try transaction.setOwnLog(state[keyPath: own], in: diary) }
            return result
        }
    }

    /// What happened on disk has to be what happened in memory.
    func compare<Result: Equatable>(
        _ memory: Swift.Result<Result, any Error>, _ disk: Swift.Result<Result, any Error>,
        _ store: SimulatedStore
    ) throws {
        switch (memory, disk) {
        case (.success(let left), .success(let right)):
            try check(left == right, "SQLite's store answers otherwise")
            try database.read { transaction in
                let events = try transaction.events(in: diary)
                try check(
                    events.frontier == store.frontier, "SQLite's store has another frontier")
            }
        case (.failure(let left), .failure(let right)):
            try check("\(left)" == "\(right)", "SQLite's store fails otherwise: \(right)")
        case (.success, .failure(let error)):
            throw SimulationFailure(description: "SQLite's store fails: \(error)")
        case (.failure(let error), .success):
            throw SimulationFailure(description: "SQLite's store does not fail: \(error)")
        }
    }

    /// The kept read model has to say what the views in memory say.
    func judge(_ views: [EventID: EntryView], _ store: SimulatedStore) throws {
        try database.read { transaction in
            let entries = try transaction.entries(in: diary)
            try check(entries.count == views.count, "SQLite's read model has other entries")
            for entry in entries {
                guard let view = views[entry.id] else {
                    throw SimulationFailure(description: "an entry that SQLite's alone has")
                }
                try check(
                    entry.status == view.status && entry.isInConflict == !view.conflicts.isEmpty
                        && entry.hasEventsToReview == !view.toReview.isEmpty,
                    "SQLite's read model says otherwise of an entry")
                let kept = try transaction.view(of: entry.position, in: diary)
                try check(kept == view, "SQLite's store shows an entry otherwise")
            }
            let offered = try transaction.events(in: diary).offer(
                beyond: Coverage(), page: .bundle)
            let wanted = try store.offer(beyond: Coverage(), page: .bundle)
            try check(
                offered.sections.map(\.asWritten) == wanted.sections.map(\.asWritten),
                "SQLite's store offers other sections")
        }
    }

    /// The doctor finds nothing, the read model made anew included.
    ///
    /// - Parameter wentOnElsewhere: a copy may be ahead, until this store's next write.
    func examine(wentOnElsewhere: Bool) throws {
        let findings = try Doctor.examine(database).filter {
            !wentOnElsewhere || $0.kind != .ownLog
        }
        try check(findings.isEmpty, "the doctor finds \(findings)")
    }

    /// A copy of all files, as a backup has it.
    func snapshot() throws -> String {
        let copy = scratch.fresh()
        try database.close()
        try FileManager.default.copyItem(atPath: directory, toPath: copy)
        database = try DiaryDatabase.open(in: directory, purpose: purpose)
        return copy
    }

    /// A store of its own with what a snapshot holds.
    func copy(of snapshot: String) throws -> DiskTwin {
        try DiskTwin(copying: self, from: snapshot)
    }
}
