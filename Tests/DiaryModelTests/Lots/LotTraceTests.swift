import DiaryModel
import SyncCore
import Testing

/// A vial line of four 5 g vials.
private func line(
    _ lot: String, _ product: String = "octagam5", scanned: Bool = false
) -> JSONValue {
    [
        "count": 4, "entryMethod": scanned ? "scanned" : "typed", "lot": .string(lot),
        "product": .string(product), "vialMicrolitres": 100_000, "vialMilligrams": 5000,
    ]
}

@Suite struct LotTraceTests {
    @Test func `every lot that was ever named is found, and how it stands`() throws {
        var story = try LotStory(["vials.1": line("A1"), "vials.2": line("B1")])
        try story.amend("read again", seeing: ["begun"], ["vials.1": line("A2")])
        try story.amend("removed", seeing: ["read again"], ["vials.2": .null])
        #expect(try story.told == ["A1 replaced", "A2 current", "B1 replaced"])
        let trace = try story.trace
        #expect(trace.lots == ["A1", "A2", "B1"])
        let first = try #require(trace.sightings.first { $0.lot == "A1" })
        #expect(first.event == story.events["begun"])
        #expect(first.field == "vials.1")
        #expect(first.product == "octagam5")
        #expect(first.count == 4)
        #expect(first.milligrams == 20_000)
    }

    @Test func `two lots that stand side by side are both current`() throws {
        var story = try LotStory(["vials.1": line("A1")])
        try story.amend("by photo", seeing: ["begun"], ["vials.1": line("A2")])
        try story.amend("by scan", by: .tablet, seeing: ["begun"], ["vials.1": line("A3")])
        #expect(try story.told == ["A1 replaced", "A2 current", "A3 current"])
    }

    @Test func `neither a void nor its end hides a lot`() throws {
        var story = try LotStory(["vials.1": line("A1")])
        try story.amend("voided", seeing: ["begun"], ["status": "voided"])
        #expect(try story.told == ["A1 current"])
        #expect(try story.trace.status == .voided)
        try story.amend("back", seeing: ["voided"], ["status": "active"])
        #expect(try story.trace.status == .active)
        try story.amend("unseen", by: .tablet, seeing: ["begun"], ["status": "voided"])
        #expect(try story.told == ["A1 current"])
        #expect(try story.trace.status == .inQuestion)
    }

    @Test func `a decision that another copy counts hides no lot`() throws {
        var story = try LotStory(["vials.1": line("A1")])
        let other = try #require(entry(1))
        let field = "link.\(other.text)"
        try story.amend(
            "said", seeing: ["begun"], [field: ["counts": .string(other.text), "value": "same"]])
        #expect(try story.told == ["A1 current"])
    }

    @Test func `what a closed device wrote is to review and replaces nothing`() throws {
        var story = try LotStory(["vials.1": line("A1")])
        try story.amend("tablet", by: .tablet, seeing: ["begun"], ["vials.1": line("A2")])
        #expect(try story.told == ["A1 replaced", "A2 current"])
        try story.closeTablet()
        #expect(try story.told == ["A1 current", "A2 toReview"])
    }

    @Test func `an erased body names no lot`() throws {
        var story = try LotStory(["vials.1": line("A1")])
        try story.amend("read again", seeing: ["begun"], ["vials.1": line("A2")])
        try story.erase("begun")
        #expect(try story.told == ["A2 current"])
        try story.erase("read again")
        #expect(try story.told.isEmpty)
    }

    @Test(
        arguments: [
            ["count": "many", "lot": "A1", "product": "octagam5"], ["lot": "A1"],
            ["lot": "A1", "lotMissing": "of_a_newer_version", "product": 5],
        ] as [JSONValue]) func `a line that cannot be read names its lot all the same`(
            odd: JSONValue
        ) throws
    {
        #expect(try LotStory(["vials.x": odd]).told == ["A1 current"])
    }

    @Test(
        arguments: [nil, 7, "A1", ["A1"], ["lot": 7], ["lot": ""], ["lotMissing": "unreadable"]]
            as [JSONValue]) func `where no lot stands none is traced`(odd: JSONValue) throws
    {
        #expect(try LotStory(["vials.1": odd, "lot": "A1"]).told.isEmpty)
    }

    @Test func `lots of a delivery are traced like those of an infusion`() throws {
        let story = try LotStory(kind: "stock", ["movement": "receipt", "vials.1": line("A1")])
        #expect(try story.told == ["A1 current"])
        #expect(try story.trace.kind == "stock")
    }

    @Test func `P12: the key in an older value answers before a near one that stands`() throws {
        var story = try LotStory(["vials.1": line("K551A8441")])
        try story.amend("read again", seeing: ["begun"], ["vials.1": line("K551A8444")])
        let query = try #require(LotQuery(product: "octagam5", lot: "K551A8441"))
        let answers = try story.trace.matches(query)
        #expect(answers.map(\.sighting.lot) == ["K551A8441", "K551A8444"])
        let best = try #require(try story.trace.bestMatch(query))
        #expect(best.match == .exact)
        #expect(best.sighting.standing == .replaced)
    }

    @Test func `of equal matches the one that stands is the best`() throws {
        var story = try LotStory(["vials.1": line("K551A8441")])
        try story.amend("spaces", seeing: ["begun"], ["vials.1": line("K551 A8441")])
        let query = try #require(LotQuery(product: "octagam5", lot: "K551A8441"))
        #expect(try story.trace.bestMatch(query)?.sighting.lot == "K551 A8441")
    }

    @Test func `R8: a neighbour is near when typed and another lot when scanned`() throws {
        let query = try #require(LotQuery(product: "octagam5", lot: "A010A8431"))
        let typed = try LotStory(["vials.1": line("A010C8431")]).trace
        guard case .near = typed.bestMatch(query)?.match else { throw LotStory.NotHeld() }
        let scanned = try LotStory(["vials.1": line("A010C8431", scanned: true)]).trace
        guard case .knownOtherLot = scanned.bestMatch(query)?.match else {
            throw LotStory.NotHeld()
        }
        let key = try #require(LotKey("A010C8431"))
        guard case .knownOtherLot = typed.bestMatch(query, scannedKeys: [key])?.match else {
            throw LotStory.NotHeld()
        }
    }

    @Test func `what answers nothing has no match`() throws {
        let query = try #require(LotQuery(product: "octagam5", lot: "A010A8431"))
        #expect(try LotStory(["vials.1": line("K725A8541")]).trace.bestMatch(query) == nil)
    }
}
