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

    /// The member that proves the others, as `sha256` proves the bytes that follow: a time that a bit
    /// has changed would be shown to whoever restores. Backups of the first days have none.
    private static let check = "check"

    private static func checkText(of object: JSONObject) -> String {
        let others = JSONObject(
            object.members.filter { $0.key != check }.map { ($0.key, $0.value) })
        let hash = SHA256Hash.octets(of: JSONValue.object(others).canonicalBytes)
        return String(decoding: Base64URL.encode(hash), as: UTF8.self)
    }

    var line: [UInt8] {
        var object: JSONObject = [
            "backup": .integer(Self.version), "bytes": .integer(Int64(length)),
            "events": .integer(Int64(events)), "made": .integer(madeMs),
            "purpose": .string(purpose.rawValue),
            "sha256": .string(String(decoding: Base64URL.encode(hash), as: UTF8.self)),
        ]
        object[Self.check] = .string(Self.checkText(of: object))
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
        if let proof = object[Self.check] {
            guard proof.stringValue == Self.checkText(of: object) else {
                throw BackupError.altered(path: path)
            }
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
