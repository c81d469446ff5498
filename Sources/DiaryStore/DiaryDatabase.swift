internal import GRDB
public import SyncCore
internal import Synchronization

/// One SQLite file: a device's diaries, or those of a whole small clinic.
///
/// Readers are read-only connections with a snapshot each. There is one writing connection, opened by
/// the first write; a full or read-only disk therefore never stops reading. Every write is one
/// immediate transaction under the writer's lock, on the disk before `write` returns.
public final class DiaryDatabase: Sendable {
    /// Whose file it is; told apart by `application_id`.
    public enum Purpose: String, Sendable {
        case device, clinic
    }

    /// The directory, readable by this user alone.
    public let directory: String
    public let purpose: Purpose
    let path: String
    /// Which file was opened: after a restore another one has its name.
    let identity: FileIdentity
    let readers: DatabasePool
    let lock: WriterLock
    let highWater: HighWater
    private let writer = Mutex<WritingConnection?>(nil)
    private let state: Mutex<State>

    struct State {
        /// A failure of the disk or of the file: nothing more is written.
        var failure: StoreError?
        var highest: HighWater.Reach
        /// Diaries of which more had been written here than this file holds.
        var wentBackwards: [DiaryID: Position]
        /// How many events this file had taken, and how many it has; nil if it has all.
        var fewer: (was: Int, held: Int)?
    }

    init(
        directory: String, purpose: Purpose, path: String, identity: FileIdentity,
        readers: DatabasePool, lock: WriterLock, highWater: HighWater
    ) {
        self.directory = directory
        self.purpose = purpose
        self.path = path
        self.identity = identity
        self.readers = readers
        self.lock = lock
        self.highWater = highWater
        state = Mutex(State(highest: highWater.read(), wentBackwards: [:]))
    }

    /// Diaries whose history went backwards: this store had written this far, and the file holds less.
    ///
    /// It was restored from a copy, or its end was lost. The next local write goes on as a new replica.
    public var historyWentBackwards: [DiaryID: Position] { state.withLock { $0.wentBackwards } }

    /// How many events this store had taken and how many the file has, where those are fewer: the end of
    /// its write-ahead log was lost, or it is an old copy.
    public var eventsWentMissing: (was: Int, held: Int)? { state.withLock { $0.fewer } }

    /// Reads one snapshot.
    public func read<T>(_ body: (DiaryTransaction) throws -> T) throws -> T {
        try StoreError.mapping {
            try readers.read { database in
                let transaction = DiaryTransaction(
                    SQLConnection(database, isWriting: false), backwards: historyWentBackwards)
                defer { transaction.end() }
                return try body(transaction)
            }
        }
    }

    /// Writes all that `body` does, or nothing if it throws; durable when this returns.
    ///
    /// - Throws: what `body` throws, or a `StoreError`.
    public func write<T>(_ body: (DiaryTransaction) throws -> T) throws -> T {
        switch state.withLock({ $0.failure }) {
        case nil: break
        case .damaged(let damage): throw StoreError.damaged(damage)
        case _: throw StoreError.reopenFirst
        }
        do {
            return try StoreError.mapping {
                let writer = try openedWriter()
                return try writer.queue.writeWithoutTransaction { database in
                    try lock.holding {
                        try checkIdentity()
                        return try transact(writer, database, body)
                    }
                }
            }
        } catch let error as StoreError where error.endsWriting {
            giveUpWriting(error)
            throw error
        }
    }

    /// Moves what was written into the one file, so that it can have another name.
    func moveLogIntoDatabase() throws {
        try StoreError.mapping {
            let writer = try openedWriter()
            try lock.holding { try writer.moveLogIntoDatabase() }
        }
    }

    /// Whether the disk failed and nothing is written until the store was opened for writing again.
    public var needsReopening: Bool {
        switch state.withLock({ $0.failure }) {
        case nil, .damaged: false
        case _: true
        }
    }

    /// Opens the store for writing once more after the disk failed.
    ///
    /// What is in memory only is moved into the database and waited for, as after a new start; then the
    /// file has to be sound and to hold all that was written here. Nothing is written in between, so a
    /// disk that still fails leaves all as it was.
    ///
    /// - Throws: a `StoreError`, as long as the disk fails.
    public func reopenForWriting() throws {
        guard needsReopening else { return }
        do {
            try StoreError.mapping {
                writer.withLock { writer in
                    try? writer?.queue.close()
                    writer = nil
                }
                try openedWriter(afterFailure: true).check()
                try findBackwards()
            }
        } catch let error as StoreError where error.endsWriting {
            giveUpWriting(error)
            throw error
        }
        state.withLock { $0.failure = nil }
    }

