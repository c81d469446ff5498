internal import SyncCore

/// The first line of a backup: what follows, and the hash that proves it.
public struct BackupHeader: Sendable, Equatable {
    /// Bytes of the database that follows.
    public let length: Int
    /// When the snapshot was taken, by this computer's clock, in milliseconds since 1970.
    public let madeMs: Int64
    public let purpose: DiaryDatabase.Purpose
    /// Events in it, over all diaries.
    public let events: Int
    /// SHA-256 of those bytes.
    let hash: [UInt8]

    /// The form of backups that this program writes.
    static let version: Int64 = 1
    /// A first line is no longer than this.
    static let lengthLimit = 4096

    var line: [UInt8] {
        let object: JSONObject = [
            "backup": .integer(Self.version), "bytes": .integer(Int64(length)),
            "events": .integer(Int64(events)), "made": .integer(madeMs),
            "purpose": .string(purpose.rawValue),
            "sha256": .string(String(decoding: Base64URL.encode(hash), as: UTF8.self)),
        ]
        return JSONValue.object(object).canonicalBytes + [UInt8(ascii: "\n")]
    }

    init(
        length: Int, madeMs: Int64, purpose: DiaryDatabase.Purpose, events: Int, hash: [UInt8]
    ) {
        self.length = length
        self.madeMs = madeMs
        self.purpose = purpose
        self.events = events
        self.hash = hash
    }

    /// Reads a first line, its newline not included.
    ///
    /// - Throws: `BackupError.notABackup`, `.newerVersion`.
    init(line: [UInt8], path: String) throws {
        guard let object = (try? JSONValue(canonical: line))?.objectValue,
            let version = object["backup"]?.integerValue
        else { throw BackupError.notABackup(path: path) }
        guard version <= Self.version else {
            throw BackupError.newerVersion(found: Int(version), known: Int(Self.version))
        }
        guard let length = object["bytes"]?.integerValue, length > 0,
            let made = object["made"]?.integerValue, let events = object["events"]?.integerValue,
            let purpose = object["purpose"]?.stringValue.flatMap(
                DiaryDatabase.Purpose.init(rawValue:)),
            let hash = object["sha256"]?.stringValue.flatMap({
                Base64URL.decode(Array($0.utf8), octetCount: 32)
            })
        else { throw BackupError.altered(path: path) }
        self.init(
            length: Int(length), madeMs: made, purpose: purpose, events: Int(events), hash: hash)
    }
}
