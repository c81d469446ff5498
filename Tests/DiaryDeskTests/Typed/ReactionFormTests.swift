import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore
import Testing

@Suite struct ReactionFormTests {
    private func fields(_ words: [String], _ change: (inout ReactionForm) -> Void = { _ in }) throws
        -> JSONObject
    {
        var form = ReactionForm()
        form.words = words
        change(&form)
        var warnings: [Warning] = []
        var fields = try form.fields(.noon(), warnings: &warnings)
        fields["time"] = nil
        return fields
    }

    @Test func `symptoms, what was done and how it ended become their fields`() throws {
        #expect(
            try fields(["headache=2", "wheeze=no", "fever=unknown"]) {
                $0.did = "slowed,paracetamol"
                $0.outcome = "recovered"
                $0.infusion = .notSure
            } == [
                "action.paracetamol": "yes", "action.slowed": "yes", "infusion": "not_sure",
                "outcome": ["code": "recovered"], "symptom.fever": "unknown",
                "symptom.headache": ["grade": 2], "symptom.wheeze": "no",
            ])
    }

    @Test func `signs at a site stand under the name that the infusion's sites have`() throws {
        let world = try DeskWorld()
        let infusion = try world.infusion()
        let desk = world.desk()
        let of = try desk.database.read {
            try ReactionForm.Of(
                "last", in: Reading($0, diary: world.diary, zone: world.zone), today: desk.today)
        }
        let words = ["abdomen-L.pain=4", "2.lump=20mm", "abdomen-R.redness=yes"]
        let fields = try fields(words) { $0.infusion = of }
        #expect(
            fields == [
                "infusion": infusion.json, "local.1.pain": ["painPoints": 4],
                "local.2.lump": ["sizeMillimetres": 20], "local.2.redness": "yes",
            ])
        let said = sentences { _ = try self.fields(["thigh-L.pain=4"]) { $0.infusion = of } }
        #expect(
            said == [
                "“thigh-L” is no site of that infusion. It has: abdomen-L (1), abdomen-R (2)."
            ])
    }

    /// Interrupted, treated, hospital, prolonged, danger; `-` was not asked.
    @Test(
        arguments: [
            ("n n n - -", 1), ("y n n - -", 2), ("n y n - -", 2), ("y y n n n", 2),
            ("n n y - -", 3), ("y - y - -", 3), ("n n n y -", 3), ("n n n n y", 4),
            ("- - - - y", 4), ("y - - - -", nil), ("n n - - -", nil), ("y n ? - -", nil),
            ("n - n - -", nil), ("y y n ? -", nil),
        ] as [(String, Int64?)])
    func `the grade follows from plain answers, and is unknown where they do not say it`(
        answers: String, grade: Int64?
    ) throws {
        let said = answers.split(separator: " ").map { $0 == "-" ? nil : String($0) }
        let fields = try fields(["headache=yes"]) {
            $0.plain.interrupted = said[0]
            $0.plain.treated = said[1]
            $0.plain.hospital = said[2]
            $0.plain.prolonged = said[3]
            $0.plain.danger = said[4]
        }
        let expected = grade.map { JSONValue.integer($0) } ?? "unknown"
        #expect(fields["grade.said"]?["grade"] == expected)
    }

    @Test func `without a plain answer nothing is said of the grade`() throws {
        #expect(try fields(["headache=yes"])["grade.said"] == nil)
        #expect(try fields(["headache=yes"]) { $0.did = "slowed" }["grade.said"] == nil)
    }

    @Test func `the answers that have a place are kept beside the grade`() throws {
        #expect(
            try fields(["itch=1", "interrupted=no", "treated=y", "hospital=no"])["grade.said"] == [
                "grade": 2, "hospital": "no", "interrupted": "no", "treated": "yes",
            ])
        #expect(try fields(["itch=1", "grade=3"])["grade.said"] == ["grade": 3])
    }

    @Test(
        arguments: [
            (["hiccups=yes"], "hiccups: not_in_list"),
            (["headache=bad"], "symptom.headache: malformed"),
            (["1.lump=20"], "local.1.lump: malformed"),
            (["1.pain=lots"], "local.1.pain: malformed"),
            (["headache=1", "interrupted=perhaps"], "grade.said: not_in_list"),
            ([], "symptom: missing"),
        ] as [([String], String)])
    func `what cannot be read is refused at its field`(words: [String], refusal: String) {
        #expect(refusals { _ = try fields(words) } == [refusal])
    }

    @Test func `what was done is one of the list`() {
        let said = refusals { _ = try fields(["itch=1"]) { $0.did = "prayed" } }
        #expect(said == ["action: not_in_list"])
    }

    @Test func `a pain over ten is refused where it is checked`() throws {
        let world = try DeskWorld()
        var form = ReactionForm()
        form.words = ["1.pain=11"]
        let said = refusals { _ = try world.log(.reaction) { try form.fields($0, warnings: &$1) } }
        #expect(said == ["local.1.pain/painPoints: out_of_range"])
    }

    @Test func `last is the last infusion that was done, whatever came after it`() throws {
        let world = try DeskWorld()
        let infusion = try world.infusion()
        _ = try world.desk().log("note", set: ["text": "Later."])
        let view = try world.database.read {
            try Reading($0, diary: world.diary, zone: world.zone)
                .infusion(named: "last", today: world.desk().today)
        }
        #expect(view.entry.id == infusion)
    }
}
