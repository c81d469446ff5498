import SyncCore
import Testing
import TestSupport

/// A device whose clock is a year ahead.
@Suite struct ClockTests {
    typealias Place = Household.Place
    private static let year: Int64 = 365 * 86_400_000

    @Test(arguments: [Self.year, -Self.year])
    func `a clock that is a year off decides nothing`(ahead: Int64) throws {
        let household = try Household.joined()
        household.ahead[.phone] = ahead
        let handle = try household.sharedInfusion()
        // Both at once: a question, whatever the clocks say.
        try household.run(.phone, "amend", handle, "lot=P100423971")
        try household.run(.laptop, "amend", handle, "lot=P10042391")
        try household.meet()
        for place in Place.allCases {
            #expect(try household.json(place, "show", handle).lots == ["P10042391", "P100423971"])
        }
        // One after the other: the later one stands, whatever the clocks say.
        try household.run(.phone, "conflicts", "show", handle, status: 3)
        try household.run(.phone, "conflicts", "resolve", handle, "lot=P100423977")
        try household.meet()
        try household.run(.laptop, "show", handle)
        try household.run(.laptop, "amend", handle, "lot=P100423999")
        try household.meet()
        for place in Place.allCases {
            let view = try household.json(place, "show", handle)
            #expect(view.lots == ["P100423999"])
            #expect(view.conflicts == [])
        }
        for place in [Place.laptop, .phone] {
            // The server keeps the instant it was started at; only the phone is to be off.
            try household.close()
            try household.open()
            let isOdd = place == .phone
            #expect(try household.run(place, "sync").output.contains("clock") == isOdd)
            #expect(try household.run(place, "status").output.contains("clock") == isOdd)
        }
        try household.expectEqualStores()
    }
}
