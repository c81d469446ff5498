public import SyncCore

/// Of each product and of each of its lots how many infusions there were, and after how many of them a
/// reaction was written down.
///
/// An infusion of two lots counts for both, since nobody knows which of them it was. It is a count to look
/// at and no finding: a lot given to few people says little. Where copies are in question a number is a
/// range, by the same rule as the grams.
public struct ReactionsByLot: Hashable, Sendable {
    /// Products in order of their keys, each followed by its lots in order of theirs.
    public let rows: [Row]

    public struct Row: Hashable, Sendable {
        public let product: ProductKey
        /// Nil for the product with all its lots, those that are not known among them.
        public let lot: LotKey?
        /// As printed, each spelling once; of a product its free text.
        public let printed: [PrintedText]
        public let infusions: CountRange
        /// Of those the ones after which there was a reaction.
        public let withReaction: CountRange
        /// Nil where there was none, or no grade is known.
        public let highestGrade: Int64?
    }

    /// Counts the infusions that lie, or may lie, in a window of days of one patient's diaries.
    public init(
        reactions: some Sequence<EntryView>, _ ledger: InfusionLedger,
        infusions: some Sequence<EntryView>, in window: DayWindow
    ) {
        let reactions = reactions.filter { $0.kind == EntryKind.reaction.rawValue }
        let standings = CountingEntries(reactions)
        var borne: Set<EntryID> = []
        var grades: [EntryID: Int64] = [:]
        for view in reactions where standings[view.entry.id]?.isLive ?? false {
            let reading = ReactionReading(view)
            borne.formUnion(reading.infusions)
            guard let grade = reading.alertGrade else { continue }
            for infusion in reading.infusions {
                grades[infusion] = max(grades[infusion] ?? 0, grade)
            }
        }
        let here = Set(
            ledger.infusions.filter { infusion in
                !infusion.isVoided && !infusion.isNotDone && !ledger.isSetAside(infusion)
                    && infusion.placement(in: window) != .outside
            }.map(\.entry))
        var found: [Key: (entries: Set<EntryID>, printed: Set<PrintedText>)] = [:]
        for view in infusions where here.contains(view.entry.id) {
            for (key, text) in Self.keys(of: view) {
                found[key, default: ([], [])].entries.insert(view.entry.id)
                if let text { found[key]?.printed.insert(text) }
            }
        }
        rows = found.map { key, found in
            let touched = found.entries.intersection(borne)
            return Row(
                product: key.product, lot: key.lot, printed: found.printed.sorted(),
                infusions: ledger.count(of: found.entries), withReaction: ledger.count(of: touched),
                highestGrade: touched.compactMap { grades[$0] }.max())
        }.sorted(by: Self.isBefore)
    }

    private init(rows: [Row]) { self.rows = rows.sorted(by: Self.isBefore) }

    /// The counts of several patients, lot by lot.
    public static func sum(_ parts: some Sequence<ReactionsByLot>) -> ReactionsByLot {
        var sums: [Key: Row] = [:]
        for row in parts.flatMap(\.rows) {
            let key = Key(product: row.product, lot: row.lot)
            guard let other = sums[key] else {
                sums[key] = row
                continue
            }
            sums[key] = Row(
                product: row.product, lot: row.lot,
                printed: Set(row.printed + other.printed).sorted(),
                infusions: row.infusions + other.infusions,
                withReaction: row.withReaction + other.withReaction,
                highestGrade: [row.highestGrade, other.highestGrade].compactMap(\.self).max())
        }
        return ReactionsByLot(rows: Array(sums.values))
    }

    private struct Key: Hashable {
        let product: ProductKey
        let lot: LotKey?
    }

    /// The products and lots that any candidate of a vial line names.
    private static func keys(of view: EntryView) -> [(Key, PrintedText?)] {
        view.fields.filter { $0.key.hasPrefix("vials.") }.flatMap { field, _ in
            view.distinctCandidates(field).flatMap { candidate -> [(Key, PrintedText?)] in
                guard let line = candidate.value.json.flatMap({ VialLine(json: $0) }),
                    let product = line.product.value
                else { return [] }
                let whole = (Key(product: product, lot: nil), line.productText)
                return line.lotKey.map { [whole, (Key(product: product, lot: $0), line.lot)] }
                    ?? [whole]
            }
        }
    }

    private static func isBefore(_ left: Row, _ right: Row) -> Bool {
        if left.product != right.product { return left.product < right.product }
        guard let one = left.lot, let other = right.lot else { return left.lot == nil }
        return one < other
    }
}

extension CountRange {
    fileprivate static func + (left: Self, right: Self) -> Self {
        CountRange(left.low + right.low, left.high + right.high)
    }
}
