public import SyncCore

/// What was given, with the questions that make it a range.
public struct DiaryTotals: Sendable {
    public let given: GivenTotal
    /// Pairs that look like one infusion and that nobody has answered.
    public let probableDuplicates: [DuplicatePair]
    /// The infusions that count, as they are compared with each other.
    public let compared: [DuplicateFacts]
    /// Each infusion as it is added up, in the order in which they came.
    let infusions: [TotalInfusion]
    /// What is said of any two being one.
    let links: [LinkStatement]
    /// Pairs about which people disagree, or whose counted copy was voided.
    public var openLinks: [OpenQuestion] {
        given.questions.filter { $0.kind != .probableDuplicate }
    }

    public struct DuplicatePair: Sendable {
        public let left: EntryID
        public let right: EntryID
        public let verdict: DuplicateVerdict
    }

    /// Adds up entries of kind infusion.
    ///
    /// - Parameter zone: in whose days infusions without a time of day are compared.
    public init(_ infusions: some Sequence<EntryView>, zone: some ZoneRules) {
        var counted: [TotalInfusion] = []
        var facts: [DuplicateFacts] = []
        var links: [LinkStatement] = []
        for view in infusions {
            let id = view.entry.id
            let reading = InfusionReading(view)
            switch view.status {
            case .active:
                counted.append(TotalInfusion(id, .active, reading.milligrams))
                facts.append(DuplicateFacts(entry: id, reading.infusion, planZone: zone))
            case .inQuestion:
                counted.append(TotalInfusion(id, .inQuestion, reading.milligrams))
            case .voided, .none:
                counted.append(TotalInfusion(id, .voided, reading.milligrams))
            }
            links += view.linkStatements
        }
        let answered = Set(links.map { [$0.smaller, $0.larger] })
        let pairs = DuplicateSearch(facts).pairs.filter {
            !answered.contains([$0.left.entry, $0.right.entry].sorted())
        }
        given = GivenTotal(
            counted, links: links,
            probableDuplicates: pairs.map { ($0.left.entry, $0.right.entry) })
        probableDuplicates = pairs.map {
            DuplicatePair(left: $0.left.entry, right: $0.right.entry, verdict: $0.verdict)
        }
        compared = facts
        self.infusions = counted
        self.links = links
    }
}
