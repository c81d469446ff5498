internal import DiaryModel
internal import SeededRandom
internal import SyncCore

/// What somebody writes of an infusion: the fields, with what they leave out or do not know.
extension PatientPlanner {
    mutating func words(
        for truth: InfusionTruth, _ delay: RecordingDelay, _ writer: Writer, at ms: Int64
    ) -> WrittenInfusion {
        let isPaper = writer == .staff(StaffPlan.clerk.login)
        var infusion = Infusion()
        infusion.outcome = truth.outcome
        guard truth.wasGiven else {
            infusion.time = dueTime(truth, isPaper: isPaper)
            return WrittenInfusion(
                words: Words(
                    set: infusion.fields, about: about(infusion, isPaper, writer, at: ms)),
                lots: [])
        }
        infusion.route = .value(facts.regimen.route)
        infusion.time = time(truth, delay, writer, isPaper: isPaper)
        if facts.regimen.parts > 1 {
            infusion.course = Course(
                id: PrintedText("course-\(truth.dueDay)"), part: Int64(truth.part),
                parts: Int64(facts.regimen.parts))
        }
        infusion.sites = sites()
        if !random.happens(CohortTable.rateMissing), !isPaper { infusion.rates = rateSteps }
        infusion.infusedBy = infusedBy(writer)
        if !random.happens(CohortTable.visualCheckNotAsked) {
            infusion.visualCheck = random.happens(CohortTable.saidUnknown) ? .unknown : .value(.ok)
        }
        if !random.happens(CohortTable.weightMissing), !isPaper {
            let grams = facts.weightGrams / 100 * 100 + Int64(random.between(-15...15)) * 100
            infusion.weight = BodyWeight(grams: grams, source: .home)
        }
        if truth.abroad != nil { infusion.place = Place(.elsewhere) }
        var set = infusion.fields
        if infusion.sites == nil, random.happens(CohortTable.saidUnknown) {
            set["sites"] = AnswerWord.unknown.json
        }
        premedicate(truth, in: &set)
        let lots = lines(of: truth, isPaper: isPaper, in: &set)
        return WrittenInfusion(
            words: Words(
                set: set, about: about(infusion, isPaper, writer, at: ms), names: [.planVersion]),
            lots: lots)
    }

    /// How it was typed, and a word where that was late or the clock runs ahead.
    private func about(
        _ infusion: Infusion, _ isPaper: Bool, _ writer: Writer, at ms: Int64
    ) -> JSONObject {
        var about: JSONObject = ["entryMethod": isPaper ? "from_paper" : "typed"]
        guard let start = infusion.time?.start,
            let code = Lateness(start: start, writtenMs: shown(ms, to: writer))?.warning
        else { return about }
        let (key, value) = Warning(code, "time", start.json).kept(because: .notSaid)
        about[key] = value
        return about
    }

    // MARK: When

    private mutating func dueTime(_ truth: InfusionTruth, isPaper: Bool) -> TimeValue? {
        let minute = Int(random.draw(CohortTable.eveningMinute))
        let day = CivilDate(daysSinceEpoch: truth.dueDay)
        if isPaper, let wall = WallTime(date: day, minuteOfDay: 0, precision: .day) {
            return Moment(bare: wall, zone: days.home.name).map { TimeValue(start: $0) }
        }
        return TimeValue(
            start: Moment(ms: days.ms(day: truth.dueDay, minute: minute), in: days.home))
    }

    private mutating func time(
        _ truth: InfusionTruth, _ delay: RecordingDelay, _ writer: Writer, isPaper: Bool
    ) -> TimeValue? {
        guard let startMs = truth.startMs, let endMs = truth.endMs else { return nil }
        let zone = truth.abroad.map { days.abroad[$0] } ?? days.home
        if isPaper, random.happens(CohortTable.paperDayOnly) {
            let day = zone.day(atMs: startMs)
            return WallTime(date: day, minuteOfDay: 0, precision: .day)
                .flatMap { Moment(bare: $0, zone: zone.name) }.map { TimeValue(start: $0) }
        }
        // Who writes at once takes the time from the device, right or wrong; who writes later says it.
        let isLive = delay == .hour && !isPaper
        let start = isLive ? shown(startMs, to: writer) : startMs
        let end = isLive ? shown(endMs, to: writer) : endMs
        var time = TimeValue(start: Moment(ms: start, in: zone))
        let isMissing = random.happens(CohortTable.endMissing)
        let isUnknown = random.happens(CohortTable.saidUnknown)
        if !isMissing { time.end = isUnknown ? .unknown : .value(Moment(ms: end, in: zone)) }
        if isLive, !isMissing, !isUnknown, random.happens(4000) { time.timerMs = endMs - startMs }
        return time
    }

    // MARK: Where and by whom

    private mutating func sites() -> [Site]? {
        rotation += 1
        guard !random.happens(CohortTable.sitesMissing) else { return nil }
        if facts.regimen.route == .iv {
            let region = random.pick([Site.Region.hand, .forearm, .antecubital])
            return [Site(region, rotation.isMultiple(of: 2) ? .left : .right, id: "1")]
        }
        let regions: [Site.Region] = [.abdomen, .thigh, .abdomen, .flank]
        return (0..<facts.habits.siteCount).map { number in
            let region = regions[(rotation + number / 2) % regions.count]
            let side: Site.Side = number.isMultiple(of: 2) ? .left : .right
            return Site(region, side, id: PrintedText(String(number + 1)))
        }
    }

    private mutating func infusedBy(_ writer: Writer) -> InfusedBy {
        if random.happens(CohortTable.saidUnknown) { return InfusedBy(.unknown) }
        if facts.regimen.route == .iv, random.happens(4000) { return InfusedBy(.nurse) }
        if case .device(let number) = writer, devices[number].role == .carer {
            return InfusedBy(.carer)
        }
        return InfusedBy(.`self`)
    }

    private mutating func premedicate(_ truth: InfusionTruth, in set: inout JSONObject) {
        guard facts.habits.premedicates, let start = truth.startMs else { return }
        let taken = Moment(
            ms: start - Int64(random.between(20...45)) * 60_000, in: days.home)
        set["premedAsked"] = Answer.yes.json
        set["premed.paracetamol"] = Premedication(doseMilligrams: 1000, taken: taken).json
        if facts.regimen.route == .iv, random.happens(3000) {
            set["premed.cetirizine"] = Premedication(doseMilligrams: 10, taken: taken).json
        }
    }
}
