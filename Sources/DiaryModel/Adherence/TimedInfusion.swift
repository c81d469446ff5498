public import SyncCore

/// What schedules and adherence need to know of one infusion.
public struct TimedInfusion: Hashable, Sendable {
    public let entry: EntryID
    public let standing: TotalInfusion.Standing
    /// Its grams; a range where a vial line is in conflict.
    public let milligrams: MilligramRange
    /// The days, in the plan's zone, that each candidate of its time says: one day, or those of a bare
    /// month; nil where one says none that is understood here.
    private let said: [ClosedRange<CivilDate>]?
    /// The days between which it began, all that is said among them: one day where that is known; nil
    /// where not even a month is.
    public let days: ClosedRange<CivilDate>?
    public let happening: Happening
    public let course: Course?
    /// The version of the plan that its writer could see.
    public let planVersion: Position?
    public let route: Route?
    public let products: Set<ProductKey>
    public let place: Place.Code?

    /// Whether it took place.
    public enum Happening: Hashable, Sendable {
        case done
        case notDone(NotDoneReason?)
        /// People wrote both, or it stands in a form that is not known here.
        case unclear
    }

    /// Reads an entry of kind infusion.
    ///
    /// - Parameters:
    ///   - counted: how it is added up.
    ///   - zone: in whose days the plan counts, wherever it was given.
    init(_ view: EntryView, counted: TotalInfusion, zone: some ZoneRules) {
        let infusion = InfusionReading(view).infusion
        entry = view.entry.id
        standing = counted.standing
        milligrams = counted.milligrams
        said = Self.days(view.fields["time"], zone: zone)
        days = said.flatMap { said in
            guard let first = said.map(\.lowerBound).min(),
                let last = said.map(\.upperBound).max()
            else { return nil }
            return first...last
        }
        happening = Self.happening(view.fields["outcome"])
        course = infusion.course
        planVersion = infusion.planVersion.flatMap { Position(json: $0) }
        route = infusion.route?.value
        products = Set(infusion.lines.compactMap { $0.line.product.value })
        place = infusion.place?.code.value
    }

    private static func days(
        _ register: Register?, zone: some ZoneRules
    ) -> [ClosedRange<CivilDate>]? {
        var said: [ClosedRange<CivilDate>] = []
        for candidate in register?.candidates ?? [] {
            guard let time = candidate.value.json.flatMap({ TimeValue(json: $0) }) else {
                return nil
            }
            said.append(time.start.days(in: zone))
        }
        return said.isEmpty ? nil : said
    }

    private static func happening(_ register: Register?) -> Happening {
        let candidates = register?.candidates ?? []
        let outcomes = candidates.compactMap { $0.value.json.flatMap { Outcome(json: $0) } }
        let words = candidates.filter { candidate in
            candidate.value.json.map { $0.isNull || AnswerWord(json: $0) != nil } ?? false
        }
        let notDone = outcomes.filter { $0.code == .notDone }
        if notDone.isEmpty {
            return outcomes.count + words.count == candidates.count ? .done : .unclear
        }
        guard notDone.count == candidates.count else { return .unclear }
        let reasons = Set(notDone.map(\.reason))
        return .notDone(reasons.count == 1 ? notDone.first?.reason : nil)
    }

    /// Its day, where that is known.
    public var day: CivilDate? {
        days.flatMap { $0.lowerBound == $0.upperBound ? $0.lowerBound : nil }
    }

    /// Whether it began in a window of days: perhaps, where one of several times lies inside and another
    /// does not. In a window between two times nobody says that it began.
    public func placement(in window: DayWindow) -> DayWindow.Placement {
        let place = window.placement(of: said?.first)
        let isAgreed = said?.allSatisfy { window.placement(of: $0) == place } ?? true
        return isAgreed ? place : .perhaps
    }

    /// Whether it says that a dose was not given.
    public var isNotDone: Bool { if case .notDone = happening { true } else { false } }

    /// Whether it is voided, or nothing that counts begins it.
    public var isVoided: Bool { standing == .voided }
}

extension Moment {
    /// The local days in the plan's zone on which it may have been: one, or those of a bare month.
    public func days(in planZone: some ZoneRules) -> ClosedRange<CivilDate> {
        if let day = day(in: planZone) { return day...day }
        return wall.date...wall.date.endOfMonth
    }
}
