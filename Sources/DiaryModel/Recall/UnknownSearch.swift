import SyncCore

/// What an entry leaves unknown of the lots that a patient had.
struct UnknownSearch {
    let query: RecallQuery
    let words: MissingLotWords

    /// What of an entry keeps anybody from saying that the patient is not affected.
    func reasons(in searched: SearchedEntry) -> [UnknownReason] {
        guard searched.entry.occurrence.mayLie(onOrAfter: query.from) else { return [] }
        let statements = searched.entry.statements
        var reasons: [UnknownReason] = []
        if EntryKind(rawValue: searched.entry.view.kind) == nil
            || statements.contains(where: \.isUnreadable)
        {
            reasons.append(UnknownReason(.newerForm, of: searched))
        }
        if statements.contains(where: \.isErased) {
            reasons.append(UnknownReason(.erased, of: searched))
        }
        guard !searched.isOut else { return reasons }
        if searched.isInfusion {
            reasons += searched.isWithoutVials ? whole(searched) : lines(searched)
        } else if searched.isStock, searched.mayBeAtHome {
            reasons += lines(searched)
        }
        return reasons
    }

    /// Lines of which nobody who speaks of them today names a lot that can be compared.
    private func lines(_ searched: SearchedEntry) -> [UnknownReason] {
        searched.entry.standingLines.compactMap { line in
            let said = line.filter { $0.line != nil }
            guard let first = said.first,
                !said.contains(where: { $0.lot.map { LotKey($0) != nil } ?? false })
            else { return nil }
            return UnknownReason(
                .lotMissing, of: searched, first,
                words: said.lazy.compactMap { words.words(for: $0, of: searched) }.first)
        }
    }

    /// An infusion that names no vials at all.
    private func whole(_ searched: SearchedEntry) -> [UnknownReason] {
        guard searched.mayBeGiven else { return [] }
        return [
            UnknownReason(searched.isElsewhere ? .infusedElsewhere : .lotMissing, of: searched)
        ]
    }
}

extension SearchedEntry {
    /// No vial line stands there that says anything, readable or not.
    var isWithoutVials: Bool {
        entry.standingLines.allSatisfy { line in line.allSatisfy(\.isRemoval) }
    }

    /// Whether something may have been given: not where all say it was not done, but for elsewhere.
    var mayBeGiven: Bool { !isSaidNotDone || isElsewhere }

    /// Somebody says that it was given elsewhere.
    var isElsewhere: Bool {
        if outcomes.contains(where: { $0?.reason == .infusedElsewhere }) { return true }
        let places = entry.values(of: "place").compactMap { json in
            json.flatMap { Place(json: $0) }?.code.value
        }
        return !isSaidNotDone && places.contains { $0 != .home }
    }

    /// Stock that came or was counted, or of which nobody can tell.
    fileprivate var mayBeAtHome: Bool {
        let movement = entry.code(of: "movement")
        return movement != "loss" && movement != "move"
    }
}
