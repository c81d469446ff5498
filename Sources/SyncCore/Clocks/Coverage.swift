/// What a set of positions covers: on each branch, everything up to one seq.
///
/// The union over positions of "at or below on the same branch". Adding a position costs the depth of
/// its branch, asking costs one lookup.
public struct Coverage: Sendable, Equatable {
    private var reach: [Int: Int] = [:]

    public init() {}

    public init(_ places: some Sequence<LogPlace>, in tree: LogTree) {
        for place in places { insert(place, in: tree) }
    }

    /// Adds a place and everything below it on its path.
    public mutating func insert(_ place: LogPlace, in tree: LogTree) {
        for step in tree.path(from: place) {
            if let reached = reach[step.branch], reached >= step.seq { return }
            reach[step.branch] = step.seq
        }
    }

    /// Whether the event at this place is covered.
    public func contains(_ place: LogPlace) -> Bool { (reach[place.branch] ?? 0) >= place.seq }

    /// How far a branch is covered; at most its fork if nothing of its own is.
    public func reach(of branch: Int) -> Int { reach[branch] ?? 0 }

    /// Whether everything that `other` covers is covered here.
    public func contains(_ other: Coverage) -> Bool {
        other.reach.allSatisfy { (reach[$0.key] ?? 0) >= $0.value }
    }

    /// The highest places, one for each branch that ends in one: none of them is below another.
    public func tops(in tree: LogTree) -> [LogPlace] {
        let places = reach.map { LogPlace(branch: $0.key, seq: $0.value) }
        return places.filter { place in
            !places.contains { other in
                other != place
                    && tree.path(from: other).contains {
                        $0.branch == place.branch && $0.seq >= place.seq
                    }
            }
        }.sorted { ($0.branch, $0.seq) < ($1.branch, $1.seq) }
    }
}
