internal import GRDB
internal import GRDBSQLite

extension StoreError {
    /// The error of an extended result code. SQL, arguments and rows are left behind.
    init(code: Int32) {
        switch code & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED: self = .busy
        case SQLITE_FULL: self = .diskFull
        case SQLITE_READONLY: self = .readOnly
        case SQLITE_IOERR: self = .diskFailed(code: Int(code))
        case SQLITE_CORRUPT, SQLITE_NOTADB: self = .damaged(.file)
        default: self = .database(code: Int(code))
        }
    }

    /// Runs `body` and turns GRDB's errors, which show rows and arguments, into codes.
    static func mapping<T>(_ body: () throws -> T) throws -> T {
        do { return try body() } catch let error as DatabaseError {
            throw StoreError(code: error.extendedResultCode.rawValue)
        }
    }

    /// Whether nothing may be written any more until the store has been reopened.
    var endsWriting: Bool {
        switch self {
        case .diskFailed, .damaged(.file): true
        default: false
        }
    }
}
