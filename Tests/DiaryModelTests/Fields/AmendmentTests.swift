import DiaryModel
import SyncCore
import Testing

@Suite struct AmendmentTests {
    private let story = InfusionStory()

    private func amend(_ set: JSONObject, _ current: JSONObject? = nil) -> Validation {
        Validator().validateAmendment(
            kind: .infusion, set: set, current: current ?? story.fields, context: story.context)
    }

    @Test func `only what is set is looked at`() {
        var current = story.fields
        current["route"] = "im"
        #expect(amend(["visualCheck": "ok"], current) == Validation())
    }

    @Test func `a value may be taken out again, but not one that is needed`() {
        #expect(amend(["visualCheck": nil]).rejections.isEmpty)
        #expect(amend(["route": nil]).rejections.map(\.code) == [.missing])
    }

    @Test func `the last line cannot be taken out of what was completed`() {
        #expect(amend(["vials.1": nil]).rejections.map(\.field) == ["vials.1"])
    }

    @Test func `not done is refused while vials stand there, and a vial while it is not done`() {
        #expect(
            amend(["outcome": ["code": "not_done", "reason": "forgot"]]).rejections.map(\.code)
                == [.impossible])
        var current = story.fields
        let line = current["vials.1"] ?? .null
        current["vials.1"] = nil
        current["outcome"] = ["code": "not_done", "reason": "forgot"]
        #expect(amend(["vials.x7k2m9qd": line], current).rejections.map(\.code) == [.impossible])
    }

    @Test func `what a merge brought together does not refuse another correction`() {
        var current = story.fields
        current["outcome"] = ["code": "not_done", "reason": "forgot"]
        #expect(amend(["visualCheck": "ok"], current) == Validation())
    }

    @Test func `without the current values only the fields are held against the table`() {
        let found = Validator().validateAmendment(
            kind: .infusion, set: ["outcome": ["code": "not_done"]])
        #expect(found == Validation())
    }
}

@Suite struct StoredFindingTests {
    private func findings(_ values: JSONObject) -> [String] {
        Validator().findings(kind: .infusion, values: values).map {
            "\($0.code.rawValue) \($0.field)"
        }
    }

    @Test func `a stored infusion without oddities has no findings`() {
        #expect(findings(InfusionStory().fields) == [])
    }

    @Test func `not done beside vials is found, not refused`() {
        var story = InfusionStory()
        story.fields["outcome"] = ["code": "not_done", "reason": "forgot"]
        #expect(findings(story.fields) == ["not_done_with_vials outcome"])
    }

    @Test func `C29: one lot in two lines is found where neither writer had seen the other`() {
        var story = InfusionStory()
        story.fields["vials.x7k2m9qd"] = story.fields["vials.1"]
        #expect(findings(story.fields) == ["line_twice vials.x7k2m9qd"])
        let seen = Validator().findings(
            kind: .infusion, values: story.fields, wereConcurrent: { _, _ in false })
        #expect(seen.isEmpty)
    }

    @Test(
        arguments: [
            ("mood", "fine"), ("route", "im"), ("vials.1", 3), ("time", ["start": 5]),
            ("sites", "many"),
        ] as [(String, JSONValue)])
    func `what cannot be read is named`(field: String, value: JSONValue) {
        var story = InfusionStory()
        story.fields[field] = value
        #expect(findings(story.fields).contains("not_understood \(field)"))
    }

    @Test func `an end before the start that arrived is a finding`() {
        var story = InfusionStory()
        story.fields["time"] =
            TimeValue(
                start: moment("2026-03-29T08:05", .london), end: moment("2026-03-29T08:00", .london)
            ).json
        #expect(findings(story.fields) == ["end_before_start time"])
    }

    @Test(arguments: EntryKind.allCases)
    func `no value of any kind traps`(kind: EntryKind) {
        let values: [JSONValue] = [
            nil, true, .integer(.max), .integer(.min), "", "unknown", [], ["x": nil], [[[]]],
            ["start": ["ms": .integer(.max)]],
            ["count": .integer(.max), "vialMilligrams": .integer(.max)],
        ]
        let names = [
            "vials.1", "time", "sites", "value", "plan", "trusted", "local.1.pain", "x", "",
        ]
        for value in values {
            let set = JSONObject(names.map { ($0, value) })
            _ = Validator().validate(kind: kind, set: set)
            _ = Validator().findings(kind: kind, values: set)
        }
    }
}
