internal import DiaryModel
internal import SeededRandom
internal import SyncCore

/// What truly happens at each due date: given, late, not done or silently missed, and from which boxes.
extension PatientPlanner {
    mutating func planTrips() {
        for year in 0..<CohortTable.years {
            guard random.happens(CohortTable.travels), !days.abroad.isEmpty else { continue }
            let from = days.firstDay + year * 365 + random.between(40...320)
            let zone = random.below(days.abroad.count)
            trips.append(
                Trip(days: from...(from + random.between(CohortTable.tripDays)), zone: zone))
        }
    }

    mutating func planSlots() {
        var due = firstDue
        var offsets = versions.first?.ramp.map(\.dayOffset) ?? []
        let start = due
        var delivery = due - 3
        var counting = due + CohortTable.countEveryDays
        var isExposed = false
        var lastDay = due - 1
        while due <= days.lastDay {
            while delivery <= due {
                deliver(on: delivery)
                delivery += CohortTable.deliveryDays
            }
            while counting <= due {
                count(on: counting)
                counting += CohortTable.countEveryDays
            }
            let exposes = !isExposed && facts.role != nil && due >= clinic.recall.exposureDay
            isExposed = isExposed || exposes
            let timing = timing(of: due, exposes: exposes)
            let day = givenDay(due, timing, after: lastDay)
            if day <= days.lastDay { take(due: due, on: day, timing, exposes: exposes) }
            let wasGiven = timing != .notDone && timing != .silentlyMissing
            if wasGiven { lastDay = day }
            if !offsets.isEmpty { offsets.removeFirst() }
            if let next = offsets.first {
                due = start + next
            } else {
                due =
                    (facts.regimen.isRolling && wasGiven ? day : due) + facts.regimen.intervalDays
            }
        }
    }

    private var firstDue: Int { days.next(facts.regimen.start.weekday, from: facts.startDay) }

    /// On the days on which the clocks change, and where the recalled box is opened, nothing is put off.
    private mutating func timing(of due: Int, exposes: Bool) -> SlotTiming {
        let drawn = random.choose(CohortTable.timing)
        return exposes || days.clockChanges.contains(due) ? .onDay : drawn
    }

    private mutating func givenDay(_ due: Int, _ timing: SlotTiming, after last: Int) -> Int {
        let early = random.below(2) == 0
        let late = random.between(CohortTable.daysLateRange)
        var day =
            switch timing {
            case .onDay, .notDone, .silentlyMissing: due
            case .oneDayOff: early ? due - 1 : due + 1
            case .daysLate: due + late
            }
        if facts.regimen.route == .iv { day = days.workday(day) }
        return max(day, last + 1)
    }

    // MARK: One due date

    private mutating func take(due: Int, on day: Int, _ timing: SlotTiming, exposes: Bool) {
        let trip = trips.first { $0.days.contains(day) }
        guard timing != .notDone, timing != .silentlyMissing else {
            return slots.append(nothing(due: due, timing, isAway: trip != nil))
        }
        let dose = rampDose(on: due) ?? dose(on: due)
        let parts = facts.regimen.partDoses(of: dose)
        let isCut = random.happens(CohortTable.secondPartMissing) && !exposes
        for (index, milligrams) in parts.enumerated() where index == 0 || !isCut {
            let given = day + index
            guard given <= days.lastDay else { continue }
            let lines =
                exposes ? recalled(milligrams, on: given) : lines(of: milligrams, on: given)
            guard !lines.isEmpty else { continue }
            slots.append(
                infused(
                    due: due, on: given, timing, part: index + 1, lines: lines, trip: trip,
                    exposes: exposes))
        }
    }

    private func rampDose(on due: Int) -> Int64? {
        versions.first?.ramp.last { firstDue + $0.dayOffset == due }?.doseMilligrams
    }

    private mutating func nothing(
        due: Int, _ timing: SlotTiming, isAway: Bool
    ) -> InfusionTruth {
        var reason = random.choose(CohortTable.notDoneReasons)
        if isAway { reason = .travel }
        // Where the lot is looked for, nobody was infused elsewhere without one.
        if reason == .infusedElsewhere, facts.isInScope { reason = .other }
        return InfusionTruth(
            dueDay: due, timing: timing, part: 1, startMs: nil, endMs: nil, abroad: nil,
            lines: [], outcome: Outcome(.notDone, reason: reason), isExposure: false, delay: nil)
    }

    /// Vials from the boxes at home, the oldest first.
    private mutating func lines(of milligrams: Int64, on day: Int) -> [DrawnLine] {
        facts.regimen.vials(for: milligrams).flatMap { need in
            need.shelves(of: facts.regimen.product, route: facts.regimen.route).flatMap {
                shelf -> [DrawnLine] in
                let taken = stock.take(need.count, from: shelf)
                let count = taken.reduce(0) { $0 + $1.count }
                return taken + borrowed(need.count - count, from: shelf, day: day)
            }
        }
    }

    /// Vials of the box that is recalled, or of its sister.
    private mutating func recalled(_ milligrams: Int64, on day: Int) -> [DrawnLine] {
        let lot = facts.role == .sister ? clinic.recall.sister : clinic.recall.lot
        let count = milligrams / CohortTable.recallVialMilligrams
        let line = DrawnLine(lot: lot, count: max(count, 1))
        writeReceipt(of: [line], on: day - 3)
        return [line]
    }

    private mutating func infused(
        due: Int, on day: Int, _ timing: SlotTiming, part: Int, lines: [DrawnLine], trip: Trip?,
        exposes: Bool
    ) -> InfusionTruth {
        let startMs = startMs(on: day, abroad: trip?.zone)
        var lines = lines
        var outcome = Outcome(.completed)
        if !exposes, let last = lines.indices.last, lines[last].lot.component == nil {
            let drawn = random.below(CohortTable.whole)
            if drawn < CohortTable.partial + CohortTable.stopped {
                outcome = Outcome(drawn < CohortTable.partial ? .partial : .stopped)
                let vial = lines[last].lot.size.milligrams
                lines[last].discardedMilligrams = vial * random.between(Int64(2)...8) / 10
            }
        }
        let minutes = minutes(of: lines)
        return InfusionTruth(
            dueDay: due, timing: timing, part: part, startMs: startMs,
            endMs: startMs + minutes * 60_000, abroad: trip?.zone, lines: lines, outcome: outcome,
            isExposure: exposes, delay: nil)
    }

    private mutating func startMs(on day: Int, abroad: Int?) -> Int64 {
        let isThroughChange = random.happens(CohortTable.throughTheChange)
        let spread =
            switch facts.regimen.start {
            case .sundayMorning: CohortTable.morningMinute
            case .evening: CohortTable.eveningMinute
            case .workdayMorning: CohortTable.weekdayMinute
            }
        var minute = Int(random.draw(spread)) / 5 * 5
        if isThroughChange, days.clockChanges.contains(day) { minute = 30 }
        return days.ms(day: day, minute: minute, in: abroad.map { days.abroad[$0] })
    }
}
