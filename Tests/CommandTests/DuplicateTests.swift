import SyncCore
import Testing
import TestSupport

/// One infusion that was recorded twice.
@Suite struct DuplicateTests {
    typealias Place = Household.Place

    /// The same infusion of 32 g, recorded by each of two people.
    private func recordedTwice() throws -> (Household, first: String, second: String) {
        let household = try Household.joined()
        let first = try household.infusion(.laptop, start: "08:05")
        let second = try household.infusion(.phone, start: "08:10")
        try household.meet()
        return (household, first, second)
    }

    private func expectTotal(
        _ household: Household, _ low: JSONValue, _ high: JSONValue, status: Int32,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        for place in [Place.laptop, .phone] {
            let page = try household.json(
                place, "duplicates", status: status, sourceLocation: sourceLocation)
            #expect(page["lowMilligrams"] == low, sourceLocation: sourceLocation)
            #expect(page["highMilligrams"] == high, sourceLocation: sourceLocation)
            #expect(
                page["pairs"]?.arrayValue?.isEmpty == (status == 0), sourceLocation: sourceLocation)
        }
    }

    @Test func `two that look like one are a range until somebody says`() throws {
        let (household, first, second) = try recordedTwice()
        try expectTotal(household, 32_000, 64_000, status: 3)
        try household.run(.laptop, "duplicates", "same", first, second)
        try household.meet()
        try expectTotal(household, 32_000, 32_000, status: 0)
        try household.expectEqualStores()
    }

    @Test func `each sets the other's copy aside, and it counts once and stays a question`() throws
    {
        let (household, first, second) = try recordedTwice()
        try household.run(.laptop, "duplicates", "same", first, second)
        try household.run(.phone, "duplicates", "same", second, first)
        try household.meet()
        // Equal doses: whichever is set aside, 32 g were given. Never none, never both.
        try expectTotal(household, 32_000, 32_000, status: 3)
        for place in [Place.laptop, .phone] {
            let said = try household.run(place, "conflicts", status: 3).output
            #expect(said.contains("two answers"))
        }
        try household.expectEqualStores()
    }

    @Test func `one says same and one says different, and it is a range and a question`() throws {
        let (household, first, second) = try recordedTwice()
        try household.run(.laptop, "duplicates", "same", first, second)
        try household.run(.phone, "duplicates", "different", first, second)
        try household.meet()
        try expectTotal(household, 32_000, 64_000, status: 3)
        try household.run(.laptop, "duplicates", status: 3)
        try household.run(.laptop, "duplicates", "different", first, second)
        try household.meet()
        try expectTotal(household, 64_000, 64_000, status: 0)
    }

    @Test func `an answer against one that was not seen says so, and that it waits`() throws {
        let (household, first, second) = try recordedTwice()
        try household.run(.phone, "duplicates", "same", first, second)
        try household.run(.phone, "sync", "--quiet")
        try household.run(.laptop, "sync", "--quiet")
        let said = try household.run(.laptop, "duplicates", "different", first, second).output
        #expect(said.contains("you say two infusions."), "\(said)")
        #expect(said.contains("Ben, carer, phone, had said:"), "\(said)")
        #expect(said.contains("So it waits for a person.   diary conflicts show"), "\(said)")
        #expect(!said.contains("both count"), "\(said)")
        #expect(said.contains("32.0-64.0 g"), "\(said)")
    }
}
