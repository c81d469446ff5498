public import SyncCore

extension DiaryTransaction {
    /// The log that this store writes now, and how far it has written; nil before the first record.
    public func ownLog(in diary: DiaryID) throws -> OwnLog? {
        try connection.first(
            """
            SELECT seed, nonce, tip, continues FROM own_log WHERE diary = ? AND is_current = 1
            ORDER BY number DESC
            """, [.integer(number(of: diary))], table: "own_log"
        ) { row in
            guard let key = SigningKey(seed: try row.blob(0)) else {
                throw StoreError.damaged(.row(table: "own_log"))
            }
            let continues = row.isNull(3) ? nil : Continuation(kept: try row.json(3))
            let tip = row.isNull(2) ? nil : Position(json: try row.json(2))
            guard row.isNull(3) || continues != nil, row.isNull(2) || tip != nil else {
                throw StoreError.damaged(.row(table: "own_log"))
            }
            return OwnLog(
                diary: diary, key: key, nonce: try row.identifier(1), tip: tip,
                continues: continues)
        }
    }

    /// The keys of all logs that this store ever wrote.
    public func ownKeys(in diary: DiaryID) throws -> [ReplicaID: SigningKey] {
        let pairs = try connection.rows(
            "SELECT seed, nonce FROM own_log WHERE diary = ?", [.integer(number(of: diary))],
            table: "own_log"
        ) { row in
            guard let key = SigningKey(seed: try row.blob(0)) else {
                throw StoreError.damaged(.row(table: "own_log"))
            }
            let replica = ReplicaID(
                diary: diary, key: key.publicKey, nonce: try row.identifier(1))
            return (replica, key)
        }
        return Dictionary(pairs) { _, last in last }
    }

    /// Makes this the log that is written from now on; earlier ones stay known.
    public func setOwnLog(_ log: OwnLog, in diary: DiaryID) throws {
        try connection.check(writing: true)
        let number = try number(of: diary)
        try connection.run(
            "UPDATE own_log SET is_current = 0 WHERE diary = ? AND is_current = 1 AND nonce != ?",
            [.integer(number), .blob(log.nonce.octets)], table: "own_log")
        try connection.run(
            """
            INSERT INTO own_log(diary, seed, nonce, tip, continues, is_current)
            VALUES (?, ?, ?, ?, ?, 1)
            ON CONFLICT(diary, nonce) DO UPDATE SET tip = excluded.tip, is_current = 1
            """,
            [
                .integer(number), .blob(log.key.seed), .blob(log.nonce.octets),
                log.tip.map { .blob($0.json.canonicalBytes) } ?? .null,
                log.continues.map { .blob($0.json.canonicalBytes) } ?? .null,
            ], table: "own_log")
        wrote(upTo: log.tip, in: diary)
    }

    /// Ends the log that this store writes: its next record begins a new replica that continues it.
    ///
    /// For a store that knows it was put back; nothing is written to any log by this.
    public func endOwnLog(
        in diary: DiaryID, newKey: LocalCommit<SQLiteEventStore>.NewKey = .generated
    ) throws {
        guard let own = try ownLog(in: diary)?.fromWhatIsHeld(in: events(in: diary)),
            own.tip != nil
        else { return }
        var generator = SystemRandomNumberGenerator()
        let key =
            if case .clinic(let key) = newKey { key } else {
                SigningKey.random(using: &generator)
            }
        try setOwnLog(own.continued(diary: diary, key: key, using: &generator), in: diary)
    }

    /// Records what `build` adds, as one commit of this store's own log.
    ///
    /// A store that finds it was restored or cloned goes on as a new replica: its log is further than
    /// its own row says, the file beside the database names more than is held, or it says so itself.
    ///
    /// - Parameter label: what a first replica calls this device.
    /// - Throws: `CommitError` or `StoreError`; the transaction has then to be given up.
    public func record<R>(
        in diary: DiaryID, at: Timestamp, label: String,
        newKey: LocalCommit<SQLiteEventStore>.NewKey = .generated,
        _ build: (inout LocalCommit<SQLiteEventStore>, inout SystemRandomNumberGenerator) throws ->
            R
    ) throws -> (result: R, continuedAsNewReplica: Bool) {
        try connection.check(writing: true)
        var generator = SystemRandomNumberGenerator()
        var store = try events(in: diary)
        func freshKey() -> SigningKey {
            if case .clinic(let key) = newKey { key } else { .random(using: &generator) }
        }
        var log: OwnLog
        var isContinued = false
        if let own = try ownLog(in: diary) {
            let isWhole = try isHeld(own.tip, in: store)
            isContinued = try historyWentBackwards(of: own, in: diary) || !isWhole
            log =
                isContinued
                ? own.fromWhatIsHeld(in: store).continued(
                    diary: diary, key: freshKey(), using: &generator) : own
        } else {
            log = OwnLog(diary: diary, key: freshKey(), nonce: Nonce.random(using: &generator))
        }
        let begins = log.tip == nil
        let (result, continued) = try store.commit(
            to: &log, at: at, introduction: [Vocabulary.label: .string(label)], newKey: newKey,
            using: &generator, build)
        try setOwnLog(log, in: diary)
        // A store that was put back begins a log; every other write need not ask.
        let isRestored = try begins && RestoreMark.take(from: diary, in: self)
        return (result, isContinued || continued || isRestored)
    }

    private func isHeld(_ tip: Position?, in store: SQLiteEventStore) throws -> Bool {
        guard let tip else { return true }
        return try store.held(tip) != nil
    }
}

extension OwnLog {
    /// This log as far as a store holds it: its row may say more after damage was cut away.
    func fromWhatIsHeld(in store: SQLiteEventStore) -> OwnLog {
        if let tip, (try? store.held(tip)) ?? nil != nil { return self }
        let branch = store.tree.branchNumbers(of: replica).first
        return OwnLog(
            diary: store.diary, key: key, nonce: nonce,
            tip: branch.map { store.tree.branches[$0].tip },
            continues: continues)
    }
}

extension Continuation {
    /// Reads what `json` writes.
    init?(kept json: JSONValue) {
        guard let items = json.arrayValue, items.count == 4,
            let position = Position(json: .array(Array(items.prefix(3)))),
            let signature = items[3].stringValue.flatMap({ Signature($0) })
        else { return nil }
        self.init(position: position, signature: signature)
    }
}
