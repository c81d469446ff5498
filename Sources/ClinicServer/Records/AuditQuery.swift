internal import DiaryStore
public import SyncCore

/// Which lines of the audit somebody wants to see; what is not said is not asked.
public struct AuditQuery: Sendable {
    /// Lines about one of these diaries.
    public var diaries: [DiaryID]?
    /// Lines about one entry.
    public var entry: EntryID?
    /// The login of who acted.
    public var staff: String?
    public var act: String?
    /// At this instant or later, by the clinic's clock.
    public var fromMs: Int64?
    /// Before this instant.
    public var untilMs: Int64?
    /// At most so many, the newest.
    public var limit: Int

    public init(limit: Int = 1000) { self.limit = limit }

    /// The condition in SQL with its values.
    var condition: (text: String, values: [SQLValue]) {
        var parts: [String] = []
        var values: [SQLValue] = []
        func add(_ part: String, _ value: SQLValue?) {
            guard let value else { return }
            parts.append(part)
            values.append(value)
        }
        if let diaries {
            parts.append("diary IN (\(diaries.map { _ in "?" }.joined(separator: ", ")))")
            values += diaries.map { .blob($0.octets) }
        }
        add("entry = ?", entry.map { .blob($0.octets) })
        add("staff = ?", staff.map { .text($0) })
        add("act = ?", act.map { .text($0) })
        add("ms >= ?", fromMs.map { .integer($0) })
        add("ms < ?", untilMs.map { .integer($0) })
        return (parts.isEmpty ? "" : "WHERE \(parts.joined(separator: " AND "))", values)
    }
}
