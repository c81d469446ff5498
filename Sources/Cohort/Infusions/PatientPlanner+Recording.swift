internal import DiaryModel
internal import SeededRandom
internal import SyncCore

/// Which infusions are written down, by whom, how much later.
extension PatientPlanner {
    mutating func recordSlots() {
        for index in slots.indices {
            // What was silently missed nobody writes down, and nothing is told of it later.
            guard slots[index].timing != .silentlyMissing else { continue }
            let isReported = random.happens(facts.habits.reporting) || slots[index].isExposure
            guard isReported else { continue }
            if facts.isOnPaper {
                recordFromPaper(index)
            } else {
                recordOnDevice(index)
            }
        }
    }

    /// When the slot was over, or would have been.
    private func ended(_ truth: InfusionTruth) -> Int64 {
        truth.endMs ?? days.ms(day: truth.dueDay, minute: 1140)
    }

    // MARK: On a device

    private mutating func recordOnDevice(_ index: Int) {
        let truth = slots[index]
        let drawn = random.choose(CohortTable.delays)
        let delay = truth.isExposure ? .hour : drawn
        let ms = written(after: ended(truth), delay)
        guard ms <= days.endMs, let number = device(at: ms) else { return }
        slots[index].delay = delay
        let writer = Writer.device(number)
        let words = words(for: truth, delay, writer, at: ms)
        let isStray =
            devices[number].isShared && truth.wasGiven
            && strikes(
                .wrongPatient, share: CohortTable.wrongPatient, isDue: index * 2 > slots.count)
        if isStray {
            recordInTheWrongDiary(truth, words, on: number, at: ms)
        } else {
            record(truth, words, by: writer, at: ms)
        }
    }

    /// Somewhat more than the end, to the second.
    private mutating func written(after end: Int64, _ delay: RecordingDelay) -> Int64 {
        let second = Int64(random.below(60)) * 1000
        let minutes: Int64
        switch delay {
        case .hour: minutes = Int64(random.between(1...58))
        case .sameDay:
            let midnight = days.ms(day: days.day(atMs: end), minute: 1439)
            let left = max((midnight - end) / 60_000, 61)
            minutes = random.between(Int64(60)...left)
        case .week: minutes = Int64(random.between(CohortTable.weekDelayDays) * 1440)
        case .later: minutes = Int64(random.between(CohortTable.laterDelayDays) * 1440)
        }
        return end + minutes * 60_000 + second
    }

    /// One of the patient's devices, or of the carer's, that has joined.
    private mutating func device(at ms: Int64) -> Int? {
        let byCarer = random.happens(CohortTable.recordedByCarer)
        let tablet = random.happens(3000)
        let joined = devices.indices.filter { devices[$0].joinMs < ms }
        // What is written after a device was lost is written on another.
        let open = joined.filter { ms < devices[$0].closedMs ?? .max }
        if clinic.families[facts.number] != nil, byCarer || tablet,
            let shared = open.first(where: { devices[$0].isShared })
        {
            return shared
        }
        if byCarer, let carers = joined.first(where: { devices[$0].role == .carer }) {
            return carers
        }
        let own = open.filter { devices[$0].role == .patient }
        return tablet ? own.last ?? own.first : own.first
    }

    // MARK: From paper

    /// The clerk types what came by post since last time.
    private mutating func recordFromPaper(_ index: Int) {
        let truth = slots[index]
        let day = days.day(atMs: ended(truth))
        let cycle = CohortTable.postDays
        let phase = facts.number % cycle
        let posted = day + cycle - (day + phase) % cycle + random.between(1...4)
        let ms =
            days.ms(day: days.workday(posted), minute: random.between(560...960))
            + Int64(index) * 97_000 % 3_600_000
        guard ms <= days.endMs else { return }
        slots[index].delay = .later
        let clerk = Writer.staff(StaffPlan.clerk.login)
        let words = words(for: truth, .later, clerk, at: ms)
        record(truth, words, by: clerk, at: ms)
    }

    // MARK: One record

    /// Plans the entry and remembers what it says of lots.
    mutating func record(
        _ truth: InfusionTruth, _ words: WrittenInfusion, by writer: Writer, at ms: Int64
    ) {
        planCheck(before: truth, by: writer)
        let entry = begin(.infusion, at: ms, by: writer, words.words)
        remember(entry, truth, words, by: writer, at: ms)
        correctSlip(of: records.count - 1)
        voidExposure(of: records.count - 1)
    }

    mutating func remember(
        _ entry: EntryNumber, _ truth: InfusionTruth, _ words: WrittenInfusion, by writer: Writer,
        at ms: Int64
    ) {
        let day = truth.startMs.map { days.day(atMs: $0) } ?? truth.dueDay
        records.append(
            InfusionRecord(
                entry: entry, writer: writer, writtenMs: ms,
                day: CivilDate(daysSinceEpoch: day), truth: truth, words: words.words,
                lots: words.lots))
    }

    /// Somebody who typed a lot with a slip reads the box again.
    private mutating func correctSlip(of index: Int) {
        let record = records[index]
        guard let line = record.lots.firstIndex(where: { $0.slip != nil }),
            !record.truth.isExposure, random.happens(CohortTable.slipCorrected)
        else { return }
        let field = LineName(number: line + 1).vials
        let days = Int64(random.between(1...14)) * 86_400_000
        guard var value = record.words.set[field]?.objectValue else { return }
        value["lot"] = .string(record.lots[line].lot.text)
        amend(
            record.entry, at: record.writtenMs + days, by: record.writer,
            Words(set: [field: .object(value)], about: ["reason": "read_again"]))
    }

    /// The entry with the recalled lot that was voided: its other copy is in the hospital's list.
    private mutating func voidExposure(of index: Int) {
        let record = records[index]
        guard facts.role == .voided, record.truth.isExposure else { return }
        records[index].isVoided = true
        amend(
            record.entry, at: record.writtenMs + Int64(random.between(30...70)) * 3_600_000,
            by: record.writer,
            Words(set: ["status": "voided"], about: ["reason": "duplicate"]))
    }
}

/// The fields of an infusion as somebody writes them, and what they say of lots.
struct WrittenInfusion {
    var words: Words
    var lots: [InfusionRecord.WrittenLot]
}
