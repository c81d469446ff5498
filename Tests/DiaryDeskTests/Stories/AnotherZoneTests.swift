import DiaryDesk
import DiaryModel
import SyncCore
import Testing

/// An infusion in London that somebody changes whose computer is set to another zone.
@Suite struct AnotherZoneTests {
    let world: DeskWorld

    init() throws { world = try DeskWorld() }

    private func zone(_ name: String) throws -> TZif {
        try #require(ZoneFiles().rules(named: name))
    }

    private func time(of entry: EntryID) throws -> TimeValue {
        try #require(try world.view(entry)["time"].flatMap { TimeValue(json: $0) })
    }

    @Test(arguments: ["Etc/UTC", "America/New_York", "Pacific/Auckland"])
    func `a time is changed on the clock on which it was said`(elsewhere: String) throws {
        let entry = try world.infusion(start: "08:00")
        try world.amend(entry, "end=08:40", by: .nurse, in: zone(elsewhere))
        try world.amend(entry, "start=08:10", by: .nurse, in: zone(elsewhere))
        let time = try time(of: entry)
        let end = try #require(time.end?.value)
        #expect(time.start.wall.description == "2026-03-29T08:10")
        #expect(end.wall.description == "2026-03-29T08:40")
        #expect([time.start.zone, end.zone] == ["Europe/London", "Europe/London"])
        #expect(time.length == .instants(30 * 60_000))
    }

    @Test func `the day of a change is the day where the entry is`() throws {
        let entry = try world.infusion(start: "08:00")
        // In Auckland it is Monday already.
        try world.amend(entry, "start=today 09:00", by: .nurse, in: zone("Pacific/Auckland"))
        #expect(try time(of: entry).start.wall.description == "2026-03-29T09:00")
        try world.amend(entry, "start=now", by: .nurse, in: zone("Pacific/Auckland"))
        #expect(try time(of: entry).start.wall.description == "2026-03-29T12:00")
    }

    @Test func `the onset of a reaction and when advice was given are changed alike`() throws {
        var reaction = ReactionForm()
        reaction.words = ["headache=2"]
        reaction.onset = "08:00"
        let felt = try world.log(.reaction) { try reaction.fields($0, warnings: &$1) }.entry
        try world.amend(felt, "onset=09:00", by: .nurse, in: zone("America/New_York"))
        #expect(try time(of: felt).start.wall.description == "2026-03-29T09:00")
        #expect(try time(of: felt).start.zone == "Europe/London")

        var check = CheckForm()
        check.answers = ["result=proceed_after_advice"]
        let asked = try world.log(.check) { try check.fields($0, warnings: &$1) }.entry
        try world.amend(asked, "advised_at=07:30", by: .nurse, in: zone("America/New_York"))
        let advised = try world.view(asked)["result"]?["advisedAt"]
        #expect(advised?["wall"] == "2026-03-29T07:30")
        #expect(advised?["zone"] == "Europe/London")
    }

    @Test func `a time in a zone without rules here is not changed by guessing`() throws {
        var elsewhere = Moment(ms: DeskWorld.noon, in: world.zone)
        elsewhere.zone = "Atlantis/Capital"
        let desk = world.desk()
        let entry = try desk.log(
            "measurement",
            set: [
                "measure": "weight", "time": TimeValue(start: elsewhere).json,
                "value": ["weightGrams": 80_000],
            ]
        ).result.entry
        let said = sentences { try world.amend(entry, "start=09:00") }
        #expect(
            said == [
                "its time is in the zone Atlantis/Capital, and this computer has no rules of that "
                    + "zone; update the package tzdata, or amend it on a device that has them"
            ])
        try world.amend(entry, "value=81")
        #expect(try world.view(entry)["value"]?["weightGrams"] == 81_000)
    }

    @Test func `whoever reads in another zone is told of which clock a time is`() throws {
        let entry = try world.infusion(start: "08:00")
        try world.amend(entry, "end=08:40")
        let view = try world.view(entry)
        let abroad = EntryWords(
            view, catalogue: .seed, zone: try zone("America/New_York"), now: DeskWorld.noon)
        #expect(abroad.when(long: true) == "Sunday 29 March 08:00 in London")
        #expect(abroad.when(long: false) == "Sun 29 Mar 08:00 in London")
        #expect(abroad.span == "Sunday 29 March 08:00-08:40 in London")
        #expect(
            abroad.details.first { $0.field == "time" }?.text
                == "Sunday 29 March 08:00 in London to Sunday 29 March 08:40 in London")
        let home = EntryWords(view, catalogue: .seed, zone: world.zone, now: DeskWorld.noon)
        #expect(home.span == "Sunday 29 March 08:00-08:40")
    }

    @Test func `a year later the year is said`() throws {
        let entry = try world.infusion(start: "08:00")
        let nextYear = DeskWorld.noon + 366 * 86_400_000
        let words = EntryWords(
            try world.view(entry), catalogue: .seed, zone: world.zone, now: nextYear)
        #expect(words.when(long: true) == "Sunday 29 March 2026 08:00")
        #expect(words.when(long: false) == "Sun 29 Mar 2026 08:00")
    }
}
