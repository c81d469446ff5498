import Foundation
import SyncCore
import TestSupport
import Testing

/// Backups put back, with real files, processes and a server: what was told "saved" and still exists
/// anywhere is everywhere again after a few syncs.
@Suite(.timeLimit(.minutes(60))) struct RestoreTests {
    /// The lines that a command added to a store, in hexadecimal.
    private func note(
        _ text: String, _ place: Household.Place, in household: Household
    ) throws -> Set<Substring> {
        let before = Set(try household.lines(place))
        if place == .clinic {
            try household.run(place, "log", "note", text, "--patient", "P03")
        } else {
            try household.run(place, "log", "note", text)
        }
        let new = Set(try household.lines(place)).subtracting(before)
        #expect(!new.isEmpty)
        return new
    }

    private func backUp(_ place: Household.Place, in household: Household) throws -> String {
        let file = household.scratch.file("\(place)-\(household.now).backup")
        try household.run(place, "backup", file, staff: Household.administrator)
        return file
    }

    private func confirm(_ household: Household) throws {
        try household.run(
            .clinic, "devices", "confirm", "--yes", staff: Household.administrator)
    }

    private func expect(
        _ facts: Set<Substring>, in household: Household, _ places: [Household.Place]
    ) throws {
        for place in places {
            let missing = facts.subtracting(try household.lines(place))
            #expect(missing.isEmpty, "\(place) lacks \(missing.count) of \(facts.count)")
        }
        try household.expectEqualStores(places)
    }

    @Test func `a laptop whose disk died goes on from its backup, and its later entries come back`()
        throws
    {
        let household = try Household.joined()
        let backup = try backUp(.laptop, in: household)
        var facts = try note("after the backup", .laptop, in: household)
        try household.meet()
        try household.lose(.laptop)
        let restored = try household.json(.laptop, "restore", backup)
        #expect(restored["keptIn"] == nil)
        let status = try household.run(.laptop, "status").output
        #expect(status.contains("It was put back to a copy of Sun 29 Mar"), "\(status)")
        let saved = try household.run(.laptop, "log", "note", "on the new disk").output
        #expect(saved.contains("goes on as a new writer"), "\(saved)")
        facts.formUnion(try household.lines(.laptop))
        let sync = try household.json(.laptop, "sync")
        #expect(sync["sent"] == 2, "the new writer's introduction and its note")
        #expect((sync["fetched"]?.integerValue ?? 0) > 0)
        try household.meet()
        try expect(facts, in: household, Household.Place.allCases)
    }

    @Test func `what was not yet at the clinic is taken over from the store that was there`() throws
    {
        let household = try Household.joined()
        let backup = try backUp(.laptop, in: household)
        try household.close()
        let facts = try note("only here", .laptop, in: household)
        let restored = try household.json(.laptop, "restore", backup)
        #expect(restored["takenOver"] == 1)
        let kept = try #require(restored["keptIn"]?.stringValue)
        #expect(FileManager.default.fileExists(atPath: kept + "/diary.db"))
        try household.open()
        try household.meet()
        try expect(facts, in: household, Household.Place.allCases)
    }

    @Test func `a bad line of the store that was there is named, and the rest of it taken over`()
        throws
    {
        let household = try Household()
        try household.run(.laptop, "init", "--for", "Anna", "--zone", "Europe/London")
        let backup = try backUp(.laptop, in: household)
        for number in 1...9 { try household.run(.laptop, "log", "note", "note \(number)") }
        try household.sql(
            .laptop,
            """
            UPDATE event SET line = CAST(replace(CAST(line AS TEXT), 'note 9', 'note 8') AS BLOB)
            WHERE instr(CAST(line AS TEXT), 'note 9') > 0
            """)
        let restored = try household.run(.laptop, "restore", backup, status: 3).output
        #expect(restored.contains("8 later events that it held were taken over."))
        #expect(restored.contains("1 event of it could not be read, and is missing here."))
        #expect(
            restored.contains("diary doctor --repair --home \(household.home(.laptop))/before-"))
        #expect(!restored.contains("sync"), "it has joined no clinic: \(restored)")
        #expect(try household.json(.laptop, "list")["count"] == 8)
        try household.run(.laptop, "doctor")
    }

    @Test func `another person's backup takes nobody's place unasked, and --for is heeded`() throws
    {
        let household = try Household()
        try household.run(.laptop, "init", "--for", "Anna", "--zone", "Europe/London")
        try household.run(.phone, "init", "--for", "Zoe", "--zone", "Europe/London")
        let zoe = try backUp(.phone, in: household)
        let anna = try backUp(.laptop, in: household)
        let before = try household.lines(.laptop)
        #expect(
            try household.run(.laptop, "restore", zoe, status: 1).text
                .contains("holds the diary of Zoe; here is that of Anna. Nothing was changed."))
        #expect(
            try household.run(.laptop, "restore", zoe, "--yes", "--for", "Anna", status: 2).text
                .contains("holds no diary for Anna. Nothing was changed."))
        #expect(try household.lines(.laptop) == before)
        let meant = try household.json(.laptop, "restore", zoe, "--yes", "--for", "Zoe")
        #expect(meant["diariesLeft"]?.arrayValue?.map { $0["name"]?.stringValue } == ["Anna"])
        // And back again, now that both are known: what lies only beside it is said by name.
        let back = try household.run(.laptop, "restore", anna, "--yes").output
        #expect(back.contains("The backup lacks a diary that was here, of Zoe."), "\(back)")
    }

    @Test func `a backup taken while others write is one moment, whole`() throws {
        let household = try Household()
        try household.run(.laptop, "init", "--for", "Anna", "--zone", "Europe/London")
        let writers = try (0..<8).map { number in
            try household.start(.laptop, ["log", "note", "number \(number)"])
        }
        let backup = try backUp(.laptop, in: household)
        for writer in writers { #expect(try writer.wait().status == 0) }
        let all = Set(try household.lines(.laptop))
        try household.run(.phone, "restore", backup)
        try household.run(.phone, "doctor")
        #expect(Set(try household.lines(.phone)).isSubset(of: all))
        try household.run(.laptop, "restore", backup)
        #expect(Set(try household.lines(.laptop)) == all)
    }

    @Test func `a server is not pulled from under its devices`() throws {
        let household = try Household.joined()
        let backup = try backUp(.clinic, in: household)
        let before = try household.lines(.clinic)
        let refused = try household.run(
            .clinic, "restore", backup, status: 1, staff: Household.administrator)
        #expect(refused.text.contains("A server runs on this store"), "\(refused.text)")
        #expect(try household.lines(.clinic) == before)
        try household.run(.laptop, "sync")
    }

    @Test func `each kind of store refuses the other's backup and says which command takes it`()
        throws
    {
        let household = try Household.joined()
        let laptop = try backUp(.laptop, in: household)
        let clinic = try backUp(.clinic, in: household)
        try household.close()
        #expect(
            try household.run(.laptop, "restore", clinic, status: 6).text
                .contains("diary clinic restore FILE"))
        #expect(
            try household.run(
                .clinic, "restore", laptop, status: 6, staff: Household.administrator
            ).text.contains("diary restore FILE"))
    }

    @Test func `only an administrator writes the clinic's backup, and the audit says so`() throws {
        let household = try Household.joined()
        let file = household.scratch.file("a.backup")
        try household.run(.clinic, "backup", file, status: 1, staff: Household.nurse)
        #expect(!FileManager.default.fileExists(atPath: file))
        _ = try backUp(.clinic, in: household)
        let audit = try household.run(.clinic, "audit", staff: Household.administrator).output
        #expect(audit.contains("backup"), "\(audit)")
    }

    @Test func `a clinic put back gives nothing until confirmed, and then all are equal`() throws {
        let household = try Household.joined()
        let backup = try backUp(.clinic, in: household)
        var facts = try note("after the backup", .laptop, in: household)
        facts.formUnion(try note("at the clinic, too", .clinic, in: household))
        try household.meet()
        try household.close()
        try household.lose(.clinic)
        try household.run(.clinic, "restore", backup, staff: Household.administrator)
        try household.open()
        let sync = try household.json(.phone, "sync")
        #expect(sync["fetched"] == 0)
        let words = try household.run(.laptop, "status").output
        #expect(words.contains("put back") || words.contains("confirmed"), "\(words)")
        try confirm(household)
        try household.meet()
        try expect(facts, in: household, Household.Place.allCases)
        // The clinic writes on beside what it had forgotten.
        facts.formUnion(try note("after the restore", .clinic, in: household))
        try household.meet()
        try expect(facts, in: household, Household.Place.allCases)
    }

    @Test func `a clinic put back over its store keeps audit, recalls, staff and devices`() throws {
        let household = try Household.joined()
        let backup = try backUp(.clinic, in: household)
        let pharmacist = "p.lin"
        try household.run(
            .clinic, "staff", "add", pharmacist, "--name", "P. Lin", "--role", "pharmacist",
            staff: Household.administrator)
        func recall(_ lot: String) throws -> Ended {
            try household.start(
                .clinic, ["recall", "--product", "octagam5", lot], staff: pharmacist
            ).wait()
        }
        _ = try recall("K551A8441")
        let tablet = household.scratch.file("tablet")
        try household.join(home: tablet, of: "P03", named: "tablet")
        let audit = try household.sql(.clinic, "SELECT * FROM audit ORDER BY number")
        try household.close()

        let restored = try household.json(
            .clinic, "restore", backup, staff: Household.administrator)
        #expect(restored["records"]?["recalls"] == 1)
        #expect(restored["records"]?["unread"]?.arrayValue == [])
        let after = try household.sql(.clinic, "SELECT * FROM audit ORDER BY number")
        #expect(after.hasPrefix(audit))
        _ = try recall("K551A8442")
        #expect(
            try household.sql(.clinic, "SELECT number FROM recall ORDER BY number") == "1\n2\n")
        try household.open()
        // The tablet joined after the backup, and needs no new letter.
        try confirm(household)
        try household.run(.laptop, "sync", "--home", tablet)
    }

    @Test func `a clinic put back that lacks nothing is not said to hold less`() throws {
        let household = try Household.joined()
        let backup = try backUp(.clinic, in: household)
        _ = try note("after the backup", .laptop, in: household)
        try household.meet()
        try household.close()
        try household.run(.clinic, "restore", backup, staff: Household.administrator)
        try household.open()
        let sync = try household.run(.laptop, "sync").output
        #expect(sync.contains("was put back to an older copy since it confirmed"), "\(sync)")
        #expect(!sync.contains("holds less"))
    }

    @Test func `a device put back and copied, and its clinic put back, lose nothing`() throws {
        let household = try Household.joined()
        let entry = try household.sharedInfusion()
        let old = try backUp(.laptop, in: household)
        let clinic = try backUp(.clinic, in: household)
        var facts = try note("on the laptop, after its backup", .laptop, in: household)
        facts.formUnion(try note("on the phone", .phone, in: household))
        facts.formUnion(try note("at the clinic", .clinic, in: household))
        try household.meet()

        // The laptop's disk is copied; both go on, and change one field without knowing.
        try household.copy(.laptop, to: .copy)
        facts.formUnion(try note("on the copy", .copy, in: household))
        try household.run(.copy, "amend", entry, "lot=P100423971")
        facts.formUnion(try household.lines(.copy))
        // The laptop is put back to before all that, and goes on.
        try household.lose(.laptop)
        try household.run(.laptop, "restore", old)
        try household.run(.laptop, "amend", entry, "lot=P10042391", "--yes")
        facts.formUnion(try household.lines(.laptop))
        // And so is the clinic, which goes on, too.
        try household.close()
        try household.lose(.clinic)
        try household.run(.clinic, "restore", clinic, staff: Household.administrator)
        facts.formUnion(try note("on the restored clinic", .clinic, in: household))

        try household.open()
        let everybody: [Household.Place] = [.laptop, .copy, .phone, .clinic]
        for device in [Household.Place.copy, .phone, .laptop] {
            _ = try household.start(device, ["sync"]).wait()
        }
        try confirm(household)
        for _ in 0..<2 {
            for device in [Household.Place.copy, .phone, .laptop] {
                try household.run(device, "sync")
            }
        }
        try expect(facts, in: household, everybody)
        let shown = try household.json(.phone, "show", entry)
        #expect(shown.conflicts.contains("vials.1"), "\(shown.canonicalText)")
        #expect(shown.lots == ["P10042391", "P100423971"])
        // One of them settles it, for all.
        try household.run(.copy, "conflicts", "show", entry, status: 3)
        try household.run(.copy, "conflicts", "resolve", entry, "lot=a")
        for device in [Household.Place.copy, .laptop, .phone] {
            try household.run(device, "sync")
        }
        for device in [Household.Place.laptop, .phone] {
            #expect(try household.json(device, "show", entry).conflicts.isEmpty)
        }
        for place in everybody where place != .clinic { try household.run(place, "doctor") }
    }

    /// Joins the copy's place to another patient's diary with a fresh letter.
    private func joinCleo(_ household: Household) throws {
        let letter = try household.json(
            .clinic, "enrol", "P09", staff: Household.administrator)
        let code = try #require(letter["code"]?.stringValue)
        let fingerprint = try #require(letter["fingerprint"]?.stringValue)
        let ended = try household.start(
            .copy,
            [
                "join", household.address, "--code", code, "--fingerprint", fingerprint, "--for",
                "Cleo", "--as", "Cleo", "--device", "tablet", "--zone", "Europe/London",
            ]
        ).wait()
        #expect(ended.status == 0, "\(ended.text)")
    }

    @Test
    func `a diary that the clinic began after its backup comes back through the one who reads it`()
        throws
    {
        let household = try Household.joined()
        let backup = try backUp(.clinic, in: household)
        try household.json(.clinic, "enrol", "P09", staff: Household.administrator)
        try household.run(.clinic, "log", "note", "the clinic began it", "--patient", "P09")
        try joinCleo(household)
        _ = try note("and Cleo went on", .copy, in: household)
        try household.run(.copy, "sync")
        let facts = Set(try household.lines(.copy))
        try household.close()
        try household.lose(.clinic)
        try household.run(.clinic, "restore", backup, staff: Household.administrator)
        try household.open()
        let unknown = try household.run(.copy, "sync", status: 5).text
        #expect(unknown.contains("new letter"), "\(unknown)")
        try joinCleo(household)
        _ = try household.start(.copy, ["sync"]).wait()
        try confirm(household)
        for _ in 0..<2 { try household.run(.copy, "sync") }
        #expect(facts.isSubset(of: try household.lines(.clinic)))
        #expect(facts.isSubset(of: try household.lines(.copy)))
        try household.meet()
    }
}
