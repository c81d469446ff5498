import Foundation
import SyncCore
import Testing
import TestSupport

/// How commands end, and that nothing is written where they refuse.
@Suite(.timeLimit(.minutes(60))) struct ExitStatusTests {
    typealias Place = Household.Place

    /// A diary without a clinic, with one infusion.
    private func alone() throws -> (Household, handle: String) {
        let household = try Household()
        try household.run(.laptop, "init", "--for", "Anna", "--zone", "Europe/London")
        return (household, try household.infusion())
    }

    /// Every file of a store's directory, byte by byte.
    private func files(_ household: Household, _ place: Place) throws -> [String: Data] {
        let directory = household.home(place)
        let names = try FileManager.default.contentsOfDirectory(atPath: directory)
        return try Dictionary(
            uniqueKeysWithValues: names.map {
                ($0, try Data(contentsOf: URL(fileURLWithPath: directory + "/" + $0)))
            })
    }

    @Test func `help is 0, a mistake in what was typed is 2, what is not there is 1`() throws {
        let (household, handle) = try alone()
        try household.run(.laptop, "--help")
        try household.run(.laptop, "amend", "--help")
        try household.run(.laptop, "--version")
        let before = try household.lines(.laptop)
        try household.run(.laptop, "no-such-command", status: 2)
        try household.run(.laptop, "show", status: 2)
        try household.run(.laptop, "amend", handle, status: 2)
        try household.run(.laptop, "amend", handle, "colour", status: 2)
        try household.run(.laptop, "log", "infusion", "--start", "25:99", status: 2)
        try household.run(.laptop, "show", "zzzzzzzz", status: 1)
        try household.run(.laptop, "sync", status: 1)
        try household.run(.phone, "status", status: 1)
        #expect(try household.lines(.laptop) == before)
        #expect(!FileManager.default.fileExists(atPath: household.home(.phone)))
    }

    @Test(arguments: [
        ["log", "infusion", "--start", "08:05", "--vials", "8x4g", "--start=09:05"],
        ["log", "note", "x", "--home", "elsewhere", "--home", "elsewhere"],
        ["measure", "grip_l", "54", "--at", "09:05", "--start", "10:05"],
        ["stock", "--for", "Anna", "--for", "Ben"],
        ["clinic", "adherence", "--from", "2026-01-01", "--from", "2026-02-01"],
    ])
    func `an option that takes one value is said once`(words: [String]) throws {
        let (household, _) = try alone()
        let before = try household.lines(.laptop)
        let ended = try household.start(.laptop, words).wait()
        #expect(ended.status == 2, "\(ended.text)")
        #expect(ended.text.contains("is said twice, and takes one value"), "\(ended.text)")
        #expect(try household.lines(.laptop) == before)
    }

    @Test func `an option that takes several is said several times, and a dash in a text is text`()
        throws
    {
        let (household, _) = try alone()
        try household.run(
            .laptop, "log", "infusion", "--product", "hizentra", "--vials", "6x4g+2x4g", "--lot",
            "P1", "--lot", "P2", "--premed", "a=1", "--premed", "b=2", "--by", "self")
        try household.run(.laptop, "log", "note", "--", "--start and --start")
    }

    @Test func `nothing is asked where there is no terminal`() throws {
        let (household, _) = try alone()
        let before = try household.lines(.laptop)
        let ended = try household.run(
            .laptop, "log", "infusion", "--product", "hizentra", "--start", "08:30", status: 2)
        #expect(!ended.text.contains("?"), "\(ended.text)")
        #expect(try household.lines(.laptop) == before)

        try household.beginClinic()
        try household.open()
        let letter = try household.json(
            .clinic, "enrol", "P03", staff: Household.administrator)
        let code = try #require(letter["code"]?.stringValue)
        let refused = try household.run(
            .laptop, "join", household.address, "--code", code, status: 1)
        #expect(refused.text.contains("fingerprint"))
        // The code did not leave: it is still good.
        let fingerprint = try #require(letter["fingerprint"]?.stringValue)
        try household.run(
            .laptop, "join", household.address, "--code", code, "--fingerprint", fingerprint)
    }

    @Test func `more than was shown ends with 3, a clinic not reached with 4, and nothing is lost`()
        throws
    {
        let household = try Household.joined()
        let handle = try household.sharedInfusion()
        try household.run(.phone, "amend", handle, "sites=thigh-L,thigh-R")
        try household.meet()
        let before = try household.lines(.laptop)
        let refused = try household.run(
            .laptop, "amend", handle, "lot=P100423971", status: 3)
        #expect(refused.text.contains("thigh"))
        #expect(refused.text.contains("diary show \(handle)"))
        #expect(try household.lines(.laptop) == before)
        try household.run(.laptop, "show", handle)
        try household.run(.laptop, "amend", handle, "lot=P100423971")

        try household.close()
        let offline = try household.json(.laptop, "sync", status: 4)
        #expect(offline["exit"] == 4)
        #expect(try household.lines(.laptop).count == before.count + 1)
        try household.open()
        try household.run(.laptop, "sync", "--check")
        try household.run(.phone, "show", handle)
        try household.run(.laptop, "amend", handle, "lot=P100423972")
        try household.run(.phone, "amend", handle, "lot=P100423973")
        try household.run(.laptop, "sync")
        try household.run(.phone, "sync")
        try household.run(.phone, "sync", "--check", status: 3)
        try household.run(.phone, "status", "--check", status: 3)
    }

    @Test func `a clinic that does not know the device ends with 5, and the diary goes on`() throws
    {
        let household = try Household.joined()
        try household.run(.laptop, "log", "note", "The new needles hurt less.")
        try household.close()
        try household.sql(.clinic, "DELETE FROM device")
        try household.open()
        let ended = try household.run(.laptop, "sync", status: 5)
        #expect(ended.text.contains("Phone the clinic"))
        try household.run(.laptop, "log", "note", "Still kept.")
        #expect(try household.json(.laptop, "list")["count"] == 2)
    }

    @Test func `a store of a newer version ends with 6 and keeps every byte`() throws {
        let (household, handle) = try alone()
        try household.sql(.laptop, "PRAGMA user_version = 999")
        let before = try files(household, .laptop)
        for words in [
            ["status"], ["show", handle], ["log", "note", "x"], ["amend", handle, "lot=P1"],
            ["sync"], ["doctor"],
        ] {
            let ended = try household.start(.laptop, words).wait()
            #expect(ended.status == 6, "\(words) \(ended.text)")
            #expect(ended.text.contains("Update this program"))
        }
        #expect(try files(household, .laptop) == before)
    }

    /// A command whose standard output is a disk without room.
    private func full(_ household: Household, _ place: Household.Place, _ words: [String]) throws
        -> Ended
    {
        try household.start(
            place, words, staff: Household.administrator,
            under: ["/bin/sh", "-c", "exec \"$0\" \"$@\" >/dev/full"]
        ).wait()
    }

    @Test func `an answer that could not be written ends with 1, and says what was kept`() throws {
        let (household, _) = try alone()
        for words in [["list"], ["status"], ["report"], ["list", "--json"]] {
            let ended = try full(household, .laptop, words)
            #expect(ended.status == 1, "\(words) \(ended.text)")
            #expect(ended.text.contains("Nothing was changed."), "\(words) \(ended.text)")
        }
        let logged = try full(household, .laptop, ["log", "note", "Kept all the same."])
        #expect(logged.status == 1)
        #expect(logged.text.contains("What you recorded was saved before that"), "\(logged.text)")
        #expect(try household.run(.laptop, "list").output.contains("Kept all the same."))
    }

    @Test func `a clinic whose recovery phrase nobody was shown is not begun`() throws {
        let household = try Household()
        let ended = try full(household, .clinic, ["init", "--name", "Demo Immunology"])
        #expect(ended.status == 1, "\(ended.text)")
        #expect(ended.text.contains("No clinic was begun"), "\(ended.text)")
        #expect(!FileManager.default.fileExists(atPath: household.store(.clinic)))
        // Where there is room it begins as if nothing had been.
        try household.beginClinic()
    }

    @Test func `a reader that has gone away is no failure to tell of`() throws {
        let (household, _) = try alone()
        let ended = try household.start(
            .laptop, ["list"], under: ["/bin/sh", "-c", "trap '' PIPE; \"$0\" \"$@\" | true"]
        ).wait()
        #expect(ended.text == "", "\(ended.text)")
    }
}
