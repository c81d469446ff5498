import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore
import Testing

/// What a diary knows of a lot under recall.
@Suite struct NoticeOnShowTests {
    let world: DeskWorld

    init() throws { world = try DeskWorld() }

    /// A notice of Sunday 29 March 2026, 08:30 in London.
    private func tell(_ lot: String) throws {
        let since = try TypedMoment(
            "08:30", day: world.desk().today, now: DeskWorld.noon, zone: world.zone)
        let notice: JSONValue = [
            "advice": "set_aside", "lot": .string(lot), "product": "hizentra",
            "since": since.moment.json,
        ]
        _ = try world.desk(.pharmacist).log("notice", set: ["notice": notice])
    }

    private func notices() throws -> [NoticeOnShow] {
        try world.database.read {
            try Reading($0, diary: world.diary, zone: world.zone).notices(catalogue: .seed).notices
        }
    }

    @Test func `C08: an infusion after the notice stands as it was recorded, with an alert`() throws
    {
        let before = try world.infusion(start: "08:05")
        let after = try world.infusion(start: "09:05")
        try tell("p100 423917")
        let notice = try #require(try notices().first)
        #expect(Set(notice.infusions) == [before, after])
        #expect(notice.infusedAfter.map(\.infusion) == [after])
        #expect(notice.infusedAfter.map(\.order) == [.after])
        #expect(try world.view(after).status == .active)
    }

    @Test func `vials at home are told, and a lot that was never here is told as such`() throws {
        var form = StockForm(movement: "receipt")
        form.product = "hizentra"
        form.vials = "6x4g"
        form.lots = ["P100423917"]
        form.start = "07:00"
        try world.log(.stock) { try form.fields($0, warnings: &$1) }
        try tell("P100423917")
        try tell("P999999999")
        let notices = try notices()
        let here = notices.filter(\.isAtHome)
        #expect(here.compactMap(\.stock?.vials) == [VialRange(6)])
        #expect(notices.filter { !$0.isAtHome }.map(\.held.notice.lot) == ["P999999999"])
        #expect(notices.flatMap(\.infusions).isEmpty)
    }

    @Test func `a notice that was taken back is none`() throws {
        try tell("P100423917")
        let entry = try #require(try notices().first?.held.entry)
        _ = try world.desk(.pharmacist).void(
            entry, reason: "other", seen: .exactly(world.view(entry).context))
        #expect(try notices().isEmpty)
    }
}
