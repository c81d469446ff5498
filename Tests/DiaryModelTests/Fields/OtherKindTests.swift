import DiaryModel
import SyncCore
import Testing

@Suite struct OtherKindTests {
    private func rejected(_ kind: EntryKind, _ set: JSONObject) -> [String] {
        Validator().validate(kind: kind, set: set).rejections.map {
            "\($0.field): \($0.code.rawValue)"
        }
    }

    @Test(arguments: [(4000, true), (4001, false)])
    func `a note has at most four thousand bytes`(bytes: Int, isAccepted: Bool) {
        let text =
            String(repeating: "é", count: bytes / 2) + String(repeating: "a", count: bytes % 2)
        #expect(rejected(.note, ["text": .string(text)]).isEmpty == isAccepted)
    }

    @Test func `the word unknown is no name to doubt, and no status`() {
        #expect(rejected(.person, ["name": "unknown", "role": "patient"]) == [])
        #expect(
            rejected(.person, ["name": "Anna", "status": "unknown"]) == ["status: not_in_list"])
        #expect(rejected(.person, ["name": "Anna", "role": "unknown"]) == ["role: not_in_list"])
    }

    @Test(
        arguments: [
            ("trusted", "all", true), ("trusted", [], true), ("trusted", [["x", 1, "y"]], false),
            ("trusted", "some", false), ("access", "closed", true), ("access", "ajar", false),
            ("role", "clinic", true), ("because", "retired_lost", true), ("label", "", false),
        ] as [(String, JSONValue, Bool)])
    func `what the clinic says of a device has its forms`(field: String, value: JSONValue, ok: Bool)
    {
        #expect(rejected(.replica, [field: value]).isEmpty == ok)
    }

    @Test func `an order to erase names events and a basis`() {
        #expect(rejected(.erasure, ["erase": ["events": []]]) == ["erase/basis: missing"])
        #expect(rejected(.erasure, ["signed.doctor": "yes"]) == [])
    }

    @Test(
        arguments: [
            ("symptom.headache", ["grade": 2], true), ("symptom.headache", ["grade": 5], false),
            ("symptom.headache", "no", true), ("symptom.hiccups", "yes", false),
            ("symptom.other-x7k2m9qd", "yes", true),
            ("local.1.lump", ["sizeMillimetres": 501], false),
            ("local.1.pain", ["painPoints": 10], true), ("infusion", "not_sure", true),
        ] as [(String, JSONValue, Bool)])
    func `a reaction's fields have their forms`(field: String, value: JSONValue, ok: Bool) {
        let day: JSONValue = ["start": ["precision": "day", "wall": "2026-03-29"]]
        #expect(rejected(.reaction, ["time": day, field: value]).isEmpty == ok)
    }

    @Test func `nothing was done beside something is a word`() {
        let day: JSONValue = ["start": ["precision": "day", "wall": "2026-03-29"]]
        let found = Validator().validate(
            kind: .reaction, set: ["time": day, "action.none": "yes", "action.slowed": "yes"])
        #expect(found.warnings.map(\.code) == [.actionNoneAndOther])
    }

    @Test func `a link names the copy that counts`() throws {
        let id = try #require(entry(1))
        let value: JSONValue = ["value": "same", "counts": id.json, "because": "asked"]
        let set: JSONObject = ["link.\(id.text)": value]
        #expect(Validator().validateAmendment(kind: .infusion, set: set).isAcceptable)
        #expect(LinkStatement.Candidate(json: value) == .same(counts: id))
        #expect(LinkStatement.Candidate(json: ["value": "maybe"]) == nil)
    }

    @Test(arguments: [3800, 3799] as [Int64])
    func `a raised temperature is a word`(value: Int64) {
        let set: JSONObject = [
            "vital.temperature": ["temperatureCelsiusHundredths": .integer(value)]
        ]
        let found = Validator().validateAmendment(kind: .check, set: set)
        #expect(found.warnings.map(\.code) == (value == 3800 ? [.temperatureRaised] : []))
    }
}
