/// Why a store did not do what was asked. Never holds a row, a line or an SQL argument.
public enum StoreError: Error, Equatable, Sendable {
    /// There is no database in this directory.
    case missing(directory: String)
    /// There is one already, where one was to be created.
    case exists(directory: String)
    /// The file is no diary database.
    case notADiary(path: String)
    /// A device's database where a clinic's was expected, or the other way round.
    case otherPurpose(path: String)
    /// A newer version of this program wrote the database; it was not touched.
    case newerVersion(found: Int, known: Int)
    /// A path that is not safe to use for health data.
    case unsafePath(String, PathFlaw)
    /// Another process has been writing for longer than this one waited.
    case lockHeld(by: LockHolder?)
    /// Another store was put in this one's place since it was opened; nothing was written.
    case replaced
    /// SQLite found the database in use for longer than it waited.
    case busy
    /// What is stored cannot be right.
    case damaged(Damage)
    /// No room on the disk; reading goes on.
    case diskFull
    /// The file or its disk can be read but not written.
    case readOnly
    /// The disk failed; nothing more is written until the store has been reopened.
    case diskFailed(code: Int)
    /// An earlier write failed in the disk: reopen the store first.
    case reopenFirst
    /// A setting that keeps data safe did not take.
    case settingRefused(String)
    /// The diary is not in this file.
    case unknownDiary
    /// A text with U+0000 or a value that is not canonical JSON: it would not come back as it went in.
    case unstorableText
    /// Used after the transaction it belongs to.
    case transactionOver
    /// A writing method in a reading transaction.
    case notWriting
    /// Any other failure of SQLite, by its extended result code.
    case database(code: Int)
    /// A file beside the database could not be written or read, by `errno`.
    case file(path: String, code: Int)
}

/// What is wrong with a path.
public enum PathFlaw: String, Sendable {
    case symbolicLink, notADirectory, notAFile, otherOwner, openToOthers, hardLinked
}

/// What stored data cannot be right.
public enum Damage: Equatable, Sendable {
    /// A row of this table has a value of the wrong type or out of range.
    case row(table: String)
    /// The line with this arrival number is not what its id says.
    case line(arrival: Int)
    /// The rows of branches do not make logs.
    case tree
    /// A row of the read model does not match its digest; it can be rebuilt.
    case readModel(arrival: Int)
    /// SQLite finds its file malformed.
    case file
}
