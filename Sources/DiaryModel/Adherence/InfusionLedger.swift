public import SyncCore

/// All infusions of a diary, and what any choice of them adds up to.
///
/// The problem: a window of days, or a course, is a part of the diary, and a total of a part must behave
/// as the whole does: links, doubtful pairs and conflicts make a range, and nobody is counted twice or
/// not at all. Adding up only what lies inside would count a copy that was set aside for one outside,
/// and would take for certain what may be a double of one outside.
///
/// The rule: copies that hang together are looked at together. Where all lie inside they go to
/// `GivenTotal` as they are. Where one of them counts and all is settled, only that one's place matters.
/// Otherwise whoever answers the question decides whether anything of it lies inside, so the low end
/// is 0. What lies inside only perhaps has 0 as its low end, too.
public struct InfusionLedger: Sendable {
    /// In the order in which they came.
    public let infusions: [TimedInfusion]
    public let totals: DiaryTotals
    /// Those that hang together by a link `same` or as a doubtful pair, by their places in `infusions`.
    private let clusters: [[Int]]
    private let clusterNumbers: [EntryID: Int]
    private let setAside: Set<EntryID>

    /// Reads the entries of kind infusion.
    ///
    /// - Parameter zone: the plan's.
    public init(_ views: some Sequence<EntryView>, zone: some ZoneRules) {
        let views = Array(views)
        totals = DiaryTotals(views, zone: zone)
        infusions = zip(views, totals.infusions).map {
            TimedInfusion($0, counted: $1, zone: zone)
        }
        var groups = EntryGroups(infusions.map(\.entry))
        for link in LinkStatement.ofPairs(totals.links) where link.saysSame {
            groups.join(link.smaller, link.larger)
        }
        for pair in totals.probableDuplicates { groups.join(pair.left, pair.right) }
        var members: [EntryID: [Int]] = [:]
        for (index, infusion) in infusions.enumerated() {
            members[groups.name(of: infusion.entry), default: []].append(index)
        }
        clusters = members.values.sorted { ($0.first ?? 0) < ($1.first ?? 0) }
        var numbers: [EntryID: Int] = [:]
        for (number, cluster) in clusters.enumerated() {
            for index in cluster { numbers[infusions[index].entry] = number }
        }
        clusterNumbers = numbers
        let asked = Set(totals.openLinks.flatMap(\.entries))
        setAside = Set(totals.given.setAside).subtracting(asked)
    }

    /// Whether people agree that another copy of it counts.
    public func isSetAside(_ infusion: TimedInfusion) -> Bool { setAside.contains(infusion.entry) }

    /// What a choice of infusions adds up to.
    public struct Sum: Hashable, Sendable {
        public var milligrams: MilligramRange
        /// What makes it a range, as far as that is a question about whole entries.
        public var questions: [OpenQuestion]
    }

    /// The grams given in a window of days.
    public func given(in window: DayWindow) -> Sum {
        sum(of: totals.infusions, in: clusters) { $0.placement(in: window) }
    }

    /// The grams given by these infusions.
    public func given(by entries: Set<EntryID>) -> Sum {
        sum(of: totals.infusions, in: clusters(of: entries)) {
            entries.contains($0.entry) ? .inside : .outside
        }
    }

    /// How many infusions these are, certainly and at most: several copies of one are one.
    public func count(of entries: Set<EntryID>) -> CountRange {
        let ones = totals.infusions.map { TotalInfusion($0.entry, $0.standing, MilligramRange(1)) }
        let found = self.sum(of: ones, in: clusters(of: entries)) {
            entries.contains($0.entry) ? .inside : .outside
        }
        return CountRange(
            Int(clamping: found.milligrams.low), Int(clamping: found.milligrams.high))
    }

    private func clusters(of entries: Set<EntryID>) -> [[Int]] {
        Set(entries.compactMap { clusterNumbers[$0] }).sorted().map { clusters[$0] }
    }

    private func sum(
        of counted: [TotalInfusion], in clusters: [[Int]],
        where place: (TimedInfusion) -> DayWindow.Placement
    ) -> Sum {
        var whole: [TotalInfusion] = []
        var cut = Sum(milligrams: .zero, questions: [])
        for cluster in clusters {
            let copies = cluster.map { (total: counted[$0], place: place(infusions[$0])) }
            if copies.allSatisfy({ $0.place == .inside }) {
                whole += copies.map(\.total)
            } else if copies.contains(where: { $0.place != .outside }) {
                let part = self.part(of: copies)
                cut.milligrams = cut.milligrams + part.milligrams
                cut.questions += part.questions
            }
        }
        let total = self.total(of: whole)
        return Sum(
            milligrams: total.milligrams + cut.milligrams,
            questions: total.questions + cut.questions
        )
    }

    /// What a cluster adds of which not all lies inside.
    private func part(
        of copies: [(total: TotalInfusion, place: DayWindow.Placement)]
    ) -> Sum {
        let all = total(of: copies.map(\.total))
        guard all.questions.isEmpty else {
            let here = total(of: copies.filter { $0.place != .outside }.map(\.total))
            return Sum(
                milligrams: MilligramRange(0, here.milligrams.high), questions: all.questions)
        }
        let counting = copies.filter {
            $0.place != .outside && $0.total.standing == .active
                && !all.setAside.contains($0.total.entry)
        }
        let range = counting.reduce(MilligramRange.zero) { sum, copy in
            let milligrams = copy.total.milligrams
            return sum
                + (copy.place == .inside ? milligrams : MilligramRange(0, milligrams.high))
        }
        return Sum(milligrams: range, questions: [])
    }

    /// What some infusions add up to by themselves; what is said of others alone is left aside.
    private func total(of infusions: [TotalInfusion]) -> GivenTotal {
        let held = Set(infusions.map(\.entry))
        return GivenTotal(
            infusions,
            links: totals.links.filter { held.contains($0.smaller) || held.contains($0.larger) },
            probableDuplicates: totals.probableDuplicates.compactMap {
                held.contains($0.left) && held.contains($0.right) ? ($0.left, $0.right) : nil
            })
    }
}
