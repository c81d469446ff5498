internal import DiaryModel
internal import SeededRandom
internal import SyncCore

/// Conflicts that are made to happen: at most one to an infusion, none to one with the recalled box.
extension PatientPlanner {
    mutating func planConflicts() {
        let written = records
        for (index, record) in written.enumerated() {
            guard record.truth.wasGiven, !record.truth.isExposure,
                case .device(let device) = record.writer
            else { continue }
            // What has to happen once happens in the second half, when all devices have joined.
            let isDue = index * 2 >= written.count
            if strikes(.bothSetAside, share: CohortTable.bothSetAside, isDue: isDue),
                let other = otherDevice(than: device, at: record.writtenMs)
            {
                setBothAside(record, on: device, and: other)
            } else if let copy = drawnCopy(isDue: isDue) {
                duplicate(record, as: copy, on: device)
            } else if strikes(
                .voidAgainstCorrection, share: CohortTable.voidAgainstAmendment, isDue: isDue)
            {
                voidWhileCorrected(record, on: device)
            } else if let kind = drawnAmendments(isDue: isDue) {
                amendTwice(record, kind, on: device)
            }
        }
    }

    private mutating func drawnCopy(isDue: Bool) -> Injection? {
        let drawn = random.happens(CohortTable.duplicates)
        let kinds: [(Injection, Int)] = [
            (.carersCopy, 5000), (.secondTap, 2500), (.paperCopy, 2500),
        ]
        let kind = random.choose(kinds)
        for wished in kinds.map(\.0) where strikes(wished, share: 0, isDue: isDue) {
            return wished
        }
        return drawn ? kind : nil
    }

    private mutating func drawnAmendments(isDue: Bool) -> Injection? {
        let drawn = random.happens(CohortTable.concurrentAmendments)
        let kind: Injection = random.below(2) == 0 ? .sameField : .otherFields
        for wished in [Injection.sameField, .otherFields]
        where strikes(wished, share: 0, isDue: isDue) {
            return wished
        }
        return drawn ? kind : nil
    }

    /// Another device of this patient that had joined and is not closed.
    private func otherDevice(than device: Int, at ms: Int64) -> Int? {
        devices.indices.first {
            $0 != device && devices[$0].joinMs < ms && devices[$0].closedMs == nil
        }
    }

    // MARK: Two entries of one infusion

    private mutating func duplicate(
        _ record: InfusionRecord, as kind: Injection, on device: Int
    ) {
        let other = otherDevice(than: device, at: record.writtenMs)
        let copy: Copy?
        switch kind {
        case .paperCopy: copy = paperCopy(of: record)
        case .carersCopy:
            // Who is alone taps twice.
            copy = other.map { carersCopy(of: record, on: $0) } ?? secondTap(of: record, on: device)
        default: copy = secondTap(of: record, on: device)
        }
        guard let copy else { return }
        note(copy.kind)
        let answer = random.choose(CohortTable.duplicateAnswers)
        guard answer != .open else { return }
        let mine = on(0, writtenAt: record.writtenMs, by: record.writer)
        let theirs = on(0, writtenAt: copy.ms, by: copy.writer)
        guard let mine, let theirs,
            let ms = moment(on: 0, after: max(mine, theirs), hours: random.between(1...90))
        else { return }
        acts.append(
            PlannedAct(
                ms: ms, writer: .device(0),
                deed: .link(
                    record.entry, copy.entry, counts: answer == .same ? record.entry : nil,
                    seen: .everything)))
    }

    /// A second entry of one infusion.
    private struct Copy {
        let kind: Injection
        let entry: EntryNumber
        let writer: Writer
        let ms: Int64
    }

    private mutating func carersCopy(of record: InfusionRecord, on device: Int) -> Copy {
        var truth = record.truth
        let shift = Int64(random.between(-6...6)) * 60_000
        truth.startMs = truth.startMs.map { $0 + shift }
        truth.endMs = truth.endMs.map { $0 + shift }
        let end = truth.endMs ?? record.writtenMs
        let ms = max(end + Int64(random.between(5...300)) * 60_000, devices[device].joinMs + 60_000)
        let words = words(for: truth, .sameDay, .device(device), at: ms)
        let entry = begin(.infusion, at: ms, by: .device(device), words.words)
        return Copy(kind: .carersCopy, entry: entry, writer: .device(device), ms: ms)
    }

    private mutating func secondTap(of record: InfusionRecord, on device: Int) -> Copy {
        var words = record.words
        words.about["entryMethod"] = "same_as_last"
        let ms = record.writtenMs + 40_000
        let entry = begin(.infusion, at: ms, by: .device(device), words)
        return Copy(kind: .secondTap, entry: entry, writer: .device(device), ms: ms)
    }

