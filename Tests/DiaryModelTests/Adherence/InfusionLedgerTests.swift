import DiaryModel
import SyncCore
import Testing

@Suite struct InfusionLedgerTests {
    /// Before midnight of Sunday 11 January, and after it.
    private let before = window("2026-01-05", "2026-01-12")
    private let after = window("2026-01-12", "2026-01-19")
    private let both = window("2026-01-05", "2026-01-19")

    private func pair(_ link: JSONValue? = nil, counted: JSONObject = [:]) -> InfusionLedger {
        var first: JSONObject = [:]
        if let link, let id = entry(2) { first["link.\(id.text)"] = link }
        return ledger([
            infusion(1, "2026-01-11T23:50", first),
            infusion(2, "2026-01-12T00:10", milligrams: 30_000, counted),
        ])
    }

    private func grams(_ found: InfusionLedger) -> [String] {
        [before, after, both].map { found.given(in: $0).milligrams.description }
    }

    @Test func `a copy set aside for one of another week adds nothing to its own`() throws {
        let same: JSONValue = ["value": "same", "counts": try #require(entry(2)).json]
        #expect(grams(pair(same)) == ["0.0 g", "30.0 g", "30.0 g"])
    }

    @Test func `two that are different add to the week of each`() {
        #expect(grams(pair(["value": "different"])) == ["32.0 g", "30.0 g", "62.0 g"])
    }

    @Test func `a doubtful pair across midnight may be of either week`() {
        let found = pair()
        #expect(grams(found) == ["0.0-32.0 g", "0.0-30.0 g", "30.0-62.0 g"])
        #expect(found.given(in: before).questions.map(\.kind) == [.probableDuplicate])
    }

    @Test func `where the copy that counted was voided the other may have happened`() throws {
        let same: JSONValue = ["value": "same", "counts": try #require(entry(2)).json]
        let found = pair(same, counted: ["status": "voided"])
        #expect(grams(found) == ["0.0-32.0 g", "0.0 g", "0.0-32.0 g"])
    }

    @Test(
        arguments: [
            ("2026-01", ["0.0-32.0 g", "0.0-32.0 g", "0.0-32.0 g"]),
            ("2026-02", ["0.0 g", "0.0 g", "0.0 g"]),
            ("2026-01-11T23:59", ["32.0 g", "0.0 g", "32.0 g"]),
        ])
    func `an infusion counts where its day lies, and perhaps where it may lie`(
        when: String, told: [String]
    ) {
        #expect(grams(ledger([infusion(1, when)])) == told)
    }

    /// An infusion of which two people say two times.
    private func infusionOf(_ one: String, or other: String) throws -> InfusionLedger {
        var story = PlanStory()
        try story.begin("begun", "infusion", try #require(infusion(1, "2026-01-10")).settledFields)
        let (left, right) = (
            try #require(time(one, .london)), try #require(time(other, .london))
        )
        try story.set("one", seeing: ["begun"], ["time": left], by: .phone)
        try story.set("other", seeing: ["begun"], ["time": right])
        return ledger([try story.view("begun")])
    }

    @Test func `two times that stand side by side count for the days of both`() throws {
        let found = try infusionOf("2026-01-11", or: "2026-01-12")
        #expect(grams(found) == ["0.0-32.0 g", "0.0-32.0 g", "32.0 g"])
    }

    @Test func `the days between two times have nothing of an infusion that nobody puts there`()
        throws
    {
        let found = try infusionOf("2025-01-11", or: "2026-01-12")
        #expect(grams(found) == ["0.0 g", "0.0-32.0 g", "0.0-32.0 g"])
    }

    @Test func `several copies of one are counted as one`() throws {
        let (one, two) = (try #require(entry(1)), try #require(entry(2)))
        #expect(pair().count(of: [one, two]) == CountRange(1, 2))
        #expect(pair(["value": "different"]).count(of: [one, two]) == CountRange(2))
        let same: JSONValue = ["value": "same", "counts": two.json]
        #expect(pair(same).count(of: [one, two]) == CountRange(1))
        #expect(pair(same).count(of: [one]) == CountRange(0))
    }
}
