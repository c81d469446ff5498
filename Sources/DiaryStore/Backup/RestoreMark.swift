public import SyncCore

/// A diary of this store was put back to a backup, and nothing has been written since.
///
/// Its log is ended: the next write is a new replica's. Whatever was written after the backup, here or in a copy,
/// may be on its way from anywhere, and stays a branch of its own.
public struct RestoreMark: Sendable, Equatable {
    /// When the backup was made, in milliseconds since 1970.
    public let madeMs: Int64

    private static let setting = "restored"

    public init(madeMs: Int64) { self.madeMs = madeMs }

    /// The mark of a diary; nil if it was not put back, or was written to since.
    public init?(of diary: DiaryID, in transaction: DiaryTransaction) throws {
        guard let made = try transaction.setting(Self.setting, in: diary)?.integerValue else {
            return nil
        }
        self.init(madeMs: made)
    }

    public func keep(for diary: DiaryID, in transaction: DiaryTransaction) throws {
        try transaction.setSetting(Self.setting, .integer(madeMs), in: diary)
    }

    /// Takes the mark away; false if there was none.
    static func take(from diary: DiaryID, in transaction: DiaryTransaction) throws -> Bool {
        guard try RestoreMark(of: diary, in: transaction) != nil else { return false }
        try transaction.setSetting(setting, nil, in: diary)
        return true
    }
}
