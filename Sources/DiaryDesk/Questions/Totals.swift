import DiaryStore
public import DiaryModel
public import SyncCore

/// What was given, with the questions that make it a range.
public struct Totals: Sendable {
    public let given: GivenTotal
    /// Pairs that look like one infusion and that nobody has answered.
    public let probableDuplicates: [DuplicatePair]
    /// The infusions that count, as they are compared with each other.
    public let compared: [DuplicateFacts]
    /// Pairs about which people disagree, or whose counted copy was voided.
    public var openLinks: [OpenQuestion] {
        given.questions.filter { $0.kind != .probableDuplicate }
    }

    public struct DuplicatePair: Sendable {
        public let left: EntryID
        public let right: EntryID
        public let verdict: DuplicateVerdict
    }
}

extension Reading {
    /// The infusions of a span of days and what they add up to.
    ///
    /// - Parameter days: days in the diary's zone; nil for all.
    public func totals(days: ClosedRange<CivilDate>? = nil) throws -> Totals {
        var infusions: [TotalInfusion] = []
        var facts: [DuplicateFacts] = []
        var links: [LinkStatement] = []
        // Two days more either way, whatever the zone's offset is.
        let times = days.map { days in
            Int64(days.lowerBound.daysSinceEpoch - 2) * 86_400_000...Int64(
                days.upperBound.daysSinceEpoch + 2) * 86_400_000
        }
        for summary in try transaction.entries(
            in: diary, kinds: ["infusion"], within: times, newestFirst: false)
        {
            if let days {
                guard let start = summary.startMs, days.contains(zone.day(atMs: start)) else {
                    continue
                }
            }
            guard let view = try view(of: summary.position) else { continue }
            let id = view.entry.id
            let reading = InfusionReading(view)
            switch view.status {
            case .active:
                infusions.append(TotalInfusion(id, .active, reading.milligrams))
                facts.append(DuplicateFacts(entry: id, reading.infusion, planZone: zone))
            case .inQuestion:
                infusions.append(TotalInfusion(id, .inQuestion, reading.milligrams))
            case .voided, .none:
                infusions.append(TotalInfusion(id, .voided, reading.milligrams))
            }
            links += view.linkStatements
        }
        let answered = Set(links.map { [$0.smaller, $0.larger] })
        let pairs = DuplicateSearch(facts).pairs.filter {
            !answered.contains([$0.left.entry, $0.right.entry].sorted())
        }
        return Totals(
            given: GivenTotal(
                infusions, links: links,
                probableDuplicates: pairs.map { ($0.left.entry, $0.right.entry) }),
            probableDuplicates: pairs.map {
                Totals.DuplicatePair(
                    left: $0.left.entry, right: $0.right.entry, verdict: $0.verdict)
            }, compared: facts)
    }
}

extension EntryView {
    /// What is said of this entry and another being one.
    public var linkStatements: [LinkStatement] {
        fields.compactMap { field, register in
            guard field.hasPrefix(Vocabulary.linkPrefix),
                let other = EntryID(String(field.dropFirst(Vocabulary.linkPrefix.count)))
            else { return nil }
            let said = register.candidates.compactMap {
                $0.value.json.flatMap(LinkStatement.Candidate.init(json:))
            }
            return said.isEmpty ? nil : LinkStatement(entry.id, other, said)
        }
    }
}

/// An infusion as its settled fields say it, with its grams as a range where a line is in conflict.
public struct InfusionReading: Sendable {
    public let infusion: Infusion
    public let milligrams: MilligramRange
    /// Every lot that a candidate of a line names, in byte order.
    public let lots: [String]

    public init(_ view: EntryView) {
        infusion = Infusion(fields: view.settledFields)
        var range = MilligramRange.zero
        var lots: Set<PrintedText> = []
        for (field, register) in view.fields where field.hasPrefix("vials.") {
            let lines = register.candidates.map { candidate in
                candidate.value.json.flatMap { VialLine(json: $0) }
            }
            let grams = lines.map { $0?.doseMilligrams ?? 0 }
            range = range + MilligramRange(grams.min() ?? 0, grams.max() ?? 0)
            lots.formUnion(lines.compactMap { $0?.lot })
        }
        milligrams = range
        self.lots = lots.sorted().map(\.text)
    }
}