    private mutating func paperCopy(of record: InfusionRecord) -> Copy? {
        let clerk = Writer.staff(StaffPlan.clerk.login)
        let day = days.workday(record.day.daysSinceEpoch + random.between(5...40))
        let ms = days.ms(day: day, minute: random.between(560...990))
        guard ms <= days.endMs else { return nil }
        let words = words(for: record.truth, .later, clerk, at: ms)
        let entry = begin(.infusion, at: ms, by: clerk, words.words)
        return Copy(kind: .paperCopy, entry: entry, writer: clerk, ms: ms)
    }

    /// Both say "one infusion, and mine counts", neither having seen the other say so (C27).
    private mutating func setBothAside(_ record: InfusionRecord, on device: Int, and other: Int) {
        let copy = carersCopy(of: record, on: other)
        note(.bothSetAside)
        let there = on(device, writtenAt: copy.ms, by: copy.writer)
        let back = on(other, writtenAt: record.writtenMs, by: record.writer)
        guard let there, let back else { return }
        for (number, counts, minutes) in [(device, record.entry, 30), (other, copy.entry, 45)] {
            acts.append(
                PlannedAct(
                    ms: max(there, back, copy.ms) + Int64(minutes) * 60_000,
                    writer: .device(number),
                    deed: .link(record.entry, copy.entry, counts: counts, seen: .beginning)))
        }
    }

    // MARK: Two amendments of one entry

    private mutating func amendTwice(
        _ record: InfusionRecord, _ kind: Injection, on device: Int
    ) {
        guard let heard = atClinic(record.writtenMs, by: record.writer),
            let time = record.words.set["time"].flatMap({ TimeValue(json: $0) }),
            let start = time.start.ms, let vials = record.words.set["vials.1"]?.objectValue
        else { return }
        let zone = record.truth.abroad.map { days.abroad[$0] } ?? days.home
        func lasting(_ minutes: Int) -> JSONValue {
            var changed = time
            changed.end = .value(Moment(ms: start + Int64(minutes) * 60_000, in: zone))
            changed.timerMs = nil
            return changed.json
        }
        let length = random.between(50...150)
        let nurse = Writer.staff(StaffPlan.nurse.login)
        let day = days.workday(days.day(atMs: heard) + random.between(1...3))
        let ms = days.ms(day: day, minute: random.between(560...990))
        let own = ms + Int64(random.between(-300...300)) * 60_000
        guard own > record.writtenMs else { return }
        note(kind)
        guard kind == .sameField else {
            var fewer = vials
            let count = vials["count"]?.integerValue ?? 2
            fewer["count"] = .integer(max(count - 1, 1))
            fewer["discardedMilligrams"] = nil
            amend(
                record.entry, at: own, by: record.writer,
                Words(set: ["vials.1": .object(fewer)], about: ["reason": "slip"]),
                seen: .beginning)
            amend(
                record.entry, at: ms, by: nurse,
                Words(
                    set: ["sites": [Site(.thigh, .right, id: "1").json]], about: ["reason": "asked"]
                ),
                seen: .beginning)
            return
        }
        amend(
            record.entry, at: own, by: record.writer,
            Words(set: ["time": lasting(length)], about: ["reason": "slip"]), seen: .beginning)
        amend(
            record.entry, at: ms, by: nurse,
            Words(set: ["time": lasting(length + 30)], about: ["reason": "asked"]),
            seen: .beginning)
        settle(record, lasting(length), nurseAt: ms, ownAt: own, on: device)
    }

    /// Whoever was present says which is right, having seen both.
    private mutating func settle(
        _ record: InfusionRecord, _ time: JSONValue, nurseAt: Int64, ownAt: Int64, on device: Int
    ) {
        let there = on(device, writtenAt: nurseAt, by: .staff(StaffPlan.nurse.login))
        guard random.happens(CohortTable.conflictSettled),
            let ms = moment(on: device, after: there.map { max($0, ownAt) }, hours: 5)
        else { return }
        amend(
            record.entry, at: ms, by: .device(device),
            Words(set: ["time": time], about: ["reason": "asked"]))
    }

    /// "It never happened", while the pharmacist corrects the lot (C05).
    private mutating func voidWhileCorrected(_ record: InfusionRecord, on device: Int) {
        guard let heard = atClinic(record.writtenMs, by: record.writer),
            var vials = record.words.set["vials.1"]?.objectValue, let lot = record.lots.first?.lot,
            let text = LotText.typed(lot.text, with: .transposition, using: &random)
        else { return }
        note(.voidAgainstCorrection)
        let day = days.workday(days.day(atMs: heard) + 1)
        let ms = days.ms(day: day, minute: random.between(600...960))
        vials["lot"] = .string(text)
        vials["lotMissing"] = nil
        amend(
            record.entry, at: ms, by: .staff(StaffPlan.pharmacist.login),
            Words(set: ["vials.1": .object(vials)], about: ["reason": "photo"]), seen: .beginning)
        amend(
            record.entry, at: ms + 7_200_000, by: record.writer,
            Words(set: ["status": "voided"], about: ["reason": "never_happened"]), seen: .beginning)
    }
}
