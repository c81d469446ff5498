import SyncCore

/// An entry under search: in which diary it is, and whether another copy counts in its place.
struct SearchedEntry {
    let diary: DiaryID
    let entry: RecallEntry
    let isSetAside: Bool

    /// All entries of a patient, in an order that does not depend on how they were handed in.
    static func all(of patient: RecallPatient) -> [SearchedEntry] {
        patient.diaries.sorted { $0.id < $1.id }.flatMap { diary -> [SearchedEntry] in
            let aside = SettledCopies.setAside(among: diary.entries.map(\.view))
            return diary.entries.map { (order: $0.occurrence.order, entry: $0) }
                .sorted { $0.order < $1.order }
                .map { _, entry in
                    SearchedEntry(
                        diary: diary.id, entry: entry,
                        isSetAside: aside.contains(entry.view.entry.id))
                }
        }
    }

    var id: EntryID { entry.view.entry.id }
    var isInfusion: Bool { entry.view.kind == EntryKind.infusion.rawValue }
    var isStock: Bool { entry.view.kind == EntryKind.stock.rawValue }
    var isVoided: Bool { entry.view.status == .voided }
    /// It did not happen, or another copy of it counts.
    var isOut: Bool { isVoided || isSetAside }

    /// Why it was voided, by the codes of those voids that stand.
    var voidReasons: [PrintedText] {
        let voids = (entry.view.fields[Vocabulary.status]?.candidates ?? []).filter {
            $0.value.json == Vocabulary.voided
        }
        return Set(voids.compactMap { $0.about["reason"].flatMap { PrintedText(json: $0) } })
            .sorted()
    }

    /// What a row of this entry makes of the patient; nil for a lot that is known to be another.
    ///
    /// An older value says nothing of its own where the lot stands in the entry all the same.
    func verdict(
        on match: RecallMatch, _ standing: LotSighting.Standing, of lot: RecalledLot
    ) -> RecallClass? {
        switch match {
        case .exact:
            guard standing != .replaced || stands(lot) else { return .possible }
            if isOut { return .voidedMatch }
            return isStock ? .held : .infused
        case .productDiffers, .sameSkeleton, .oneSlip, .partOfOther: return .possible
        case .knownOtherLot: return nil
        }
    }

    /// Whether the lot stands in a line today, or waits for review there.
    func stands(_ lot: RecalledLot) -> Bool {
        entry.statements.contains { $0.standing != .replaced && lot.isNamed(by: $0) }
    }

    /// It says that it was not done, and nobody says otherwise.
    var isSaidNotDone: Bool {
        let said = outcomes
        return !said.isEmpty && said.allSatisfy { $0?.code == .notDone }
    }

    /// How it ended, by all that is said; nil for what cannot be read here.
    var outcomes: [Outcome?] {
        entry.values(of: "outcome").map { json in json.flatMap { Outcome(json: $0) } }
    }
}

extension RecallEntry {
    /// Line by line what stands there, with what waits for review; not what was replaced.
    var standingLines: [[VialStatement]] {
        var fields: [String] = []
        for statement in statements
        where statement.standing != .replaced && !fields.contains(statement.field) {
            fields.append(statement.field)
        }
        return fields.map { field in
            statements.filter { $0.field == field && $0.standing != .replaced }
        }
    }

    /// How much of a lot its lines name, from the least to the most that is said.
    func amount(of lot: RecalledLot, _ measure: (VialStatement) -> Int64?) -> LotAmount {
        var amount = LotAmount()
        for line in standingLines {
            let named = line.filter { lot.isNamed(by: $0) }
            guard !named.isEmpty else { continue }
            let known = named.compactMap(measure)
            if known.count < named.count { amount.linesNotKnown += 1 }
            let others: [Int64] = known.count < line.count ? [0] : []
            let all = known.map { max(0, $0) } + others
            amount.low = amount.low.addingSaturating(all.min() ?? 0)
            amount.high = amount.high.addingSaturating(all.max() ?? 0)
        }
        return amount
    }
}

/// An amount of one lot in one entry, in whatever unit was measured.
struct LotAmount {
    var low: Int64 = 0
    var high: Int64 = 0
    /// Lines that name the lot and do not say how much of it.
    var linesNotKnown = 0
}
