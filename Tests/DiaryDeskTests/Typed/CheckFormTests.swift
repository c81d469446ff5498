import DiaryDesk
import DiaryModel
import SyncCore
import Testing

@Suite struct CheckFormTests {
    private func fields(_ answers: String...) throws -> JSONObject {
        var form = CheckForm()
        form.answers = answers
        var warnings: [Warning] = []
        var fields = try form.fields(.noon(), warnings: &warnings)
        #expect(fields["time"] != nil)
        fields["time"] = nil
        return fields
    }

    @Test func `answers and what was measured become their fields`() throws {
        #expect(
            try fields(
                "feels_well=yes", "pregnancy=declined", "headache-since-last=?", "temperature=36.8",
                "bp=120/80", "pulse=72", "oxygen=97", "result=proceed") == [
                    "answer.feels_well": "yes", "answer.headache_since_last": "unknown",
                    "answer.pregnancy": "declined", "result": ["code": "proceed"],
                    "vital.blood_pressure": ["diastolicMmHg": 80, "systolicMmHg": 120],
                    "vital.oxygen": ["oxygenPercent": 97],
                    "vital.pulse": ["pulsePerMinute": 72],
                    "vital.temperature": ["temperatureCelsiusHundredths": 3680],
                ])
    }

    @Test func `not knowing a measured value is an answer, too`() throws {
        #expect(try fields("temperature=unknown") == ["vital.temperature": "unknown"])
    }

    @Test func `an item of the clinic's own is said by its whole name`() throws {
        #expect(try fields("answer.other-k7q2m9qd=no") == ["answer.other-k7q2m9qd": "no"])
    }

    @Test func `who advised goes with a result that came after advice`() throws {
        let world = try DeskWorld()
        var form = CheckForm()
        form.answers = ["feels_well=no", "result=proceed_after_advice"]
        form.advisedBy = "nurse"
        form.advisedAt = "11:40"
        let saved = try world.log(.check) { try form.fields($0, warnings: &$1) }
        let result = try world.view(saved.entry)["result"]
        #expect(result?["advisedBy"]?.stringValue == world.people[.nurse]?.text)
        #expect(result?["advisedAt"]?["wall"] == "2026-03-29T11:40")
    }

    @Test(arguments: [
        ("mood=good", "mood: not_in_list"), ("feels_well=perhaps", "answer.feels_well: malformed"),
        ("temperature=37,2", "vital.temperature: malformed"),
        ("bp=120", "vital.blood_pressure: malformed"), ("result=later", "result: malformed"),
        ("feels_well", "feels_well: malformed"),
    ])
    func `what cannot be read is refused at its field`(typed: String, refusal: String) {
        #expect(refusals { _ = try fields(typed) } == [refusal])
    }

    @Test func `nothing said is no check`() {
        #expect(refusals { _ = try fields() } == ["answer: missing"])
    }

    @Test func `one item said twice is nobody's guess`() {
        #expect(
            refusals { _ = try fields("feels_well=yes", "feels_well=no") } == [
                "answer.feels_well: malformed"
            ])
    }

    @Test func `a temperature that nobody has is refused, a raised one is kept with a word`() throws
    {
        let world = try DeskWorld()
        var form = CheckForm()
        form.answers = ["temperature=52"]
        #expect(
            refusals { _ = try world.log(.check) { try form.fields($0, warnings: &$1) } } == [
                "vital.temperature/temperatureCelsiusHundredths: out_of_range"
            ])
        form.answers = ["temperature=38.4"]
        let saved = try world.log(.check) { try form.fields($0, warnings: &$1) }
        #expect(saved.warnings.map(\.code) == [.temperatureRaised])
    }
}
