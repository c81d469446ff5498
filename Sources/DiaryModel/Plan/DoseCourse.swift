public import SyncCore

/// The parts in which one dose was given: a course has the day of its first part and the grams of all.
public struct DoseCourse: Hashable, Sendable {
    /// The infusions, copies that may be the same one among them, in order of their days.
    public let infusions: [EntryID]
    /// The day of the first part.
    public let day: CivilDate
    public let lastDay: CivilDate
    /// The sum; a range where something is in question.
    public let milligrams: MilligramRange
    /// How many infusions they are, certainly and at most.
    public let parts: CountRange
    /// How many parts the course or its plan says there are.
    public let expectedParts: Int
    /// Where it was given, as far as that was said.
    public let places: Set<Place.Code>
    /// Whether something of it certainly took place.
    public let isCertain: Bool

    /// Whether somebody gave it in hospital.
    public var wasInHospital: Bool { places.contains(.hospital) }
}

/// The courses of one plan, and what belongs to none because its day is not known.
struct CourseSearch {
    let courses: [DoseCourse]
    /// Infusions that may have been on one day or another.
    let undated: [TimedInfusion]
    /// Infusions after today: a clock is wrong, or somebody wrote ahead.
    let ahead: [TimedInfusion]

    /// Groups infusions: those that share `course.id`, else consecutive ones within the days of a dose.
    ///
    /// - Parameter infusions: those of this plan, of which no other copy counts.
    init(
        _ infusions: [TimedInfusion], of timeline: DoseTimeline, ledger: InfusionLedger,
        today: CivilDate
    ) {
        let given = infusions.filter { !$0.isVoided && !$0.isNotDone && !ledger.isSetAside($0) }
        undated = given.filter { $0.day == nil }
        ahead = given.filter { ($0.day ?? today) > today }
        let dated = given.compactMap { infusion in
            infusion.day.flatMap { $0 <= today ? Dated(infusion: infusion, day: $0) : nil }
        }.sorted()
        var named: [PrintedText: [Dated]] = [:]
        for one in dated {
            if let id = one.infusion.course?.id { named[id, default: []].append(one) }
        }
        var groups = Array(named.values)
        var open: [Dated] = []
        for one in dated where one.infusion.course == nil {
            if let first = open.first,
                one.day.days(since: first.day) > Self.reach(from: first.day, in: timeline)
            {
                groups.append(open)
                open = []
            }
            open.append(one)
        }
        if !open.isEmpty { groups.append(open) }
        courses = groups.compactMap { Self.course($0, timeline: timeline, ledger: ledger) }
            .sorted { left, right in
                left.day == right.day
                    ? left.infusions.lexicographicallyPrecedes(right.infusions)
                    : left.day < right.day
            }
    }

    /// An infusion with its day.
    private struct Dated: Comparable {
        let infusion: TimedInfusion
        let day: CivilDate

        static func < (left: Self, right: Self) -> Bool {
            left.day == right.day
                ? left.infusion.entry < right.infusion.entry : left.day < right.day
        }
    }

    /// How many days after the first part another one may lie: `parts` + 1 days, the first among them.
    ///
    /// Where doses are due every day or every other day, the next day's is the next dose.
    private static func reach(from day: CivilDate, in timeline: DoseTimeline) -> Int {
        guard let stretch = timeline.stretch(on: day) else { return 1 }
        let interval = stretch.piece(on: day).intervalDays
        return interval <= 2 ? 0 : min(Int(clamping: stretch.plan.parts ?? 1), interval - 1)
    }

    private static func course(
        _ members: [Dated], timeline: DoseTimeline, ledger: InfusionLedger
    ) -> DoseCourse? {
        guard let first = members.first, let last = members.last else { return nil }
        let entries = Set(members.map(\.infusion.entry))
        let said = members.compactMap { $0.infusion.course?.parts }.max()
        let planned = timeline.stretch(on: first.day)?.plan.parts
        let parts = ledger.count(of: entries)
        return DoseCourse(
            infusions: members.map(\.infusion.entry), day: first.day, lastDay: last.day,
            milligrams: ledger.given(by: entries).milligrams, parts: parts,
            expectedParts: Int(clamping: said ?? planned ?? 1),
            places: Set(members.compactMap(\.infusion.place)),
            isCertain: parts.low > 0 && members.contains { $0.infusion.happening == .done })
    }
}

extension DoseTimeline {
    /// The version that holds on a day; nil where none does.
    func stretch(on day: CivilDate) -> Stretch? { stretches.last { $0.days.contains(day) } }
}
