/// A vector clock whose components are positions: for each replica how far its log reaches, and on a
/// forked log one position a branch.
///
/// Used for a store's frontier, an event's context and what a peer is known to hold. By itself it is
/// a set of names; what it covers is a question to a `LogTree` that holds those positions.
public struct VectorClock: Sendable, Hashable {
    /// The positions in the order in which they are written: replica text, seq, id text.
    public let positions: [Position]

    public init(_ positions: some Sequence<Position> = []) {
        self.positions = Set(positions).map { ($0.replica.textBytes, $0) }
            .sorted { left, right in
                left.0 == right.0
                    ? left.1 < right.1 : left.0.lexicographicallyPrecedes(right.0)
            }
            .map(\.1)
    }

    public var isEmpty: Bool { positions.isEmpty }

    public var json: JSONValue { .array(positions.map(\.json)) }

    /// Reads an array of positions; nil for anything else.
    public init?(json: JSONValue) {
        guard let items = json.arrayValue else { return nil }
        var positions: [Position] = []
        for item in items {
            guard let position = Position(json: item) else { return nil }
            positions.append(position)
        }
        self.init(positions)
    }
}

/// How two clocks stand to each other.
public enum ClockOrder: String, Sendable {
    case before, after, equal, concurrent
}

extension HeldEvents {
    /// What a clock covers of what is held here; positions not held cover nothing.
    public func coverage(of clock: some Sequence<Position>) throws -> Coverage {
        var coverage = Coverage()
        for position in clock {
            if let held = try held(position) { coverage.insert(held.place, in: tree) }
        }
        return coverage
    }

    /// Whether a clock covers an event that is held here.
    public func covers(_ clock: VectorClock, _ position: Position) throws -> Bool {
        guard let place = try held(position)?.place else { return false }
        return try coverage(of: clock.positions).contains(place)
    }

    /// How two clocks over what is held here stand to each other.
    public func order(_ left: VectorClock, _ right: VectorClock) throws -> ClockOrder {
        let left = try coverage(of: left.positions)
        let right = try coverage(of: right.positions)
        return switch (right.contains(left), left.contains(right)) {
        case (true, true): .equal
        case (true, false): .before
        case (false, true): .after
        case (false, false): .concurrent
        }
    }

    /// The least clock that covers what either covers: of each branch the highest position.
    public func merging(_ left: VectorClock, _ right: VectorClock) throws -> VectorClock {
        try tops(of: left.positions + right.positions)
    }

    /// Those of these positions that are held and not below another of them.
    public func tops(of positions: [Position]) throws -> VectorClock {
        var held: [(position: Position, place: LogPlace)] = []
        for position in positions {
            if let place = try self.held(position)?.place { held.append((position, place)) }
        }
        let tops = Set(Coverage(held.map(\.place), in: tree).tops(in: tree))
        return VectorClock(held.filter { tops.contains($0.place) }.map(\.position))
    }
}
