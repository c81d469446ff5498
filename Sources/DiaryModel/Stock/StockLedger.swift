import SyncCore

/// All that the entries say of stock, and how much of each lot that makes.
///
/// The problem: a box is counted while an infusion is still being argued about, two people write down
/// one delivery, and nobody knows whether Sunday's count was before or after Sunday's dose. A balance
/// that picks one answer orders too little, or says that a lot in a recall is gone. So every sum is a
/// range: what may not have happened is nothing at its low end, what may lie on either side of a count
/// is nothing or all, and copies of one entry are counted once by the very rules of the grams
/// (`GivenTotal`). Ranges are wider than they might be, never narrower.
///
/// A count is a new baseline of its lots: what lies before it no longer matters to the balance. A count
/// that is itself in doubt is one baseline that may hold; the balance then spans all that may.
struct StockLedger {
    private let byKey: [StockKey: [StockRecord]]
    let readings: [EntryID: StockReading]
    /// Copies that do not count, or may not, because another does.
    private let setAside: Set<EntryID>
    /// Entries on which a question rests that only a person can answer.
    private let questioned: Set<EntryID>
    private let duplicates: [(EntryID, EntryID)]
    private let links: [LinkStatement]
    private let clusters: EntryGroups
    private let members: [EntryID: [EntryID]]

    init(
        _ views: [EntryView], zone: some ZoneRules, clinicReplicas: Set<ReplicaID>
    ) {
        var readings: [EntryID: StockReading] = [:]
        for view in views {
            let reading = StockReading(view, zone: zone, clinicReplicas: clinicReplicas)
            readings[reading.entry] = reading
        }
        let all = readings.values.sorted { $0.entry < $1.entry }
        links = views.flatMap(\.linkStatements)
        let confirmed = Self.confirmed(links, readings)
        let records = all.flatMap(\.records).map { record in
            var record = record
            if record.kind == .shipped, confirmed.contains(record.entry) { record.kind = .received }
            return record
        }
        byKey = Dictionary(grouping: records, by: \.key).mapValues { found in
            let isOfHome = found.contains { $0.kind.isOfHome }
            return found.filter { isOfHome || !$0.isFromHospital }
        }.filter { !$0.value.isEmpty }
        let infusions = views.filter { EntryKind(rawValue: $0.kind) == .infusion }
        duplicates = DiaryTotals(infusions, zone: zone).probableDuplicates.map {
            ($0.left, $0.right)
        }

        var groups = EntryGroups(all.map(\.entry))
        for link in links { groups.join(link.smaller, link.larger) }
        for pair in duplicates { groups.join(pair.0, pair.1) }
        var members: [EntryID: [EntryID]] = [:]
        for group in groups.all where !group.isEmpty { members[groups.name(of: group[0])] = group }
        let standings = all.map { TotalInfusion($0.entry, $0.standing, .zero) }
        let total = GivenTotal(standings, links: links, probableDuplicates: duplicates)
        setAside = Set(total.setAside)
        questioned = Set(total.questions.flatMap(\.entries))
        clusters = groups
        self.members = members
        self.readings = readings
    }

    /// Boxes that are said to be the same as one that somebody at home wrote down: they came.
    private static func confirmed(
        _ links: [LinkStatement], _ readings: [EntryID: StockReading]
    ) -> Set<EntryID> {
        func isReceipt(_ entry: EntryID) -> Bool {
            readings[entry]?.records.contains { $0.kind == .received } ?? false
        }
        return Set(
            links.filter(\.saysSame).flatMap { link in
                (isReceipt(link.smaller) ? [link.larger] : [])
                    + (isReceipt(link.larger) ? [link.smaller] : [])
            })
    }

    /// Whether somebody said that two entries are not one.
    func areSaidDifferent(_ one: EntryID, _ other: EntryID) -> Bool {
        links.contains { link in
            link.saysDifferent && link.smaller == min(one, other) && link.larger == max(one, other)
        }
    }

    /// Whether a lot may be set apart, in whatever size: a quarantine is of the lot.
    func isQuarantined(_ key: StockKey) -> Bool {
        byKey.keys.contains { other in
            let isSameLot = key.lot != nil && other.lot == key.lot && other.product == key.product
            return (isSameLot || other == key)
                && records(other, .quarantined).contains { $0.vials.high > 0 }
        }
    }

