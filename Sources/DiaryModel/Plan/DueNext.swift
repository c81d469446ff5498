import SyncCore

/// What is due next by one plan; it shows the plan and reminds of it, and tells nobody to infuse.
public enum DueNext: Hashable, Sendable {
    /// The first slot that is still open, and whether it rests on an open question.
    case slot(DueSlot, restsOnQuestion: Bool)
    /// The patient has left the programme: no reminder is sent (C20).
    case ended(on: CivilDate)
    /// Nothing is worked out until a person has decided.
    case notComputed(PlanObstacle)
    /// The plan makes nothing due.
    case nothing

    /// Whether a reminder may be sent: only from an agreed plan, and from nothing that is in question.
    public var mayRemind: Bool {
        guard case .slot(let slot, restsOnQuestion: false) = self else { return false }
        return slot.status != .notReceived
    }
}

extension DoseSchedule {
    /// The slot that is open now, or comes next.
    ///
    /// One of which not everything has been received is passed by once the next has opened; it stays in
    /// `slots` as not received.
    public var dueNext: DueNext {
        if let endsOn, endsOn <= today { return .ended(on: endsOn) }
        if let obstacle { return .notComputed(obstacle) }
        guard let slot = openSlot else { return endsOn.map { .ended(on: $0) } ?? .nothing }
        return .slot(slot, restsOnQuestion: restsOnQuestion(slot))
    }

    private var openSlot: DueSlot? {
        let closed = slots.lastIndex(where: \.isClosed) ?? -1
        let open = slots.dropFirst(closed + 1)
        return open.last { $0.status != .upcoming } ?? open.first
    }

    /// Whether an answer could move the slot, or fill it.
    private func restsOnQuestion(_ slot: DueSlot) -> Bool {
        let before = slots.last { $0.date < slot.date }
        if let course = before?.course, !course.isCertain { return true }
        let opensOn = slot.date.adding(days: -slot.graceDays)
        return questions.contains { question in
            switch question {
            case .dayUnknown(_, let days), .whichPlan(_, let days):
                days.map { $0.upperBound >= opensOn } ?? false
            case .dayAhead: true
            case .partMissing, .givenYetNotDone: false
            }
        }
    }
}
