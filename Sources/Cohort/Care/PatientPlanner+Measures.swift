internal import DiaryModel
internal import SeededRandom
internal import SyncCore

/// Strength, scores, troughs, weight and infections, at home and at visits.
extension PatientPlanner {
    mutating func planMeasures() {
        if facts.indication.isNeuropathy {
            let grip = GripCourse(days: days, using: &random)
            planHomeGrip(grip)
            planVisitMeasures(grip)
        } else {
            planInfections()
            planVisitMeasures(nil)
        }
        planHomeWeight()
    }

    /// Strength over these years: what each hand has, and the relapses.
    struct GripCourse {
        let left: Int64
        let right: Int64
        /// The days on which a relapse begins, and how deep it goes.
        let relapses: [(day: Int, depth: Int64)]

        init(days: CohortDays, using random: inout SplitMix64) {
            let strong = random.draw(CohortTable.strongerGripPascals)
            let weak = min(random.draw(CohortTable.weakerGripPascals), strong)
            let isLeftWeak = random.below(2) == 0
            left = isLeftWeak ? weak : strong
            right = isLeftWeak ? strong : weak
            var relapses: [(Int, Int64)] = []
            for year in 0..<CohortTable.years where random.happens(CohortTable.relapse) {
                let day = days.firstDay + year * 365 + random.between(30...330)
                relapses.append((day, random.between(CohortTable.relapsePascals)))
            }
            self.relapses = relapses
        }

        /// Down over six weeks, up again over as many.
        func relapse(on day: Int) -> Int64 {
            relapses.reduce(0) { sum, relapse in
                let since = day - relapse.day
                let length = CohortTable.relapseDays
                guard (0..<(2 * length)).contains(since) else { return sum }
                let part = since <= length ? since : 2 * length - since
                return sum + relapse.depth * Int64(part) / Int64(length)
            }
        }
    }

    // MARK: Grip

    private mutating func planHomeGrip(_ course: GripCourse) {
        guard let device = devices.first else { return }
        var day = facts.startDay + random.between(0...13)
        while day <= days.lastDay {
            let ms = days.ms(day: day, minute: random.between(600...1250))
            if random.happens(facts.habits.reporting), device.joinMs < ms {
                writeGrip(course, on: day, at: ms, by: .device(0))
            }
            day += CohortTable.gripEveryDays + random.between(-3...3)
        }
    }

    private mutating func writeGrip(
        _ course: GripCourse, on day: Int, at ms: Int64, by writer: Writer
    ) {
        for (code, hand) in [("grip_l", course.left), ("grip_r", course.right)] {
            let today = hand + course.relapse(on: day) + wearingOff(on: day)
            let attempts = (0..<CohortTable.gripAttempts).map { _ -> Int64 in
                let attempt = today + random.draw(CohortTable.gripWithinDay)
                return min(max(attempt, 0), 160_000) / 100 * 100
            }
            measure(
                code,
                [
                    "attemptsPascals": .array(attempts.map(JSONValue.integer)),
                    "gripPascals": .integer(attempts.max() ?? 0), "method": "best_of",
                ], at: ms, by: writer)
        }
    }

    /// Weaker in the last quarter of an interval.
    private func wearingOff(on day: Int) -> Int64 {
        let given = slots.last { $0.wasGiven && $0.dueDay <= day }
        guard let given else { return 0 }
        let since = (day - given.dueDay) * CohortTable.whole / max(facts.regimen.intervalDays, 1)
        return since >= CohortTable.wearingOffFrom ? CohortTable.wearingOffPascals : 0
    }

    private mutating func measure(
        _ code: String, _ value: JSONObject, at ms: Int64, by writer: Writer
    ) {
        let start = Moment(ms: shown(ms, to: writer), in: days.home)
        begin(
            .measurement, at: ms, by: writer,
            Words(set: [
                "measure": .string(code), "time": TimeValue(start: start).json,
                "value": .object(value),
            ]))
    }

    // MARK: At a visit

    private mutating func planVisitMeasures(_ grip: GripCourse?) {
        let nurse = Writer.staff(StaffPlan.nurse.login)
        let isNeuropathy = facts.indication.isNeuropathy
        let base = random.choose(CohortTable.incatPoints)
        let rods = random.draw(CohortTable.irodsRawPoints)
        for day in visits {
            let ms = days.ms(day: day, minute: 670)
            let grams = facts.weightGrams + Int64(random.between(-18...18)) * 100
            measure(
                "weight", ["scale": "clinic", "weightGrams": .integer(grams / 100 * 100)], at: ms,
                by: nurse)
            let trough = random.between(
                isNeuropathy ? CohortTable.troughOfNeuropathy : CohortTable.troughOfPID)
            measure(
                "igg_trough", ["iggMilligramsPerLitre": .integer(trough / 100 * 100)],
                at: ms, by: nurse)
            guard let grip else { continue }
            writeGrip(grip, on: day, at: ms, by: nurse)
            guard facts.indication == .cidp else { continue }
            let isWorse = grip.relapse(on: day) < -5000
            let points = min(max(base + (isWorse ? 1 : 0) + random.between(Int64(-1)...1), 0), 8)
            measure(
                "incat",
                [
                    "armPoints": .integer(points / 2), "legPoints": .integer(points - points / 2),
                ], at: ms, by: nurse)
            let raw = min(max(rods + (isWorse ? -5 : 0) + random.between(Int64(-2)...2), 0), 48)
            measure("irods", ["rawPoints": .integer(raw)], at: ms, by: nurse)
        }
    }

    // MARK: At home

    private mutating func planInfections() {
        guard let device = devices.first else { return }
        var day = facts.startDay
        while day + 91 <= days.lastDay {
            let count = random.choose(CohortTable.infectionsInAQuarter)
            let ms = days.ms(day: day + 91, minute: random.between(900...1250))
            if random.happens(facts.habits.reporting), device.joinMs < ms {
                measure(
                    "infections",
                    [
                        "count": .integer(count),
                        "from": .string(CivilDate(daysSinceEpoch: day).description),
                        "to": .string(CivilDate(daysSinceEpoch: day + 90).description),
                    ], at: ms, by: .device(0))
            }
            day += 91
        }
    }

    private mutating func planHomeWeight() {
        guard let device = devices.first else { return }
        var day = facts.startDay + random.between(5...60)
        while day <= days.lastDay {
            let ms = days.ms(day: day, minute: random.between(420...600))
            let grams = facts.weightGrams + Int64(random.between(-15...15)) * 100
            if random.happens(facts.habits.reporting / 2), device.joinMs < ms {
                measure(
                    "weight", ["scale": "home", "weightGrams": .integer(grams / 100 * 100)],
                    at: ms, by: .device(0))
            }
            day += CohortTable.homeWeightEveryDays
        }
    }
}
