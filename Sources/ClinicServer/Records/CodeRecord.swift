internal import DiaryStore
internal import SyncCore

/// An enrolment code as it is kept: its name in clear, its secret as a salted hash.
struct CodeRecord: Sendable {
    let number: Int
    let salt: [UInt8]
    let hash: [UInt8]
    let patient: Int
    let role: String
    let expiresMs: Int64
    let wrongAttempts: Int
    let isUsed: Bool

    /// After this many wrong secrets a code is as good as unknown.
    static let wrongAttemptLimit = 20

    func isUsable(at ms: Int64) -> Bool {
        !isUsed && ms < expiresMs && wrongAttempts < Self.wrongAttemptLimit
    }
}

extension ClinicRecords {
    func addCode(
        name: String, secret: SecretHash, patient: Int, role: String, madeBy: String,
        expiresMs: Int64
    ) throws {
        try run(
            """
            INSERT INTO code(name, salt, hash, patient, role, made_by, expires_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(name), .blob(secret.salt), .blob(secret.hash), .integer(patient),
                .text(role), .text(madeBy), .integer(expiresMs),
            ], table: "code")
    }

    func hasCode(name: String) throws -> Bool { try code(where: "name = ?", .text(name)) != nil }

    func code(name: String) throws -> CodeRecord? { try code(where: "name = ?", .text(name)) }

    func code(number: Int) throws -> CodeRecord? {
        try code(where: "number = ?", .integer(number))
    }

    private func code(where condition: String, _ value: SQLValue) throws -> CodeRecord? {
        try rows(
            """
            SELECT number, salt, hash, patient, role, expires_ms, wrong_attempts, used_ms
            FROM code WHERE \(condition)
            """, [value], table: "code"
        ) { row in
            CodeRecord(
                number: try row.integer(0), salt: try row.blob(1), hash: try row.blob(2),
                patient: try row.integer(3), role: try row.text(4), expiresMs: try number(row, 5),
                wrongAttempts: try row.integer(6), isUsed: !row.isNull(7))
        }.first
    }

    func countWrongAttempt(on code: Int) throws {
        try run(
            "UPDATE code SET wrong_attempts = wrong_attempts + 1 WHERE number = ?",
            [.integer(code)], table: "code")
    }

    /// Uses a code up, with every challenge that was given for it.
    func consume(code: Int, at ms: Int64) throws {
        try run(
            "UPDATE code SET used_ms = ? WHERE number = ?", [.integer(ms), .integer(code)],
            table: "code")
        try run("DELETE FROM challenge WHERE code = ?", [.integer(code)], table: "challenge")
    }

    /// Makes every code worthless that is still open.
    func voidCodes(at ms: Int64) throws {
        try run("DELETE FROM challenge", [], table: "challenge")
        try run(
            "UPDATE code SET used_ms = ? WHERE used_ms IS NULL", [.integer(ms)], table: "code")
    }

    // MARK: Challenges

    /// How many challenges of one code are open at most; the oldest give way.
    static let openChallengeLimit = 100

    /// - Parameter diary: where the code is used up, the one diary the challenge is good for.
    func add(
        _ challenge: Challenge, code: Int, for diary: DiaryID? = nil, expiresMs: Int64, now: Int64
    ) throws {
        try run(
            "DELETE FROM challenge WHERE expires_ms <= ?", [.integer(now)], table: "challenge")
        try run(
            """
            DELETE FROM challenge WHERE code = ? AND number NOT IN (
                SELECT number FROM challenge WHERE code = ? ORDER BY number DESC LIMIT ?)
            """, [.integer(code), .integer(code), .integer(Self.openChallengeLimit - 1)],
            table: "challenge")
        try run(
            "INSERT INTO challenge(hash, code, diary, expires_ms) VALUES (?, ?, ?, ?)",
            [
                .blob(SHA256Hash.octets(of: challenge.octets)), .integer(code),
                .optional(diary?.octets), .integer(expiresMs),
            ], table: "challenge")
    }

    /// The code that a challenge was given for, and the one diary it is good for if it is of a code
    /// that is used up; nil if the challenge is not open.
    func code(
        of challenge: Challenge, at ms: Int64
    ) throws -> (code: CodeRecord, further: DiaryID?)? {
        let found: [(number: Int, further: DiaryID?)] = try rows(
            "SELECT code, diary FROM challenge WHERE hash = ? AND expires_ms > ?",
            [.blob(SHA256Hash.octets(of: challenge.octets)), .integer(ms)], table: "challenge"
        ) { (number: try $0.integer(0), further: try $0.optionalIdentifier(1)) }
        guard let found = found.first, let code = try code(number: found.number) else { return nil }
        return (code, found.further)
    }

    /// Uses a challenge up.
    func consume(_ challenge: Challenge) throws {
        try run(
            "DELETE FROM challenge WHERE hash = ?",
            [.blob(SHA256Hash.octets(of: challenge.octets))], table: "challenge")
    }
}
