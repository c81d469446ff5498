import Foundation
import SyncCore
import Testing
import TestSupport

/// A store that damage has reached is mended by one command, and nothing goes without being named.
@Suite(.timeLimit(.minutes(60))) struct RepairTests {
    /// Changes one letter in the line that says this text.
    private func flip(
        _ household: Household, _ place: Household.Place, _ text: String, to other: String
    ) throws {
        try household.sql(
            place,
            """
            UPDATE event SET line = CAST(replace(CAST(line AS TEXT), '\(text)', '\(other)') AS BLOB)
            WHERE instr(CAST(line AS TEXT), '\(text)') > 0
            """)
    }

    private func copies(_ household: Household, _ place: Household.Place) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: household.scratch.path)
            .filter { $0.hasPrefix("\(place.rawValue).damaged-") }
    }

    @Test func `a flipped bit in a line that the clinic holds is mended by one command`() throws {
        let household = try Household.joined()
        _ = try household.infusion()
        try household.run(.laptop, "log", "note", "The new needles hurt less.")
        try household.meet()
        try flip(household, .laptop, "hurt less", to: "hurt lesz")

        let found = try household.run(.laptop, "doctor", status: 6)
        #expect(found.text.contains("is damaged"))
        #expect(found.text.contains("diary doctor --repair"))

        let mended = try household.json(.laptop, "doctor", "--repair")
        #expect(mended["cut"]?.integerValue ?? 0 >= 1)
        #expect(mended["findings"]?.arrayValue == [])
        #expect(mended["setAside"]?.arrayValue == [])
        let copy = try #require(mended["copy"]?.stringValue)
        let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions]
        #expect(mode as? Int == 0o700)
        for name in try FileManager.default.contentsOfDirectory(atPath: copy) {
            let attributes = try FileManager.default.attributesOfItem(atPath: copy + "/" + name)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
        try household.expectEqualStores()
        try household.run(.laptop, "doctor")

        try household.run(.laptop, "log", "note", "Written after the repair.")
        try household.meet()
        try household.expectEqualStores()
        let again = try household.json(.laptop, "doctor", "--repair")
        #expect(again["copy"] == .null)
        #expect(try copies(household, .laptop).count == 1)
    }

    @Test func `an own line that nobody else holds is cut, named and kept aside`() throws {
        let household = try Household.joined()
        try household.close()
        try household.run(.laptop, "log", "note", "The first one.")
        try household.run(.laptop, "log", "note", "The one in between.")
        try household.run(.laptop, "log", "note", "The last one.")
        try flip(household, .laptop, "in between", to: "in betweem")

        let mended = try household.run(.laptop, "doctor", "--repair", status: 4)
        #expect(mended.output.contains("2 lines were cut"))
        #expect(mended.output.contains("The one in betweem."))
        #expect(mended.output.contains("The last one."))
        #expect(mended.output.contains("diary log note"))
        let waits = try household.json(.laptop, "doctor", status: 3)
        #expect(
            waits["setAside"]?.arrayValue?.map { $0["readable"]?.boolValue } == [false, true])

        try household.open()
        try household.run(.laptop, "log", "note", "The last one, again.")
        try household.meet()
        try household.expectEqualStores()
        #expect(try household.run(.phone, "list").output.contains("The last one, again."))
        try household.run(.laptop, "doctor", status: 3)
        try household.run(.laptop, "doctor", "--recorded-again")
        try household.run(.laptop, "doctor")
    }

    @Test func `what damage took from the clinic the devices bring back`() throws {
        let household = try Household.joined()
        try household.run(.laptop, "log", "note", "The new needles hurt less.")
        try household.run(.phone, "log", "note", "Ben was there.")
        try household.meet()
        try flip(household, .clinic, "hurt less", to: "hurt lesz")
        try household.run(.clinic, "doctor", status: 6)
        let refused = try household.run(
            .clinic, "doctor", "--repair", status: 1, staff: Household.administrator)
        #expect(refused.text.contains("has this store open"))
        try household.close()

        let forbidden = try household.run(.clinic, "doctor", "--repair", status: 1)
        #expect(forbidden.text.contains("administrator"))
        let mended = try household.json(
            .clinic, "doctor", "--repair", staff: Household.administrator)
        #expect(mended["cut"]?.integerValue ?? 0 >= 1)
        #expect(try copies(household, .clinic).count == 1)
        try household.open()
        try household.meet()
        try household.expectEqualStores()
        try household.run(.clinic, "doctor")
    }

    @Test func `a raw old copy of the file under a newer log is read row by row`() throws {
        let household = try Household.joined()
        try household.run(.laptop, "log", "note", "Before the copy.")
        try household.meet()
        try household.sql(.laptop, "PRAGMA wal_checkpoint(TRUNCATE)")
        let old = try Data(contentsOf: URL(fileURLWithPath: household.store(.laptop)))
        for number in 0..<12 {
            try household.run(.laptop, "log", "note", "Between the two, number \(number).")
        }
        try household.sql(.laptop, "PRAGMA wal_checkpoint(TRUNCATE)")
        try household.run(.laptop, "log", "note", "After the copy.")
        try household.meet()
        try old.write(to: URL(fileURLWithPath: household.store(.laptop)))

        try household.run(.laptop, "doctor", status: 6)
        let mended = try household.json(.laptop, "doctor", "--repair")
        #expect(mended["findings"]?.arrayValue == [])
        try household.meet()
        try household.expectEqualStores()
        try household.run(.laptop, "doctor")
        try household.run(.laptop, "log", "note", "Written after the repair.")
        try household.meet()
        try household.expectEqualStores()
    }

    @Test func `a page that is gone takes only its own rows, and the clinic gives them back`()
        throws
    {
        let household = try Household.joined()
        for number in 0..<8 {
            try household.run(.laptop, "log", "note", "A note of number \(number).")
        }
        try household.meet()
        try household.sql(.laptop, "PRAGMA wal_checkpoint(TRUNCATE)")
        let file = URL(fileURLWithPath: household.store(.laptop))
        var bytes = try Data(contentsOf: file)
        let text = try #require(bytes.range(of: Data("A note of number 2.".utf8)))
        let page = text.lowerBound / 4096 * 4096
        bytes.replaceSubrange(page..<(page + 4096), with: Data(count: 4096))
        try bytes.write(to: file)

        try household.run(.laptop, "doctor", status: 6)
        let mended = try household.json(.laptop, "doctor", "--repair")
        #expect(mended["recovered"] == true)
        #expect(mended["lostEvents"]?.integerValue ?? 0 >= 1)
        try household.expectEqualStores()
        try household.run(.laptop, "log", "note", "Written after the repair.")
        try household.meet()
        try household.expectEqualStores()
        try household.run(.laptop, "doctor")
    }
}
