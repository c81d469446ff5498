internal import DiaryStore
package import SyncCore

/// Who was heard: which device brought lines of which log when, and tokens that nobody knows.
extension ClinicRecords {
    /// When a device last brought lines of each log.
    func logsHeard(from device: Int) throws -> [ReplicaID: Int64] {
        let logs: [(ReplicaID, Int64)] = try rows(
            "SELECT replica, heard_ms FROM log_heard WHERE device = ?", [.integer(device)],
            table: "log_heard"
        ) { (try $0.identifier(0), try number($0, 1)) }
        return Dictionary(logs) { max($0, $1) }
    }

    package func heard(_ replicas: Set<ReplicaID>, from device: Int, at ms: Int64) throws {
        for replica in replicas {
            try run(
                "INSERT OR REPLACE INTO log_heard(device, replica, heard_ms) VALUES (?, ?, ?)",
                [.integer(device), .blob(replica.octets), .integer(ms)], table: "log_heard")
        }
    }

    /// The last moment of which this store knows; nil for a new one.
    func lastKnownMs() throws -> Int64? {
        try rows(
            """
            SELECT max(coalesce((SELECT max(ms) FROM audit), 0),
                coalesce((SELECT max(heard_ms) FROM device), 0))
            """, [], table: "audit"
        ) { try number($0, 0) }.first.flatMap { $0 == 0 ? nil : $0 }
    }

    // MARK: Tokens that nobody knows

    /// So many are told apart at most: whoever makes tokens up fills no disk.
    static let unknownTokenLimit = 1000

    func unknownTokenCount() throws -> Int {
        try rows("SELECT count(*) FROM unknown_token", [], table: "unknown_token") {
            try $0.integer(0)
        }.first ?? 0
    }

    /// Whether this token would be news.
    func isNews(_ token: AccessToken) throws -> Bool {
        let known = try rows(
            "SELECT 1 FROM unknown_token WHERE hash = ?", [.blob(token.hash)],
            table: "unknown_token"
        ) { try $0.integer(0) }
        return try known.isEmpty && unknownTokenCount() < Self.unknownTokenLimit
    }

    func note(unknown token: AccessToken) throws {
        guard try isNews(token) else { return }
        try run(
            "INSERT INTO unknown_token(hash) VALUES (?)", [.blob(token.hash)],
            table: "unknown_token")
    }

    func forgetUnknownTokens() throws {
        try run("DELETE FROM unknown_token", [], table: "unknown_token")
    }
}
