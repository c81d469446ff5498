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

    @Test func `what a closed device wrote is shown, waits, and is announced as no merge`() throws {
        let household = try Household.joined()
        let before = try household.sharedInfusion()
        try household.json(
            .clinic, "devices", "close", "phone", "--because", "stolen",
            staff: Household.administrator)
        let late = try household.infusion(.phone, start: "2026-03-28 18:05")
        try household.run(.phone, "amend", before, "count=3")
        try household.run(.phone, "sync", "--quiet", status: 5)

        let sync = try household.run(.laptop, "sync", "--quiet").output
        #expect(!sync.contains("Merged by itself"), "\(sync)")
        #expect(
            sync.contains(
                "Needs a person:   \(late) is to review: written by phone, a closed device,"),
            "\(sync)")
        #expect(sync.contains("\(before) has 1 change to review: by phone"), "\(sync)")
        for (place, words) in [(Household.Place.laptop, ["list"]), (.clinic, ["list", "P03"])] {
            let list = try household.start(place, words).wait().output
            #expect(
                list.contains(
                    "infusion 32.0 g Hizentra, lot P100423917, to review: does not count"),
                "\(list)")
            #expect(list.contains("lot P100423917  (a change to review)"), "\(list)")
        }
        let status = try household.run(.laptop, "status", "--check", status: 3).output
        #expect(status.contains("diary history \(late)"), "\(status)")
        let clinic = try household.run(.clinic, "conflicts", status: 3).output
        #expect(clinic.contains("diary clinic devices trust NAME"), "\(clinic)")
        let diaries = try household.json(.clinic, "diaries")
        #expect(diaries["diaries"]?.arrayValue?.first?["open"] == 2)

        let explained = try household.run(.laptop, "explain", late).output
        #expect(explained.contains("Until then it counts nothing; in recalls: P100423917."))
        #expect(!explained.contains("It waits for nobody"), "\(explained)")
        let refused = try household.run(.laptop, "amend", late, "count=3", status: 1).text
        #expect(refused.contains("is to review and does not count"), "\(refused)")
        // To void it is an answer.
        try household.run(.laptop, "show", late)
        try household.run(.laptop, "void", late)
        #expect(try household.json(.laptop, "status")["questions"] == 1)
    }

    /// What the laptop adds up for the last days, in milligrams.
    private func given(_ household: Household) throws -> Int64? {
        let status = try household.json(.laptop, "status")
        #expect(status["givenLowMilligrams"] == status["givenHighMilligrams"])
        return status["givenHighMilligrams"]?.integerValue
    }
}
