import Foundation
import SyncCore
import Testing
import TestSupport

/// C25: a carer's device is closed on Monday, and what it wrote offline on Tuesday arrives on Thursday.
@Suite struct ClosedDeviceTests {
    @Test func `C25: a closed device goes on giving, reads nothing, and is relied on later`() throws
    {
        let household = try Household.joined()
        _ = try household.infusion(.phone, start: "2026-03-25 07:05")
        try household.meet()
        let closed = try household.json(
            .clinic, "devices", "close", "phone", "--because", "access_ended",
            staff: Household.administrator)
        #expect(closed["entries"] == 1)
        try household.run(.laptop, "log", "note", "After the phone was closed.")
        try household.run(.laptop, "sync", "--quiet")
        let late = try household.infusion(.phone, start: "08:05")
        let held = try household.lines(.phone)

        let sync = try household.run(.phone, "sync", status: 5)
        #expect(
            sync.output.contains(
                "The clinic has closed this device; what you write is safe here. Please phone."))
        let outcome = try household.json(.phone, "sync", status: 5)
        #expect(outcome["result"] == "closed")
        #expect(outcome["fetched"] == 0)
        #expect(try household.lines(.phone) == held)
        let status = try household.run(.phone, "status").output
        #expect(status.contains("The clinic has closed this device"))
        #expect(try household.json(.phone, "status")["clinic"] == "closed")

        // Kept and relayed, and not in totals: before it counts for 32 g, then for both.
        try household.run(.laptop, "sync", "--quiet")
        #expect(Set(try household.lines(.laptop)) == Set(try household.lines(.clinic)))
        #expect(try given(household) == 32_000)
        #expect(try household.device("phone")["entriesToReview"] == 1)
        let listed = try household.run(
            .clinic, "devices", "P03", staff: Household.administrator
        ).output
        #expect(listed.contains("closed, access ended"))
        #expect(listed.contains("1 entry to review"))
        #expect(try household.run(.clinic, "list", "P03").output.contains(late))

        let asked = try household.run(.clinic, "devices", "trust", "phone", status: 3).output
        #expect(
            asked.contains("1 entry of phone came beyond what is relied on, on its own log."))
        #expect(try household.device("phone")["entriesToReview"] == 1)
        let trusted = try household.run(.clinic, "devices", "trust", "phone", "--yes").output
        #expect(trusted.contains("They count from now on. phone stays closed."))
        try household.run(.laptop, "sync", "--quiet")
        #expect(try given(household) == 64_000)
        #expect(try household.device("phone")["entriesToReview"] == 0)
        try household.run(.phone, "sync", status: 5)
        #expect(try household.lines(.phone) == held)

        // A new letter opens it again, with all it kept.
        try household.join(home: household.home(.phone), of: "P03", named: "phone", person: "Ben")
        try household.meet()
        try household.expectEqualStores()
        #expect(try household.json(.phone, "status")["clinic"] == nil)
    }

    /// What the laptop adds up for the last days, in milligrams.
    private func given(_ household: Household) throws -> Int64? {
        let status = try household.json(.laptop, "status")
        #expect(status["givenLowMilligrams"] == status["givenHighMilligrams"])
        return status["givenHighMilligrams"]?.integerValue
    }
}
