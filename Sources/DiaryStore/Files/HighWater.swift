internal import SyncCore

/// How far a store had got, kept in a small file beside the database.
///
/// A flipped bit in the write-ahead log quietly drops the rest of it, and an old copy of the database
/// looks perfectly sound. This file is written after each commit that took events, so a database that
/// does not hold what it names has gone backwards. It needs no fsync: it only has to be right often.
struct HighWater: Sendable {
    struct Reach: Equatable {
        /// The last own position of each diary.
        var positions: [DiaryID: Position] = [:]
        /// The highest arrival number, so that events of others are missed, too; 0 if not known.
        var arrival = 0
    }

    private let file: AtomicFile
    private static let arrival = "arrival"

    init(path: String) { file = AtomicFile(path: path) }

    /// What was written last; empty if there is no such file or it cannot be read.
    func read() -> Reach {
        guard let bytes = try? file.read(), let json = try? JSONValue(canonical: bytes),
            let object = json.objectValue
        else { return Reach() }
        var reach = Reach()
        for member in object.members {
            if let diary = DiaryID(member.key), let position = Position(json: member.value) {
                reach.positions[diary] = position
            }
        }
        reach.arrival = object[Self.arrival]?.integerValue.map { Int($0) } ?? 0
        return reach
    }

    func write(_ reach: Reach) throws {
        var object = JSONObject(reach.positions.map { ($0.key.text, $0.value.json) })
        if reach.arrival > 0 { object[Self.arrival] = .integer(Int64(reach.arrival)) }
        try file.write(JSONValue.object(object).canonicalBytes, durably: false)
    }

    /// Expects no number of events any more: what is missing was cut, or is known to be.
    func forgetArrival() throws {
        var reach = read()
        guard reach.arrival > 0 else { return }
        reach.arrival = 0
        try write(reach)
    }
}