    /// Ends all connections; everything later is an error.
    public func close() throws {
        try StoreError.mapping {
            try writer.withLock { writer in
                try writer?.queue.close()
                writer = nil
            }
            try readers.close()
        }
    }

    private func openedWriter(afterFailure: Bool = false) throws -> WritingConnection {
        try writer.withLock { writer in
            if let writer { return writer }
            let opened = try lock.holding {
                try checkIdentity()
                let opened = try WritingConnection(path: path)
                // What an earlier failure left in the log may be in memory only; moved into the
                // database, it is written again.
                let isMarked = try failureMark.isThere
                if afterFailure || isMarked {
                    try opened.moveLogIntoDatabase()
                    if isMarked { try failureMark.remove() }
                }
                // SQLite waits for the name of a new log, too, and is content if that fails.
                if try opened.logIsEmpty { try SafePath.synchroniseDirectory(directory) }
                return opened
            }
            writer = opened
            return opened
        }
    }

    /// What is typed into a store that was put aside would be saved in the wrong place.
    private func checkIdentity() throws {
        guard try FileIdentity(of: path) == identity else { throw StoreError.replaced }
    }

    private func transact<T>(
        _ writer: WritingConnection, _ database: Database,
        _ body: (DiaryTransaction) throws -> T
    ) throws -> T {
        let connection = SQLConnection(database, isWriting: true)
        let transaction = DiaryTransaction(connection, backwards: historyWentBackwards)
        defer { transaction.end() }
        try database.beginTransaction(.immediate)
        let result: T
        do {
            result = try body(transaction)
            try transaction.flush()
            try database.commit()
        } catch {
            transaction.end()
            // SQLite may have rolled back by itself; then there is nothing left to undo.
            if database.isInsideTransaction { try? database.rollback() }
            throw error
        }
        Commits.note(ofThisDevice: !transaction.ownPositions.isEmpty)
        remember(transaction.ownPositions, upTo: transaction.lastArrivalGiven)
        // What was committed is durable already, so a failure here is not this write's.
        do { try writer.checkpointIfLong(database) } catch {
            let error = (error as? StoreError) ?? .busy
            if error.endsWriting { giveUpWriting(error) }
        }
        return result
    }

    /// Acknowledges nothing any more, and leaves word for whoever opens the store next.
    private func giveUpWriting(_ error: StoreError) {
        state.withLock { $0.failure = error }
        failureMark.leave()
    }

    private var failureMark: FailureMark { FailureMark(path: directory + "/disk-failed") }

    /// Notes how far the own logs reach now, and how many events there are.
    private func remember(_ positions: [DiaryID: Position], upTo arrival: Int?) {
        guard !positions.isEmpty || arrival != nil else { return }
        let highest = state.withLock { state in
            let isKnown = positions.keys.contains { state.wentBackwards[$0] != nil }
            state.highest.positions.merge(positions) { _, new in new }
            for diary in positions.keys { state.wentBackwards[diary] = nil }
            // What is missing stays so until as many have come again, or the store has gone on as a new
            // replica, knowing that it lacks something.
            if let arrival, isKnown || arrival >= state.highest.arrival {
                state.highest.arrival = arrival
                state.fewer = nil
            }
            return state.highest
        }
        // The file only helps to notice; a write that was committed stays committed without it.
        try? highWater.write(highest)
    }

    /// Expects no number of events any more: what is missing was cut, or a person knows of it.
    func forgetArrival() throws {
        state.withLock { state in
            state.highest.arrival = 0
            state.fewer = nil
        }
        try highWater.forgetArrival()
    }

    /// Compares the file beside the database with what the database holds.
    func findBackwards() throws {
        // Another process may have written since this one read the file.
        let noted = highWater.read().arrival
        let highest = state.withLock { state in
            state.highest.arrival = max(state.highest.arrival, noted)
            return state.highest
        }
        let (missing, held) = try read { transaction in
            var missing: [DiaryID: Position] = [:]
            for (diary, position) in highest.positions {
                do {
                    let isHeld =
                        try transaction.hasDiary(diary)
                        && transaction.events(in: diary).held(position) != nil
                    if !isHeld { missing[diary] = position }
                } catch StoreError.damaged(let damage) where purpose == .clinic && damage != .file {
                    // Whoever asks for this patient's diary is told; the others' are served.
                    continue
                }
            }
            return (missing, try transaction.lastArrival())
        }
        state.withLock { state in
            state.wentBackwards = missing
            state.fewer = held < highest.arrival ? (highest.arrival, held) : nil
        }
    }
}
