import SyncCore
import Testing
import TestSupport

/// Two devices and a clinic amend one entry: what merges by itself, what a person is asked.
@Suite struct ConflictTests {
    typealias Place = Household.Place

    @Test func `sites on one device and a lot on the other both stand, and nobody is asked`() throws
    {
        let household = try Household.joined()
        let handle = try household.sharedInfusion()
        try household.run(.laptop, "amend", handle, "sites=thigh-L,thigh-R")
        try household.run(.phone, "amend", handle, "lot=P100423971", "--why", "read the box again")
        try household.meet()

        let shown = try Place.allCases.map { try household.json($0, "show", handle) }
        for view in shown {
            #expect(view.conflicts == [])
            #expect(view.lots == ["P100423971"])
            #expect(view["fields"] == shown[0]["fields"])
            let sites = view.candidates("sites").first?["value"]
            #expect(sites?.canonicalText.contains("thigh") == true)
        }
        for place in [Place.laptop, .phone] {
            let list = try household.json(place, "conflicts")
            #expect(list.conflicts == [])
            try household.run(place, "conflicts")
        }
        try household.expectEqualStores()
    }

    @Test func `one line to two lots is one question in every store, with who, where and when`()
        throws
    {
        let household = try Household.joined()
        let handle = try household.sharedInfusion()
        try household.run(.laptop, "amend", handle, "lot=P100423971")
        try household.run(.phone, "amend", handle, "lot=P10042391")
        try household.meet()

        var pages: [JSONValue] = []
        for place in Place.allCases {
            let words = place == .clinic ? ["conflicts", handle] : ["conflicts", "show", handle]
            let ended = try household.start(place, words + ["--json"]).wait()
            #expect(ended.status == 3, "\(ended.text)")
            let page = try ended.json()
            #expect(page.conflicts == ["vials.1"])
            #expect(page.lots == ["P100423971", "P10042391"].sorted())
            let candidates = page.candidates("vials.1")
            #expect(Set(candidates.compactMap { $0["author"]?.stringValue }).count == 2)
            #expect(Set(candidates.compactMap { $0["at"]?["ms"]?.integerValue }).count == 2)
            // The first member of a position is the device's log.
            #expect(Set(candidates.compactMap { $0["event"]?.arrayValue?.first }).count == 2)
            pages.append(page)

            let said = try household.start(place, words).wait().output
            for part in ["P100423971", "P10042391", "Anna", "Ben", "laptop", "phone", "Sun 29 Mar"]
            {
                #expect(said.contains(part), "\(part) in \(said)")
            }
        }
        #expect(pages.allSatisfy { $0["fields"] == pages[0]["fields"] })
        #expect(pages.allSatisfy { $0["questions"] == pages[0]["questions"] })
        #expect(pages.allSatisfy { $0["view"] == pages[0]["view"] })
        try household.expectEqualStores()
    }

    @Test(arguments: Place.allCases)
    func `an answer given at any of the three settles it everywhere`(place: Place) throws {
        let household = try Household.joined()
        let handle = try household.sharedInfusion()
        try household.run(.laptop, "amend", handle, "lot=P100423971")
        try household.run(.phone, "amend", handle, "lot=P10042391")
        try household.meet()
        if place == .clinic {
            try household.run(.clinic, "conflicts", handle, status: 3)
            try household.run(.clinic, "resolve", handle, "lot=a", "--why", "photo of the box")
        } else {
            try household.run(place, "conflicts", "show", handle, status: 3)
            try household.run(place, "conflicts", "resolve", handle, "lot=a", "--why", "photo")
        }
        try household.meet()
        let shown = try Place.allCases.map { try household.json($0, "show", handle) }
        for view in shown {
            #expect(view.conflicts == [])
            #expect(view.lots.count == 1)
            #expect(view["fields"] == shown[0]["fields"])
            let lost = view.lots == ["P10042391"] ? "P100423971" : "P10042391"
            let history = try household.run(.phone, "history", handle).output
            #expect(history.contains(lost))
        }
        try household.run(.phone, "conflicts")
        try household.expectEqualStores()
    }

    @Test func `an answer to a question that has grown does nothing`() throws {
        let household = try Household.joined()
        let handle = try household.sharedInfusion()
        try household.run(.laptop, "amend", handle, "lot=P100423971")
        try household.run(.phone, "amend", handle, "lot=P10042391")
        try household.run(.clinic, "amend", handle, "lot=P100423911")
        try household.run(.laptop, "sync")
        try household.run(.laptop, "conflicts", "show", handle, status: 3)
        try household.meet()
        let before = try household.lines(.laptop)
        let refusal = try household.json(
            .laptop, "conflicts", "resolve", handle, "lot=a", status: 3)
        #expect(refusal["error"]?["code"] == "moved_on")
        #expect(try household.lines(.laptop) == before)
        let page = try household.json(.laptop, "conflicts", "show", handle, status: 3)
        #expect(page.lots.count == 3)
    }

    @Test func `two of staff who amend from one stale view stand side by side`() throws {
        let household = try Household.joined()
        let handle = try household.sharedInfusion()
        try household.run(.clinic, "show", handle, staff: Household.doctor)
        let both = try [Household.nurse, Household.doctor].enumerated().map { number, login in
            try household.start(.clinic, ["amend", handle, "lot=P10042397\(number)"], staff: login)
        }
        let ended = try both.map { try $0.wait() }
        #expect(ended.map(\.status) == [0, 0], "\(ended.map(\.text))")
        let view = try household.json(.clinic, "show", handle)
        #expect(view.lots.sorted() == ["P100423970", "P100423971"])
        #expect(view["conflicts"] == ["vials.1"])
    }
}
