/// The arrival number that the file's next event will have; shared by all diaries of one transaction.
final class ArrivalCounter {
    private let connection: SQLConnection
    private var loaded: Int?

    init(_ connection: SQLConnection) { self.connection = connection }

    func next() throws -> Int {
        if let loaded { return loaded }
        let highest = try connection.first(
            "SELECT max(arrival) FROM event", table: "event", { try $0.optionalInteger(0) })
        let next = ((highest ?? nil) ?? 0).addingReportingOverflow(1)
        guard !next.overflow, next.partialValue > 0 else {
            throw StoreError.damaged(.row(table: "event"))
        }
        loaded = next.partialValue
        return next.partialValue
    }

    /// Notes that every number up to this one has been given.
    func used(_ arrival: Int) { loaded = arrival + 1 }
}
