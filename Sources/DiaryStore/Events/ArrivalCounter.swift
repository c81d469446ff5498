/// The arrival number that the file's next event will have; shared by all diaries of one transaction.
final class ArrivalCounter {
    private let connection: SQLConnection
    private var loaded: Int?
    /// The highest number that this transaction has given.
    private(set) var given: Int?
    /// No file ever takes so many; a higher number is damage, and adding to it must not overflow.
    private static let limit = 1 << 53

    init(_ connection: SQLConnection) { self.connection = connection }

    func next() throws -> Int {
        if let loaded { return loaded }
        let highest = try connection.first(
            "SELECT max(arrival) FROM event", table: "event", { try $0.optionalInteger(0) })
        let last = (highest ?? nil) ?? 0
        guard (0..<Self.limit).contains(last) else {
            throw StoreError.damaged(.row(table: "event"))
        }
        loaded = last + 1
        return last + 1
    }

    /// Notes that every number up to this one has been given.
    func used(_ arrival: Int) {
        loaded = arrival + 1
        given = arrival
    }
}
