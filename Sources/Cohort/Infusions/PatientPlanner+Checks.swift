internal import DiaryModel
internal import SeededRandom
internal import SyncCore

/// The checklist before an infusion, of those who use it.
extension PatientPlanner {
    mutating func planCheck(before truth: InfusionTruth, by writer: Writer) {
        guard facts.habits.usesChecks, let start = truth.startMs, case .device = writer,
            random.happens(CohortTable.checked)
        else { return }
        let ms = start - Int64(random.between(6...15)) * 60_000
        if case .device(let number) = writer, devices[number].joinMs >= ms { return }
        let zone = truth.abroad.map { days.abroad[$0] } ?? days.home
        var set: JSONObject = [
            "result": ["code": "proceed"],
            "time": TimeValue(start: Moment(ms: shown(ms, to: writer), in: zone)).json,
        ]
        for item in ["feels_well", "drank_enough", "in_date", "solution_clear"] {
            if !random.happens(500) { set["answer.\(item)"] = answer(.yes) }
        }
        for item in ["infection_or_antibiotics", "new_medicine_or_vaccine", "headache_since_last"] {
            if !random.happens(500) { set["answer.\(item)"] = answer(.no) }
        }
        if facts.regimen.route == .iv {
            set["vital.temperature"] = [
                "temperatureCelsiusHundredths": .integer(random.between(Int64(3620)...3740))
            ]
            set["vital.pulse"] = ["pulsePerMinute": .integer(random.between(Int64(56)...96))]
            set["vital.blood_pressure"] = [
                "diastolicMmHg": .integer(random.between(Int64(58)...92)),
                "systolicMmHg": .integer(random.between(Int64(98)...152)),
            ]
        }
        if random.happens(CohortTable.afterAdvice) {
            set["answer.infection_or_antibiotics"] = Answer.yes.json
            set["result"] = ["code": "proceed_after_advice"]
        }
        begin(.check, at: ms, by: writer, Words(set: set))
    }

    private mutating func answer(_ usual: Answer) -> JSONValue {
        random.happens(CohortTable.saidUnknown) ? Answer.unknown.json : usual.json
    }
}
