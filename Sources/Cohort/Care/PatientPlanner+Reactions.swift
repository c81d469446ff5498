internal import DiaryModel
internal import SeededRandom
internal import SyncCore

/// What people feel after an infusion and write down; nurses grade it beside their words.
extension PatientPlanner {
    mutating func planReactions() {
        let started = records.map(\.day.daysSinceEpoch).min() ?? facts.startDay
        for record in records {
            guard record.truth.wasGiven, case .device(let device) = record.writer else { continue }
            let sinceStart = record.day.daysSinceEpoch - started
            let isFirst =
                facts.isNewStarter && sinceStart < CohortTable.firstDays
                && facts.regimen.product != CohortTable.gentleProduct
            switch facts.regimen.route {
            case .iv, .fsc:
                if random.happens(CohortTable.systemicReaction) {
                    writeSystemic(after: record, on: device)
                }
            case .sc:
                let share =
                    isFirst ? CohortTable.localReactionAtFirst : CohortTable.localReaction
                if random.happens(share) { writeLocal(after: record, on: device) }
            }
        }
    }

    private mutating func writeSystemic(after record: InfusionRecord, on device: Int) {
        let grade = random.choose(CohortTable.grades)
        let symptom = random.choose(CohortTable.systemicSymptoms)
        var set: JSONObject = [
            "grade.said": said(grade),
            "outcome": ["code": random.happens(9000) ? "recovered" : "recovering"],
            "symptom.\(symptom)": ["grade": .integer(grade)],
        ]
        if grade > 1 || random.happens(4000) { set["action.paracetamol"] = Answer.yes.json }
        if grade > 1 { set["action.slowed"] = Answer.yes.json }
        if grade > 2 {
            set["action.clinic_called"] = Answer.yes.json
            set["action.hospital"] = grade > 3 ? Answer.yes.json : Answer.no.json
        }
        write(set, grade: grade, after: record, hours: 1...30, on: device)
    }

    private mutating func writeLocal(after record: InfusionRecord, on device: Int) {
        let sign = random.choose(CohortTable.localSigns)
        let site = random.between(1...facts.habits.siteCount)
        let value: JSONValue =
            switch sign {
            case "pain": ["painPoints": .integer(random.between(Int64(1)...5))]
            case "redness", "swelling", "lump":
                ["sizeMillimetres": .integer(random.between(Int64(10)...80))]
            default: Answer.yes.json
            }
        let set: JSONObject = [
            "grade.said": said(1), "local.\(site).\(sign)": value,
            "outcome": ["code": "recovered"],
        ]
        write(set, grade: 1, after: record, hours: 1...20, on: device)
    }

    private func said(_ grade: Int64) -> JSONValue {
        [
            "grade": .integer(grade), "hospital": (grade > 3 ? Answer.yes : .no).json,
            "interrupted": (grade > 1 ? Answer.yes : .no).json,
            "treated": (grade > 1 ? Answer.yes : .no).json,
        ]
    }

    private mutating func write(
        _ set: JSONObject, grade: Int64, after record: InfusionRecord, hours: ClosedRange<Int>,
        on device: Int
    ) {
        guard let end = record.truth.endMs else { return }
        let onset = end + Int64(random.between(hours)) * 3_600_000 / 2
        let ms = max(onset, record.writtenMs) + Int64(random.between(10...600)) * 60_000
        guard ms <= days.endMs else { return }
        var set = set
        set["time"] = TimeValue(start: Moment(ms: onset, in: days.home)).json
        let entry = begin(
            .reaction, at: ms, by: .device(device),
            Words(set: set, names: [.entry(record.entry, at: ["infusion"])]))
        let isAssessed = grade > 1 || random.happens(CohortTable.mildAssessed)
        guard isAssessed, let heard = atClinic(ms, by: .device(device)) else { return }
        let day = days.workday(days.day(atMs: heard) + random.between(1...4))
        let higher = random.happens(1500) ? min(grade + 1, 4) : grade
        amend(
            entry, at: days.ms(day: day, minute: random.between(560...1000)),
            by: .staff(StaffPlan.nurse.login), Words(set: ["grade.assessed": .integer(higher)]))
    }
}
