import DiaryStore
import SyncCore
import Testing

/// Whoever changes a table has to leave behind what it looked like, and to open it.
@Suite struct SchemaTests {
    @Test func `the tables of today are those of the newest golden folder`() throws {
        let newest = try #require(GoldenFolder.all.last)
        let kept = try newest.json("schema.json")
        #expect(
            try SchemaHashes.now() == kept,
            "a table has changed since \(newest.name): write a migration, then `make golden`")
    }
}
