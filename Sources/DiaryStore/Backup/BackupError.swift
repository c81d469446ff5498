/// Why no backup was written, or nothing was restored. What was there before is as it was, unless said.
public enum BackupError: Error, Equatable, Sendable {
    /// The file is there already; a backup never replaces anything.
    case exists(path: String)
    /// The file is no backup of this program.
    case notABackup(path: String)
    /// Some bytes are not those that were written.
    case altered(path: String)
    /// A clinic's backup where a device's was expected, or the other way round.
    case otherPurpose(path: String, found: DiaryDatabase.Purpose)
    /// It holds no diary that this device calls so.
    case noSuchDiary(path: String, name: String, holds: [String])
    /// It holds none of the diaries that are here; both by the names that people have given them.
    case otherDiaries(path: String, holds: [String], here: [String])
    /// It is the backup of a clinic with another key.
    case otherClinic(path: String)
    /// A newer version of this program wrote it.
    case newerVersion(found: Int, known: Int)
    /// The copy does not stand the doctor's examination, so it is none.
    case damaged(findings: Int)
    /// It was written, and the disk failed before its name was safe: a loss of power may take it.
    case notKept(path: String)
    /// The store was put back, and the disk failed before that was safe: a loss of power may undo it.
    case notSettled(keptIn: String?)
    /// A server runs on the store that would be replaced.
    case inUse(by: LockHolder?)
}