    /// The lots of which something that may count is said, in order.
    var keys: [StockKey] {
        byKey.filter { $0.value.contains { mayCount($0.entry) } }.map(\.key).sorted()
    }

    /// All that may count of one lot, in order of the entries.
    func records(_ key: StockKey, _ kinds: StockRecord.Kind...) -> [StockRecord] {
        (byKey[key] ?? []).filter { kinds.contains($0.kind) && mayCount($0.entry) }
    }

    /// Whether an entry counts, or a question is open whether it does.
    func mayCount(_ entry: EntryID) -> Bool {
        guard readings[entry]?.standing != .voided else { return false }
        return !setAside.contains(entry) || questioned.contains(entry)
    }

    /// Whether there is no question that it counts.
    func counts(_ entry: EntryID) -> Bool {
        readings[entry]?.standing == .active && !setAside.contains(entry)
            && !questioned.contains(entry)
    }

    /// The vials of one lot in all entries of a kind, copies counted once.
    ///
    /// - Parameter weigh: how many of a record's vials are to be added.
    func sum(
        _ kind: StockRecord.Kind, of key: StockKey,
        _ weigh: (StockRecord) -> VialRange = { $0.vials }
    ) -> VialRange {
        var amounts: [EntryID: VialRange] = [:]
        for record in byKey[key] ?? [] where record.kind == kind {
            amounts[record.entry, default: .zero] += weigh(record)
        }
        let names = Set(amounts.keys.map { clusters.name(of: $0) })
        let entries = Set(names.flatMap { members[$0] ?? [] })
        let copies = entries.sorted().compactMap { entry in
            readings[entry].map {
                TotalInfusion(entry, $0.standing, (amounts[entry] ?? .zero).amount)
            }
        }
        let total = GivenTotal(
            copies,
            links: links.filter { entries.contains($0.smaller) || entries.contains($0.larger) },
            probableDuplicates: duplicates.filter {
                entries.contains($0.0) && entries.contains($0.1)
            })
        return VialRange(total.milligrams)
    }
}

extension StockLedger {
    /// The vials of a lot that are known to be at home, now or before a count.
    ///
    /// Below zero if more was used or lost than is known to have come.
    func balance(of key: StockKey, before limit: StockRecord? = nil) -> VialRange {
        let counts = records(key, .counted).filter { count in
            guard let limit else { return true }
            return count.entry != limit.entry && count.span.order(to: limit.span) != .after
        }
        let certain = counts.filter { count in
            self.counts(count.entry) && count.isSettled
                && limit.map { count.span.order(to: $0.span) == .before } ?? true
        }
        // A count before a certain one says nothing any more.
        var bases: [StockRecord?] = counts.filter { count in
            !certain.contains {
                $0.entry != count.entry && count.span.order(to: $0.span) == .before
            }
        }
        if certain.isEmpty { bases.append(nil) }
        let balances = bases.map { balance(of: key, since: $0, before: limit) }
        guard let first = balances.first else { return .zero }
        return balances.dropFirst().reduce(first) { $0.union($1) }
    }

    private func balance(
        of key: StockKey, since base: StockRecord?, before limit: StockRecord?
    ) -> VialRange {
        func weigh(_ record: StockRecord) -> VialRange {
            let sinceBase = base.map { record.span.order(to: $0.span) } ?? .after
            let untilLimit = limit.map { record.span.order(to: $0.span) } ?? .before
            if sinceBase == .before || untilLimit == .after { return .zero }
            let isInside = sinceBase == .after && untilLimit == .before
            return isInside ? record.vials : record.vials.orNone
        }
        let start = base?.vials ?? .zero
        return start + sum(.received, of: key, weigh) - sum(.used, of: key, weigh)
            - sum(.lost, of: key, weigh)
    }

    /// The vials used or lost after something happened.
    func goneSince(_ record: StockRecord) -> VialRange {
        func weigh(_ other: StockRecord) -> VialRange {
            switch other.span.order(to: record.span) {
            case .before: .zero
            case .unclear: other.vials.orNone
            case .after: other.vials
            }
        }
        return sum(.used, of: record.key, weigh) + sum(.lost, of: record.key, weigh)
    }
}
