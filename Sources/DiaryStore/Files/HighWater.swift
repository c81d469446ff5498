internal import SyncCore

/// The last own position of each diary, kept in a small file beside the database.
///
/// A flipped bit in the write-ahead log quietly drops the rest of it, and an old copy of the database
/// looks perfectly sound. This file is written after each commit to an own log, so a database that
/// does not hold what it names has gone backwards. It needs no fsync: it only has to be right often.
struct HighWater: Sendable {
    private let file: AtomicFile

    init(path: String) { file = AtomicFile(path: path) }

    /// What was written last; empty if there is no such file or it cannot be read.
    func read() -> [DiaryID: Position] {
        guard let bytes = try? file.read(), let json = try? JSONValue(canonical: bytes),
            let object = json.objectValue
        else { return [:] }
        var positions: [DiaryID: Position] = [:]
        for member in object.members {
            if let diary = DiaryID(member.key), let position = Position(json: member.value) {
                positions[diary] = position
            }
        }
        return positions
    }

    func write(_ positions: [DiaryID: Position]) throws {
        let object = JSONObject(positions.map { ($0.key.text, $0.value.json) })
        try file.write(JSONValue.object(object).canonicalBytes, durably: false)
    }
}
