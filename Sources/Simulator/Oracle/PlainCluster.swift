/// Groups of which some may be one infusion: nobody has answered yet.
struct PlainCluster {
    /// Of each group what it may give; nil is nothing, all of it voided.
    let outcomes: [Int: Set<PlainGroup.Outcome?>]
    /// The pairs that look alike.
    let doubtful: Set<Set<Int>>

    /// The most answers that are tried one by one.
    static let limit = 20_000

    /// From the least to the most that any answer gives.
    var range: PlainRange {
        let count = outcomes.values.reduce(1) { min($0 * $1.count, Self.limit + 1) }
        let answers = doubtful.count < 14 ? 1 << doubtful.count : Self.limit + 1
        return count * answers <= Self.limit ? tried : reasoned
    }

    /// Every outcome of every group, with every pair the same or not.
    var tried: PlainRange {
        var worlds: [[Int: PlainGroup.Outcome]] = [[:]]
        for (group, possible) in outcomes {
            worlds = worlds.flatMap { world in
                possible.map { outcome in
                    var world = world
                    world[group] = outcome
                    return world
                }
            }
        }
        var total: PlainRange?
        for same in subsets(of: Array(doubtful)) {
            let parts = components(of: Array(outcomes.keys), joinedBy: same)
            for world in worlds {
                var sum = PlainRange.nothing
                for part in parts { sum = sum + Self.once(part.compactMap { world[$0] }) }
                total = total?.or(sum) ?? sum
            }
        }
        return total ?? .nothing
    }

    /// The same without trying: least if all are one infusion, most if all are different.
    var reasoned: PlainRange {
        let all = outcomes.values.flatMap { $0.compactMap(\.self) }
        let isCertain = outcomes.values.contains { possible in
            possible.allSatisfy { $0?.isCertain ?? false }
        }
        let most = outcomes.values.map { possible in
            PlainRange(low: 0, high: possible.compactMap { $0?.range.high }.max() ?? 0)
        }
        return PlainRange(
            low: isCertain ? all.map(\.range.low).min() ?? 0 : 0,
            high: most.reduce(.nothing, +).high)
    }

    /// What these groups give if they are one infusion: from the least of them to the most.
    private static func once(_ groups: [PlainGroup.Outcome]) -> PlainRange {
        PlainRange(
            low: groups.contains(where: \.isCertain) ? groups.map(\.range.low).min() ?? 0 : 0,
            high: groups.map(\.range.high).max() ?? 0)
    }
}
