internal import DiaryModel
internal import SyncCore

/// Totals, questions and lots, held against plain calculations over what the oracle knows.
extension DiaryWorld {
    /// What the oracle knows of every infusion that a store holds.
    ///
    /// - Parameters:
    ///   - want: the events that speak for each field of each entry.
    ///   - questions: the entries with a void that a correction had not seen.
    func plainInfusions(
        on machine: Machine, want: [FieldOfEntry: Set<EventID>], questions: Set<EventID>
    ) -> [PlainInfusion] {
        var infusions: [EventID: PlainInfusion] = [:]
        for position in machine.store.arrived
        where oracle.events[position.id]?.entry == position.id
            && oracle.events[position.id]?.kind == "infusion"
        {
            infusions[position.id] = PlainInfusion(entry: position.id, status: .none, fields: [:])
        }
        for (key, events) in want where infusions[key.entry] != nil {
            infusions[key.entry]?.fields[key.field] = events.sorted().map { event in
                machine.store.erased.contains(event)
                    ? .erased : .said(oracle.events[event]?.sets[key.field] ?? .null)
            }
        }
        return infusions.values.map { infusion in
            var infusion = infusion
            infusion.status = Self.status(
                infusion.fields["status"] ?? [], isAsked: questions.contains(infusion.entry))
            return infusion
        }.sorted { $0.entry < $1.entry }
    }

    private static func status(
        _ said: [Register.Value], isAsked: Bool
    ) -> PlainInfusion.Status {
        guard let first = said.first else { return .none }
        let isDisputed = Set(said).count > 1 || (said.count > 1 && said.contains(.erased))
        if isAsked || isDisputed { return .inQuestion }
        return first == .said(Vocabulary.voided) || first == .erased ? .voided : .active
    }

    func judgeTotals(
        _ views: [EventID: EntryView], _ infusions: [PlainInfusion]
    ) throws {
        guard let plain = plainTotals(infusions, zone: FixedZone()) else { return }
        let shown = views.values.filter { $0.kind == "infusion" }
        let totals = DiaryTotals(shown.sorted { $0.entry < $1.entry }, zone: FixedZone())
        let given = totals.given
        try check(
            given.milligrams.low == plain.range.low && given.milligrams.high == plain.range.high,
            "the total is \(given.milligrams), and what was given \(plain.range)")
        try check(Set(given.setAside) == plain.setAside, "another copy set aside than was said")
        try check(
            Set(given.questions.map { Set($0.entries) }) == Set(plain.questions.map(\.entries)),
            "a question about a total lost or invented")
        if isQuiet { count(plain, given.milligrams) }
    }

    private func count(_ plain: PlainTotals, _ milligrams: MilligramRange) {
        if !milligrams.isExact { count(.totalIsRange) }
        for question in plain.questions {
            switch question.kind {
            case .probableDuplicate: count(.probableDuplicate)
            case .noneCounts: count(.mutualSetAside)
            case .severalCount: count(.severalCount)
            case .countedVoided: count(.countedVoided)
            case .sameAgainstDifferent: count(.sameAgainstDifferent)
            case .statusInConflict: break
            }
        }
    }

    /// Nothing hides a lot: no void, no amendment, no link, no closing.
    func judgeLots(on machine: Machine, _ views: [EventID: EntryView]) throws {
        let store = machine.store
        let bodies = store.lines.values.filter { !$0.isErased }.compactMap { line in
            oracle.events[line.id].flatMap { event in
                event.kind == "infusion" ? (entry: event.entry, set: event.sets) : nil
            }
        }
        let wanted = plainLots(bodies)
        var found: Set<PlainLot> = []
        for (entry, view) in views where view.kind == "infusion" {
            guard let held = try store.held(view.entry) else { continue }
            let trace = LotTrace(try store.events(ofEntry: held.entry), in: view)
            for sighting in trace.sightings {
                found.insert(PlainLot(entry: entry, lot: .string(sighting.lot.text)))
                guard let product = sighting.product,
                    let query = LotQuery(product: product, lot: sighting.lot)
                else { continue }
                try check(
                    trace.bestMatch(query)?.match == .exact, "a recall does not find its own lot")
            }
        }
        try check(found == wanted, "a lot that was written is not found")
        if isQuiet, machine === hub { try judgeRecalls(on: machine, views) }
    }

    /// A recall of any lot finds it however it was printed, and no other for the same.
    private func judgeRecalls(on machine: Machine, _ views: [EventID: EntryView]) throws {
        for view in views.values where view.kind == "infusion" {
            guard let held = try machine.store.held(view.entry) else { continue }
            let trace = LotTrace(try machine.store.events(ofEntry: held.entry), in: view)
            for product in Set(trace.sightings.compactMap(\.product)) {
                let printed = trace.sightings.filter { $0.product == product }.map(\.lot.text)
                let keys = Set(printed.map(plainLotKey))
                for lot in InfusionFacts.lots {
                    guard let query = LotQuery(product: product, lot: lot) else { continue }
                    let isFound = trace.bestMatch(query)?.match == .exact
                    try check(
                        isFound == keys.contains(plainLotKey(lot.text)),
                        "a recall misses a lot, or takes another for it")
                }
            }
        }
    }
}
