public import SyncCore

/// Rows of this device only: nothing here is ever in a log.
extension DiaryTransaction {
    /// What a peer is known to hold; nil before the first contact.
    public func known(to peer: String, in diary: DiaryID) throws -> VectorClock? {
        try connection.first(
            "SELECT known FROM peer WHERE diary = ? AND name = ?",
            [.integer(number(of: diary)), .text(peer)], table: "peer"
        ) { row in
            guard let clock = VectorClock(json: try row.json(0)) else {
                throw StoreError.damaged(.row(table: "peer"))
            }
            return clock
        }
    }

    public func setKnown(_ clock: VectorClock, to peer: String, in diary: DiaryID) throws {
        try connection.check(writing: true)
        try connection.run(
            "INSERT OR REPLACE INTO peer(diary, name, known) VALUES (?, ?, ?)",
            [.integer(number(of: diary)), .text(peer), .blob(clock.json.canonicalBytes)],
            table: "peer")
    }

    /// A small value of this device, of a diary or (nil) of the whole file.
    public func setting(_ name: String, in diary: DiaryID?) throws -> JSONValue? {
        try connection.first(
            "SELECT value FROM setting WHERE diary = ? AND name = ?",
            [.integer(settingOwner(diary)), .text(name)], table: "setting"
        ) { try $0.json(0) }
    }

    /// - Throws: `StoreError.unstorableText` for a value that would not come back as it went in.
    public func setSetting(_ name: String, _ value: JSONValue?, in diary: DiaryID?) throws {
        try connection.check(writing: true)
        let owner = SQLValue.integer(try settingOwner(diary))
        guard let value else {
            try connection.run(
                "DELETE FROM setting WHERE diary = ? AND name = ?", [owner, .text(name)],
                table: "setting")
            return
        }
        try connection.run(
            "INSERT OR REPLACE INTO setting(diary, name, value) VALUES (?, ?, ?)",
            [owner, .text(name), try stored(value)], table: "setting")
    }

    private func settingOwner(_ diary: DiaryID?) throws -> Int { try diary.map(number(of:)) ?? 0 }

    /// The bytes of a value, if reading them gives the value again.
    func stored(_ value: JSONValue) throws -> SQLValue {
        let bytes = value.canonicalBytes
        guard let read = try? JSONValue(canonical: bytes), read == value else {
            throw StoreError.unstorableText
        }
        return .blob(bytes)
    }

    // MARK: What was shown

    /// The context of an entry that was last printed for a person; nil if it never was.
    public func shown(of entry: EntryID, to person: String, in diary: DiaryID) throws
        -> VectorClock?
    {
        try connection.first(
            "SELECT context FROM shown WHERE diary = ? AND entry = ? AND person = ?",
            [.integer(number(of: diary)), .blob(entry.octets), .text(person)], table: "shown"
        ) { row in
            guard let clock = VectorClock(json: try row.json(0)) else {
                throw StoreError.damaged(.row(table: "shown"))
            }
            return clock
        }
    }

    public func setShown(
        _ context: VectorClock, of entry: EntryID, to person: String, in diary: DiaryID
    ) throws {
        try connection.check(writing: true)
        try connection.run(
            "INSERT OR REPLACE INTO shown(diary, entry, person, context) VALUES (?, ?, ?, ?)",
            [
                .integer(number(of: diary)), .blob(entry.octets), .text(person),
                .blob(context.json.canonicalBytes),
            ], table: "shown")
    }

    // MARK: Drafts

    /// The drafts of a diary, the one saved last first.
    public func drafts(in diary: DiaryID) throws -> [DraftRecord] {
        try connection.rows(
            """
            SELECT number, saved_ms, value FROM draft WHERE diary = ?
            ORDER BY saved_ms DESC, number DESC
            """, [.integer(number(of: diary))], table: "draft"
        ) { row in
            DraftRecord(
                number: try row.integer(0), savedMs: Int64(try row.integer(1)),
                value: try row.json(2))
        }
    }

    /// Keeps a draft; one with a number replaces that draft.
    ///
    /// - Returns: the draft's number.
    @discardableResult
    public func saveDraft(
        _ value: JSONValue, number draft: Int? = nil, savedMs: Int64, in diary: DiaryID
    ) throws -> Int {
        try connection.check(writing: true)
        try connection.run(
            "INSERT OR REPLACE INTO draft(number, diary, saved_ms, value) VALUES (?, ?, ?, ?)",
            [
                draft.map { .integer($0) } ?? .null, .integer(number(of: diary)),
                .integer(savedMs), try stored(value),
            ], table: "draft")
        return connection.lastRowNumber
    }

    public func removeDraft(_ draft: Int, in diary: DiaryID) throws {
        try connection.check(writing: true)
        try connection.run(
            "DELETE FROM draft WHERE number = ? AND diary = ?",
            [.integer(draft), .integer(number(of: diary))], table: "draft")
    }
}

/// Something begun and not yet recorded.
public struct DraftRecord: Sendable, Equatable {
    public let number: Int
    public let savedMs: Int64
    public let value: JSONValue
}
