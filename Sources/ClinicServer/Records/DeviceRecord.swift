internal import DiaryStore
public import SyncCore

/// A device that has been enrolled: one chain of replicas in one diary.
public struct DeviceRecord: Sendable, Equatable {
    public let number: Int
    public let diary: DiaryID
    /// The replica that continues none; the clinic's word stands in its entry.
    public let firstReplica: ReplicaID
    public let label: String
    public let enrolledMs: Int64
    /// When it last synced, by this clinic's clock.
    public let heardMs: Int64?
    /// What it held then.
    public let frontier: VectorClock?
}

extension ClinicRecords {
    private static let deviceColumns =
        "number, diary, first_replica, label, enrolled_ms, heard_ms, frontier"

    /// The devices of a diary, or all, in order of enrolment.
    public func devices(of diary: DiaryID? = nil) throws -> [DeviceRecord] {
        let condition = diary == nil ? "" : "WHERE diary = ?"
        return try rows(
            "SELECT \(Self.deviceColumns) FROM device \(condition) ORDER BY number",
            diary.map { [.blob($0.octets)] } ?? [], table: "device", device)
    }

    /// The device that a token was given to.
    func device(token: AccessToken) throws -> DeviceRecord? {
        try rows(
            "SELECT \(Self.deviceColumns) FROM device WHERE token_hash = ?", [.blob(token.hash)],
            table: "device", device
        ).first
    }

    private func device(_ row: SQLRow) throws -> DeviceRecord {
        let frontier = row.isNull(6) ? nil : VectorClock(json: try row.json(6))
        return DeviceRecord(
            number: try row.integer(0), diary: try row.identifier(1),
            firstReplica: try row.identifier(2), label: try row.text(3),
            enrolledMs: try number(row, 4), heardMs: try row.optionalInteger(5).map(Int64.init),
            frontier: frontier)
    }

    /// Gives a device its token; one it had before is worth nothing from now on.
    func setDevice(
        token: AccessToken, diary: DiaryID, firstReplica: ReplicaID, label: String, at ms: Int64
    ) throws -> Int {
        try run(
            """
            INSERT INTO device(token_hash, diary, first_replica, label, enrolled_ms)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT(diary, first_replica) DO UPDATE SET
                token_hash = excluded.token_hash, label = excluded.label,
                enrolled_ms = excluded.enrolled_ms
            """,
            [
                .blob(token.hash), .blob(diary.octets), .blob(firstReplica.octets), .text(label),
                .integer(ms),
            ], table: "device")
        return try device(token: token)?.number ?? 0
    }

    /// Enters a device that joined without a letter, as those of invented people do; nobody has its token.
    package func addDevice(
        of diary: DiaryID, firstReplica: ReplicaID, label: String, at ms: Int64
    ) throws -> Int {
        try setDevice(
            token: AccessToken(), diary: diary, firstReplica: firstReplica, label: label, at: ms)
    }

    package func heard(from device: Int, frontier: VectorClock, at ms: Int64) throws {
        try run(
            "UPDATE device SET heard_ms = ?, frontier = ? WHERE number = ?",
            [.integer(ms), .blob(frontier.json.canonicalBytes), .integer(device)],
            table: "device")
    }
}
