import SyncCore
import Testing
import TestSupport

/// Voiding an entry while somebody else corrects it.
@Suite struct VoidTests {
    typealias Place = Household.Place

    @Test func `a day that two entries were on voids neither, at home and at the clinic`() throws {
        let household = try Household.joined()
        _ = try household.infusion(start: "2026-03-27T08:05")
        try household.run(.laptop, "measure", "weight", "82.4", "--day", "2026-03-27")
        try household.meet()
        for place in [Place.laptop, .clinic] {
            let refused = try household.json(
                place, "void", "2026-03-27", "--reason", "slip", status: 2)
            #expect(refused["error"]?["code"] == "ambiguous")
        }
    }

    @Test func `a void against a correction is a question that another correction leaves open`()
        throws
    {
        let household = try Household.joined()
        let handle = try household.sharedInfusion()
        try household.run(.laptop, "void", handle, "--reason", "never_happened")
        try household.run(.phone, "amend", handle, "lot=P100423971")
        try household.meet()
        for place in [Place.laptop, .phone] {
            let page = try household.json(place, "conflicts", "show", handle, status: 3)
            #expect(page.conflicts == ["status"])
            #expect(page["status"] == "inQuestion")
            #expect(page.lots == ["P100423971"])
        }
        #expect(
            try household.json(.clinic, "conflicts", handle, status: 3).conflicts == ["status"])

        try household.run(.clinic, "amend", handle, "sites=thigh-L,thigh-R")
        try household.meet()
        for place in Place.allCases {
            let view = try household.json(place, "show", handle)
            #expect(view.conflicts == ["status"])
            #expect(view.candidates("sites").count == 1)
        }

        try household.run(.phone, "conflicts", "show", handle, status: 3)
        try household.run(.phone, "conflicts", "resolve", handle, "status=active")
        try household.meet()
        for place in Place.allCases {
            let view = try household.json(place, "show", handle)
            #expect(view.conflicts == [])
            #expect(view["status"] == "active")
            #expect(view.lots == ["P100423971"])
        }
        try household.expectEqualStores()
    }

    @Test func `correcting a voided entry does not revive it`() throws {
        let household = try Household.joined()
        let handle = try household.sharedInfusion()
        try household.run(.laptop, "void", handle, "--reason", "test")
        try household.meet()
        try household.run(.phone, "show", handle)
        try household.run(.phone, "amend", handle, "lot=P100423971")
        try household.meet()
        for place in Place.allCases {
            let view = try household.json(place, "show", handle)
            #expect(view["status"] == "voided")
            #expect(view.conflicts == [])
            #expect(view.lots == ["P100423971"])
        }
        let total = try household.json(.laptop, "status")
        #expect(total["givenHighMilligrams"] == 0)
        try household.run(.laptop, "reinstate", handle)
        #expect(try household.json(.laptop, "status")["givenLowMilligrams"] == 32_000)
    }
}
