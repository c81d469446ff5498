/// Tables that a module of its own adds to the file; applied once, in order, and never changed.
public struct StoreMigration: Sendable {
    public let name: String
    public let sql: String

    public init(_ name: String, _ sql: String) {
        self.name = name
        self.sql = sql
    }
}
