import DiaryDesk
import SyncCore
import Testing

/// What was answered before Ctrl-C is there until it is saved, or a person says no to it.
@Suite struct DraftTests {
    let world: DeskWorld
    var desk: Desk { world.desk() }
    let begun = Draft(["product": "hizentra", "vials": "8x4g", "lots": ["P1"], "expiries": []])

    init() throws { world = try DeskWorld() }

    @Test func `it grows with every answer`() throws {
        try desk.keepDraft("infusion", begun)
        let more = Draft([
            "product": "hizentra", "vials": "8x4g+1x1g", "lots": ["P1", "P2"], "expiries": [],
        ])
        let grown = Draft([
            "product": "hizentra", "vials": "8x4g", "lots": ["P1", "P2"], "expiries": ["2028-12"],
        ])
        try desk.keepDraft("infusion", grown)
        #expect(try desk.draft("infusion") == grown)
        try desk.keepDraft("infusion", more)
        #expect(try desk.draft("infusion") == grown, "another one's answers took its place")
    }

    @Test func `what is saved leaves it alone, unless it says all that was answered`() throws {
        try desk.keepDraft("infusion", begun)
        let other = Draft(["product": "hizentra", "vials": "8x4g", "lots": ["P2"]])
        try desk.forgetDraft("infusion", saidBy: other)
        #expect(try desk.draft("infusion") == begun)
        let whole = Draft([
            "product": "hizentra", "vials": "8x4g", "lots": ["P1"], "start": "09:05",
        ])
        try desk.forgetDraft("infusion", saidBy: whole)
        #expect(try desk.draft("infusion") == nil)
    }

    @Test func `what it was gone on with takes its place, and a plain no throws it away`() throws {
        try desk.keepDraft("infusion", begun)
        let gone = Draft(["product": "hizentra", "vials": "4x4g"])
        try desk.takeUpDraft("infusion", as: gone)
        #expect(try desk.draft("infusion") == gone)
        try desk.forgetDraft("infusion")
        #expect(try desk.draft("infusion") == nil)
    }

    @Test func `it knows when it was begun, whatever is added later`() throws {
        let monday = world.desk(at: DeskWorld.noon + 86_400_000)
        try desk.keepDraft("infusion", begun)
        let grown = Draft([
            "product": "hizentra", "vials": "8x4g", "lots": ["P1", "P2"], "expiries": [],
        ])
        try monday.keepDraft("infusion", grown)
        try monday.takeUpDraft("infusion", as: grown)
        #expect(try monday.draftBegun("infusion") == DeskWorld.noon)
        try monday.forgetDraft("infusion")
        #expect(try monday.draftBegun("infusion") == nil)
        try monday.keepDraft("infusion", begun)
        #expect(try monday.draftBegun("infusion") == DeskWorld.noon + 86_400_000)
    }

    @Test func `a checklist's draft is read by its items`() {
        let begun = Draft(["feels_well=yes"])
        #expect(begun.isPart(of: Draft(["phone_works=yes", "feels_well=yes"])))
        #expect(!begun.isPart(of: Draft(["phone_works=yes"])))
        #expect(!begun.contradicts(Draft(["phone_works=yes"])))
        #expect(begun.contradicts(Draft(["feels_well=no"])))
    }

    @Test(arguments: [
        ("", true, true), ("", false, false), ("Y", false, true), (" yes ", false, true),
        ("n", true, false), ("NO", true, false), ("what?", true, nil), ("yess", false, nil),
    ])
    func `only a yes is a yes and only a no is a no`(
        typed: String, standard: Bool, isYes: Bool?
    ) {
        #expect(TypedYesOrNo(typed, standard: standard)?.isYes == isYes)
    }
}
