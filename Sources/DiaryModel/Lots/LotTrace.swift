public import SyncCore

/// Every lot that any event of an entry has ever named in a vial line; the base of a recall.
///
/// The problem: a box is in somebody's hands whatever was typed about it later. So nothing hides a
/// lot (domain 2.9): no amendment, no void, no link that sets the entry aside, no closing of the device
/// that wrote it. Only an erased body names none, since it says nothing any more.
public struct LotTrace: Sendable {
    public let entry: EntryID
    public let kind: String
    /// Whether the entry stands.
    public let status: EntryView.Status
    /// In order of the events' positions, then of the fields' names.
    public let sightings: [LotSighting]

    /// What an entry's events name, and how that stands in its view.
    ///
    /// - Parameter events: all events of the entry, those that do not count among them.
    public init(_ events: [StoredEvent], in view: EntryView) {
        entry = view.entry.id
        kind = view.kind
        status = view.status
        let toReview = Set(view.toReview)
        let inOrder = events.map(\.line).sorted { $0.position < $1.position }
        sightings = inOrder.flatMap { line -> [LotSighting] in
            (line.body?.set.members ?? []).compactMap { member in
                guard member.key.hasPrefix("vials.") else { return nil }
                let position = line.position
                let isCandidate =
                    view.fields[member.key]?.candidates.contains { $0.event == position } ?? false
                let standing: LotSighting.Standing =
                    toReview.contains(position) ? .toReview : isCandidate ? .current : .replaced
                return LotSighting(
                    member.value, field: member.key, event: position, standing: standing)
            }
        }
    }

    /// Every lot as printed, once.
    public var lots: Set<PrintedText> { Set(sightings.map(\.lot)) }
}

extension LotTrace {
    /// A sighting that answers a query.
    public struct Answer: Hashable, Sendable {
        public let match: LotQuery.Match
        public let sighting: LotSighting
    }

    /// All that answers a query, the best first: by how it matches, then by how it stands.
    ///
    /// - Parameter scannedKeys: the keys that this patient has received by barcode.
    public func matches(_ query: LotQuery, scannedKeys: Set<LotKey> = []) -> [Answer] {
        let answers = sightings.compactMap { sighting -> Answer? in
            // What names no product is asked about like free text.
            let match = query.match(
                product: sighting.product ?? .other, lot: sighting.lot,
                scanned: sighting.isScanned,
                keyScannedForPatient: !scannedKeys.isEmpty
                    && LotKey(sighting.lot).map(scannedKeys.contains) ?? false)
            return match == .none ? nil : Answer(match: match, sighting: sighting)
        }
        return answers.enumerated().sorted { left, right in
            (left.element.match.rank, left.element.sighting.standing, left.offset)
                < (right.element.match.rank, right.element.sighting.standing, right.offset)
        }.map(\.element)
    }

    /// The best of what answers a query; nil if nothing in this entry does.
    public func bestMatch(_ query: LotQuery, scannedKeys: Set<LotKey> = []) -> Answer? {
        matches(query, scannedKeys: scannedKeys).first
    }
}

extension LotQuery.Match {
    /// The smaller, the more it asks to be acted upon.
    fileprivate var rank: Int {
        switch self {
        case .exact: 0
        case .productDiffers: 1
        case .near: 2
        case .knownOtherLot: 3
        case .none: 4
        }
    }
}
