internal import DiaryStore
public import SyncCore

/// One line of the audit: who did what to which diary, when by this clinic's clock.
public struct AuditRecord: Sendable, Equatable {
    public var ms: Int64
    /// The login of a member of staff; nil where a device or the clinic's program acted.
    public var staff: String?
    /// The number of a device.
    public var device: Int?
    /// What was done: a code such as `read`, `amend`, `enrol`.
    public var act: String
    public var diary: DiaryID?
    public var entry: EntryID?
    /// A code that says more; never a name or typed text.
    public var detail: String?

    public init(
        ms: Int64, staff: String? = nil, device: Int? = nil, act: String, diary: DiaryID? = nil,
        entry: EntryID? = nil, detail: String? = nil
    ) {
        self.ms = ms
        self.staff = staff
        self.device = device
        self.act = act
        self.diary = diary
        self.entry = entry
        self.detail = detail
    }
}

extension ClinicRecords {
    /// Adds a line to the audit; it stands or falls with the transaction it speaks of.
    public func audit(_ line: AuditRecord) throws {
        try run(
            """
            INSERT INTO audit(ms, staff, device, act, diary, entry, detail)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(line.ms), .optional(line.staff), .optional(line.device), .text(line.act),
                .optional(line.diary?.octets), .optional(line.entry?.octets),
                .optional(line.detail),
            ], table: "audit")
    }

    /// The lines of the audit that are asked for, the newest first.
    public func auditLines(_ query: AuditQuery) throws -> [AuditRecord] {
        let (condition, values) = query.condition
        return try rows(
            """
            SELECT ms, staff, device, act, diary, entry, detail FROM audit \(condition)
            ORDER BY number DESC LIMIT ?
            """, values + [.integer(query.limit)], table: "audit"
        ) { row in
            AuditRecord(
                ms: try number(row, 0), staff: try row.optionalText(1),
                device: try row.optionalInteger(2), act: try row.text(3),
                diary: try row.optionalIdentifier(4), entry: try row.optionalIdentifier(5),
                detail: try row.optionalText(6))
        }
    }

    /// How many there are, whatever the limit.
    public func auditLineCount(_ query: AuditQuery) throws -> Int {
        let (condition, values) = query.condition
        return try rows("SELECT count(*) FROM audit \(condition)", values, table: "audit") {
            try $0.integer(0)
        }.first ?? 0
    }
}
