import DiaryStore
import SyncCore
import Testing

@Suite struct DamageTests {
    private let scratch = Scratch()

    private func stored() throws -> (DiaryDatabase, [Position]) {
        let database = try scratch.create()
        let positions = try (0..<4).map { try database.recordInfusion(.integer($0)).result }
        return (database, positions)
    }

    private func change(_ database: DiaryDatabase, _ sql: String) throws {
        try database.write { try $0.run(sql, table: "test") }
    }

    @Test(arguments: [20, 100, 300, 420])
    func `a flipped bit in a line is found and never shown`(offset: Int) throws {
        let (database, positions) = try stored()
        // The introduction arrived first, then the first infusion.
        try database.write { transaction in
            let lines = try transaction.rows(
                "SELECT line FROM event WHERE arrival = 2", table: "event"
            ) { try $0.blob(0) }
            var line = try #require(lines.first)
            line[offset % line.count] ^= 1
            try transaction.run(
                "UPDATE event SET line = ? WHERE arrival = 2", [.blob(line)], table: "event")
        }
        let kinds = try Doctor.examine(database).map(\.kind)
        #expect(
            kinds.contains {
                if case .line(arrival: 2, _) = $0 { true } else { false }
            }, "\(kinds)")
        #expect(throws: StoreError.damaged(.line(arrival: 2))) {
            try database.read { try $0.view(of: positions[0], in: .test) }
        }
        #expect(try database.read { try $0.view(of: positions[1], in: .test) != nil })
    }

    @Test func `a wrong head, branch or row of the read model is found`() throws {
        let (database, positions) = try stored()
        try change(database, "UPDATE head SET signature = zeroblob(64) WHERE seq = 3")
        #expect(try Doctor.examine(database).map(\.kind) == [.head(positions[1])])

        try change(database, "UPDATE entry SET in_conflict = 1 WHERE arrival = 3")
        #expect(throws: StoreError.damaged(.readModel(arrival: 3))) {
            try database.read { try $0.entries(in: .test) }
        }
    }

    @Test func `a row of the read model that lies is found and made anew`() throws {
        let (database, _) = try stored()
        let dump = try database.readModelDump()
        try change(database, "UPDATE entry SET kind = 'plan' WHERE arrival = 3")
        try change(database, "DELETE FROM entry WHERE arrival = 4")
        let findings = try Doctor.examine(database)
        #expect(findings.map(\.kind) == [.readModel(arrival: 3), .readModel(arrival: 4)])
        #expect(findings.allSatisfy { $0.remedy == .rebuildReadModel })
        try database.rebuildReadModel()
        #expect(try Doctor.examine(database) == [])
        #expect(try database.readModelDump() == dump)
    }

    @Test func `a row that was moved to another place is found`() throws {
        let (database, _) = try stored()
        try change(
            database,
            "UPDATE event SET line = (SELECT line FROM event WHERE arrival = 4) WHERE arrival = 3")
        #expect(try Doctor.examine(database).map(\.kind) == [.line(arrival: 3, .otherID)])
    }

    @Test func `a value of the wrong type is an error and no trap`() throws {
        let database = try scratch.create()
        try database.write { transaction in
            for (sql, read) in [
                ("SELECT 'text'", { (row: SQLRow) in _ = try row.integer(0) }),
                ("SELECT NULL", { row in _ = try row.integer(0) }),
                ("SELECT 1.5", { row in _ = try row.integer(0) }),
                ("SELECT 2", { row in _ = try row.bool(0) }),
                ("SELECT 7", { row in _ = try row.text(0) }),
                ("SELECT CAST(x'FF' AS TEXT)", { row in _ = try row.text(0) }),
                ("SELECT 'text'", { row in _ = try row.blob(0) }),
                ("SELECT x'00'", { row in _ = try row.identifier(0, as: EventID.self) }),
                ("SELECT x'7B'", { row in _ = try row.json(0) }),
                ("SELECT 1", { row in _ = try row.integer(5) }),
            ] as [(String, (SQLRow) throws -> Void)] {
                #expect(throws: StoreError.damaged(.row(table: "test")), "\(sql)") {
                    _ = try transaction.rows(sql, table: "test", read)
                }
            }
        }
    }

    @Test func `wrong rows in the logs are errors and no traps`() throws {
        for sql in [
            "UPDATE event SET id = x'00'", "UPDATE branch SET tip_seq = -5",
            "UPDATE branch SET replica = x''", "UPDATE event SET entry = -9223372036854775808",
            "UPDATE event SET seq = 9223372036854775807 WHERE arrival = 5",
            "UPDATE event SET log = 77", "DELETE FROM event WHERE arrival = 2",
            "UPDATE own_log SET seed = x''", "UPDATE own_log SET tip = x'5B5D'",
            "DELETE FROM head", "UPDATE head SET ends_at = 0", "UPDATE branch SET parent = number",
            "UPDATE event SET arrival = 9223372036854775807 WHERE arrival = 5",
        ] {
            let scratch = Scratch()
            let database = try scratch.create()
            for _ in 0..<4 { try database.recordInfusion() }
            try database.write { try $0.run(sql, table: "test") }
            _ = try? database.read { transaction in
                _ = try transaction.events(in: .test).offer(beyond: Coverage(), page: .bundle)
                return try transaction.entries(in: .test)
            }
            let findings = (try? Doctor.examine(database)) ?? []
            #expect(!findings.isEmpty, "\(sql)")
            _ = try? database.recordInfusion()
            _ = try? database.rebuildReadModel()
        }
    }

    @Test func `a text with U+0000 is refused, not cut`() throws {
        let (database, _) = try stored()
        #expect(throws: StoreError.unstorableText) {
            try database.write { try $0.rename(.test, to: "a\0b") }
        }
        #expect(throws: StoreError.unstorableText) {
            try database.write { try $0.setSetting("note", "a\0b", in: .test) }
        }
        #expect(throws: StoreError.unstorableText) {
            try database.write { try $0.saveDraft("a\0b", savedMs: 0, in: .test) }
        }
        #expect(throws: CommitError.self) { try database.recordInfusion("a\0b") }
        for text in ["é", "e\u{301}", "\u{202E}", "\u{FFFE}", "👩‍👩‍👧", ""] {
            try database.write { try $0.setSetting("note", .string(text), in: .test) }
            let read = try database.read { try $0.setting("note", in: .test)?.stringValue }
            #expect(read.map { Array($0.utf8) } == Array(text.utf8))
        }
    }
}
