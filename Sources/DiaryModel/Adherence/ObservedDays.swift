extension Adherence {
    /// The days of a window that can be compared with a plan, and how they compare.
    public struct Observed: Sendable {
        public let window: DayWindow
        /// Given on these days.
        public let given: MilligramRange
        /// Milligrams prescribed for these days.
        public let prescribed: Fraction
        /// Given over prescribed, not capped; nil where nothing was prescribed.
        public let dose: FractionRange?
        /// Slots due on these days that are closed: given, not done, or missed.
        public let slotsClosed: Int
        /// Of those the ones in which something was given.
        public let slotsGiven: CountRange
        /// Of those the ones in which it was given within the grace.
        public let slotsInTime: CountRange
        /// Of those the ones with at least 95 % of the dose.
        public let slotsFull: CountRange

        /// Doses in time over slots closed; nil where none is closed.
        public var timing: FractionRange? { FractionRange(slotsInTime, of: slotsClosed) }
        /// Full doses over slots closed; nil where none is closed.
        public var fullDoses: FractionRange? { FractionRange(slotsFull, of: slotsClosed) }

        /// Nil where the sum of what was prescribed does not fit.
        init?(
            in window: DayWindow, _ ledger: InfusionLedger, _ timelines: [DoseTimeline],
            _ schedules: [DoseSchedule]
        ) {
            let sum = timelines.reduce(Fraction?.some(.zero)) { sum, timeline in
                timeline.prescribed(in: window).flatMap { sum?.adding($0) }
            }
            guard let sum else { return nil }
            self.window = window
            given = ledger.given(in: window).milligrams
            prescribed = sum
            dose = FractionRange(given, of: sum)

            let slots = schedules.flatMap(\.slots).filter {
                $0.isClosed && window.contains($0.date)
            }
            slotsClosed = slots.count
            // Infusions of an unknown day may have filled any of the slots that stand empty.
            let unknown = schedules.flatMap(\.questions).count { question in
                if case .dayUnknown = question { true } else { false }
            }
            let empty = min(unknown, slots.count { $0.course == nil })
            func count(_ holds: (DueSlot) -> (certainly: Bool, perhaps: Bool)) -> CountRange {
                let found = slots.map(holds)
                return CountRange(
                    found.count { $0.certainly }, found.count { $0.perhaps } + empty)
            }
            slotsGiven = count { ($0.course?.isCertain ?? false, $0.course != nil) }
            slotsInTime = count { ($0.isInTime && $0.course?.isCertain ?? false, $0.isInTime) }
            slotsFull = count { $0.isFull }
        }
    }
}
