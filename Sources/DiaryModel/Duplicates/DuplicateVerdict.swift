import SyncCore

/// Whether two infusions look like one, recorded twice; a machine never decides it, it asks.
///
/// Serial numbers are certain either way. Else the pair is weighed only if it can be one infusion at
/// all: starts within six hours (intravenous: the same day), or the same day where one of them has no
/// time of day. Without that door every weekly dose of one lot would be the duplicate of the last.
public enum DuplicateVerdict: Hashable, Sendable {
    /// They share the serial number of a vial.
    case certainlySame
    case certainlyDifferent(Ground)
    /// Two pieces of evidence or more.
    case probable([Evidence])
    /// Too little to ask.
    case unrelated

    /// Why two are certainly two.
    public enum Ground: Hashable, Sendable { case otherSerials, otherPartOfCourse }

    /// One piece of evidence that two are one.
    public enum Evidence: Hashable, Sendable, CaseIterable {
        case closeStart, sameProduct, closeGrams, sharedLot, sameSites
    }

    /// Compares two infusions of one patient.
    public init(_ left: DuplicateFacts, _ right: DuplicateFacts) {
        if !left.serials.isDisjoint(with: right.serials) {
            self = .certainlySame
        } else if left.serialsAreComplete, right.serialsAreComplete {
            self = .certainlyDifferent(.otherSerials)
        } else if let one = left.course, let other = right.course, one.id == other.id,
            one.part != other.part
        {
            self = .certainlyDifferent(.otherPartOfCourse)
        } else if !Self.canBeOne(left, right) {
            self = .unrelated
        } else {
            let evidence = Evidence.allCases.filter { $0.holds(left, right) }
            self = evidence.count >= 2 ? .probable(evidence) : .unrelated
        }
    }

    /// How far apart two starts may be, but for intravenous ones: six hours.
    public static let closeStartMs: Int64 = 6 * 3_600_000

    private static func canBeOne(_ left: DuplicateFacts, _ right: DuplicateFacts) -> Bool {
        if Evidence.closeStart.holds(left, right) { return true }
        guard left.startMs == nil || right.startMs == nil, let day = left.day else { return false }
        return day == right.day
    }
}

extension DuplicateVerdict.Evidence {
    /// Whether it holds for two infusions.
    func holds(_ left: DuplicateFacts, _ right: DuplicateFacts) -> Bool {
        switch self {
        case .closeStart:
            guard let one = left.startMs, let other = right.startMs else { return false }
            if left.route == .iv, right.route == .iv {
                return left.day != nil && left.day == right.day
            }
            return one.distance(from: other) <= DuplicateVerdict.closeStartMs
        case .sameProduct: return !left.products.isEmpty && left.products == right.products
        case .closeGrams:
            guard let one = left.milligrams, let other = right.milligrams, one > 0, other > 0 else {
                return false
            }
            return one.distance(from: other) <= max(one, other) / 10
        case .sharedLot: return !left.lots.isDisjoint(with: right.lots)
        case .sameSites:
            guard !left.sites.isEmpty, left.sites.count == right.sites.count else { return false }
            return left.sites.map(\.label).sorted() == right.sites.map(\.label).sorted()
        }
    }
}

/// The pairs of infusions that look like one, in order of their ids.
public struct DuplicateSearch: Sendable {
    public let pairs: [(left: DuplicateFacts, right: DuplicateFacts, verdict: DuplicateVerdict)]

    /// Compares what can be one: starts at most six hours apart, the same day, a serial number shared.
    ///
    /// No other two have a verdict that is asked about, so a long diary is not compared each with each.
    public init(_ infusions: [DuplicateFacts]) {
        let sorted = infusions.map { (text: $0.entry.textBytes, facts: $0) }
            .sorted { $0.text.lexicographicallyPrecedes($1.text) }.map(\.facts)
        var pairs: [(left: DuplicateFacts, right: DuplicateFacts, verdict: DuplicateVerdict)] = []
        for pair in Self.candidates(among: sorted) {
            let (left, right) = (sorted[pair.left], sorted[pair.right])
            let verdict = DuplicateVerdict(left, right)
            switch verdict {
            case .certainlySame, .probable: pairs.append((left, right, verdict))
            case .certainlyDifferent, .unrelated: break
            }
        }
        self.pairs = pairs
    }

    /// Two of a list, by their places in it.
    private struct Pair: Hashable, Comparable {
        let left: Int
        let right: Int

        static func < (one: Pair, other: Pair) -> Bool {
            (one.left, one.right) < (other.left, other.right)
        }
    }

    private static func candidates(among facts: [DuplicateFacts]) -> [Pair] {
        var pairs: Set<Pair> = []
        var byDay: [CivilDate: [Int]] = [:]
        var bySerial: [PrintedText: [Int]] = [:]
        for (index, one) in facts.enumerated() {
            if let day = one.day { byDay[day, default: []].append(index) }
            for serial in one.serials { bySerial[serial, default: []].append(index) }
        }
        for alike in [Array(byDay.values), Array(bySerial.values)].joined() {
            for (offset, left) in alike.enumerated() {
                for right in alike.dropFirst(offset + 1) {
                    pairs.insert(Pair(left: left, right: right))
                }
            }
        }
        let timed = facts.indices.compactMap { index in
            facts[index].startMs.map { (start: $0, index: index) }
        }.sorted { $0.start < $1.start }
        for (offset, one) in timed.enumerated() {
            for other in timed.dropFirst(offset + 1) {
                guard one.start.distance(from: other.start) <= DuplicateVerdict.closeStartMs else {
                    break
                }
                pairs.insert(
                    Pair(left: min(one.index, other.index), right: max(one.index, other.index)))
            }
        }
        return pairs.sorted()
    }
}
