import SyncCore

/// Entries that somebody said are one infusion: counted once (domain 6).
struct PlainGroup {
    let members: Set<EntryID>
    /// The pairs with `same` in which a member stands, those with an entry not held among them.
    let links: [PlainLink]

    /// What a group gives if each status in conflict is answered in one certain way.
    struct Outcome: Hashable {
        /// From its smallest to its largest copy, or what the one that counts says.
        let range: PlainRange
        /// Whether it was given for certain; else it may have been nothing.
        let isCertain: Bool
    }

    /// The groups of all entries: joined wherever `same` was said of two that are held.
    static func all(of entries: [EntryID], _ links: [PlainLink]) -> [PlainGroup] {
        let same = links.filter(\.saysSame)
        return components(of: entries, joinedBy: same.map(\.pair)).map { members in
            PlainGroup(
                members: members, links: same.filter { !$0.pair.isDisjoint(with: members) })
        }
    }

    /// All outcomes that the answers about statuses allow; nil where a status is nothing: all voided.
    ///
    /// - Returns: nothing at all if there are more answers than can be tried.
    func outcomes(_ copies: [EntryID: PlainInfusion]) -> Set<Outcome?>? {
        let inQuestion = members.filter { copies[$0]?.status == .inQuestion }.sorted()
        let active = members.filter { copies[$0]?.status == .active }
        guard inQuestion.count <= 14 else { return nil }
        let doses = copies.filter { members.contains($0.key) }.mapValues(\.dose)
        return Set(
            subsets(of: inQuestion).map { outcome(active: active.union($0), doses: doses) })
    }

    /// What the group gives if exactly these of its members stand.
    private func outcome(active: Set<EntryID>, doses: [EntryID: PlainRange]) -> Outcome? {
        let standing = active.intersection(members)
        guard !standing.isEmpty else { return nil }
        let left = standing.subtracting(links.flatMap(\.setAside))
        let isDisputed = links.contains(where: \.isDisputed)
        if !isDisputed, left.count == 1, let counted = left.first {
            return Outcome(range: doses[counted] ?? .nothing, isCertain: true)
        }
        let said = standing.compactMap { doses[$0] }
        var most = said.map(\.high).max() ?? 0
        if isDisputed { most = max(most, sumIfDifferent(active, doses)) }
        let counted = Set(links.flatMap(\.counted)).intersection(members)
        let lost = counted.subtracting(standing)
        return Outcome(
            range: PlainRange(low: said.map(\.low).min() ?? 0, high: most),
            isCertain: lost.isEmpty || !left.isEmpty)
    }

    /// What would count if all who said "different" were right.
    private func sumIfDifferent(_ active: Set<EntryID>, _ doses: [EntryID: PlainRange]) -> Int64 {
        let agreed = links.filter { !$0.isDisputed }
        let parts = PlainGroup.all(of: Array(members), agreed)
        return parts.compactMap { $0.outcome(active: active, doses: doses)?.range }
            .reduce(.nothing, +).high
    }

    /// What has to be asked about it, of entries whose statuses are as they are.
    func question(_ copies: [EntryID: PlainInfusion]) -> PlainQuestion.Kind? {
        func having(_ statuses: PlainInfusion.Status...) -> Set<EntryID> {
            members.filter { copies[$0].map { statuses.contains($0.status) } ?? false }
        }
        let aside = Set(links.flatMap(\.setAside))
        let counted = Set(links.flatMap(\.counted))
        let left = having(.active, .inQuestion).subtracting(aside)
        if having(.active, .inQuestion).isEmpty { return nil }
        if links.contains(where: \.isDisputed) { return .sameAgainstDifferent }
        if left.count == 1 {
            return left.isSubset(of: having(.active)) ? nil : .statusInConflict
        }
        let isLost = !counted.isDisjoint(with: having(.voided, .none))
        if isLost, left.isDisjoint(with: having(.active)) { return .countedVoided }
        return left.isEmpty ? .noneCounts : .severalCount
    }
}

/// Entries in sets that are joined by pairs, directly or by way of others.
func components<Item: Hashable>(
    of items: [Item], joinedBy pairs: some Sequence<Set<Item>>
) -> [Set<Item>] {
    var sets = items.map { Set([$0]) }
    for pair in pairs where pair.isSubset(of: items) {
        let touched = sets.filter { !$0.isDisjoint(with: pair) }
        sets.removeAll { !$0.isDisjoint(with: pair) }
        sets.append(touched.reduce(into: []) { $0.formUnion($1) })
    }
    return sets
}

/// All subsets of a few items.
func subsets<Item>(of items: [Item]) -> [[Item]] {
    items.reduce([[]]) { found, item in found + found.map { $0 + [item] } }
}
