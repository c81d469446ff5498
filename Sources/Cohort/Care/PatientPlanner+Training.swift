internal import DiaryModel
internal import SeededRandom
internal import SyncCore

/// Who infuses at home was trained, and is trained again; some let it run out.
extension PatientPlanner {
    mutating func planTraining() {
        let firstHeard = devices.first?.joinMs ?? foundedMs + 900_000
        // Who came with the therapy brought a certificate of some time ago.
        let ago = facts.isNewStarter ? 0 : random.between(10...650)
        let taught = facts.enrolledDay - ago
        let written = max(days.ms(day: facts.enrolledDay + 1, minute: 660), firstHeard + 60_000)
        sign(
            taughtOn: taught, at: written, trainee: patientPerson,
            witnessed: random.between(3...6))
        if let carer = carerPerson,
            let joined = devices.first(where: { $0.person == carer })?.joinMs
        {
            let day = days.day(atMs: joined) + random.between(1...20)
            sign(
                taughtOn: day, at: days.ms(day: days.workday(day), minute: 840), trainee: carer,
                witnessed: random.between(1...3))
        }
        let due = taught + CohortTable.trainingDays
        guard due < days.lastDay, random.happens(CohortTable.trainingRenewed) else { return }
        let again = days.workday(max(due + random.between(-60...45), facts.enrolledDay + 20))
        sign(
            taughtOn: again, at: days.ms(day: again, minute: 880), trainee: patientPerson,
            witnessed: 1)
    }

    private mutating func sign(
        taughtOn day: Int, at ms: Int64, trainee: EntryNumber, witnessed: Int
    ) {
        let date = CivilDate(daysSinceEpoch: day)
        guard let wall = WallTime(date: date, minuteOfDay: 0, precision: .day),
            let moment = Moment(bare: wall, zone: days.home.name)
        else { return }
        let technique =
            switch facts.regimen.route {
            case .iv: "peripheral cannula"
            case .sc: "pump"
            case .fsc: "hyaluronidase first, then pump"
            }
        var set: JSONObject = [
            "result": [
                "code": "signed_off",
                "validUntil": .string(date.adding(days: CohortTable.trainingDays).description),
                "witnessed": .integer(Int64(witnessed)),
            ],
            "skill": ["route": facts.regimen.route.json, "technique": .string(technique)],
            "time": TimeValue(start: moment).json,
        ]
        for code in ["prepares_dose", "places_needle", "reads_reactions", "writes_diary"] {
            set["competency.\(code)"] = "independent"
        }
        begin(
            .training, at: ms, by: .staff(StaffPlan.nurse.login),
            Words(set: set, names: [.entry(trainee, at: ["trainee"])]))
    }
}
