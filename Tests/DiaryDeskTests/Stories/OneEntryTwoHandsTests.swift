import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore
import Testing

/// Two people change one infusion, and neither had seen what the other did.
@Suite struct OneEntryTwoHandsTests {
    let world: DeskWorld

    init() throws { world = try DeskWorld() }

    @Test func `C03: a count and the sites, changed side by side, both stand and nobody is asked`()
        throws
    {
        let entry = try world.infusion()
        try world.bothChange(entry, patient: "count=7", nurse: "sites=thigh-L,thigh-R")
        let view = try world.view(entry)
        #expect(view.conflicts.isEmpty)
        #expect(InfusionReading(view).milligrams.description == "28.0 g")
        #expect(view["sites"]?.canonicalText.contains("thigh") == true)
        try world.desk().read { reading in
            let events = try reading.transaction.events(of: entry, in: world.diary)
            #expect(events.count == 3)
            // Neither amendment is the second version of the other.
            let amendments = events.dropFirst()
            let begun = try #require(events.first).line.position
            #expect(amendments.allSatisfy { $0.line.envelope.context == [begun] })
            #expect(Set(amendments.map(\.line.envelope.author)).count == 2)
        }
    }

    @Test func `C04: two ends are one question, with both names and both lengths`() throws {
        let entry = try world.infusion(start: "09:30")
        try world.bothChange(entry, patient: "end=11:00", nurse: "end=11:30")
        let page = try #require(try world.desk().read { try $0.conflictPage(of: entry) })
        let question = try #require(page.questions.first)
        #expect(page.questions.map(\.field) == ["time"])
        #expect(
            Set(question.options.map(\.candidate.author))
                == Set([.patient, .nurse].map { world.people[$0] }))
        #expect(question.options.map(\.hadSeen) == [[], []])
        #expect(page.lengthWords == "It took 90 to 120 minutes.")
        #expect(question.options.map(\.isAnswer) == [false, false])
    }

    @Test func `two who settle one question side by side are asked as people who were shown both`()
        throws
    {
        let entry = try world.infusion(start: "09:30")
        try world.bothChange(entry, patient: "end=11:00", nurse: "end=11:30")
        let shown = try world.view(entry)
        let times = shown.fields["time"]?.candidates.compactMap(\.value.json) ?? []
        for (role, time) in zip([Role.patient, .nurse], times) {
            _ = try world.desk(role).amend(
                entry, set: ["time": time], reason: "read_again", seen: .exactly(shown.context))
        }
        let page = try #require(try world.desk().read { try $0.conflictPage(of: entry) })
        let question = try #require(page.questions.first)
        #expect(question.options.map(\.hadSeen) == [[], []])
        #expect(question.options.map(\.isAnswer) == [true, true])
    }
}
