import DiaryModel
import DiaryStore
public import SyncCore

/// Two entries that look like one infusion and about which nobody has said anything.
public struct ProbableDuplicate: Sendable, Hashable {
    public let left: EntryID
    public let right: EntryID
}

extension Reading {
    /// The pairs that look like one infusion, those of `totals()`, without reading the whole diary.
    ///
    /// Where nothing has come since they were remembered, they are those.
    public func probableDuplicates() throws -> [ProbableDuplicate] {
        if let memory = try DuplicateMemory(in: self), try memory.state == duplicateState() {
            return memory.pairs
        }
        let infusions = try transaction.glances(ofKind: "infusion", in: diary)
        var facts: [DuplicateFacts] = []
        var answered: Set<ProbableDuplicate> = []
        for glance in try thoseThatMayPair(among: infusions) {
            guard let view = try transaction.view(of: glance, in: diary) else { continue }
            for link in view.linkStatements {
                answered.insert(ProbableDuplicate(left: link.smaller, right: link.larger))
            }
            guard view.status == .active else { continue }
            facts.append(
                DuplicateFacts(
                    entry: view.entry.id, InfusionReading(view).infusion, planZone: zone))
        }
        return DuplicateSearch(facts).pairs
            .map { ProbableDuplicate(left: $0.left.entry, right: $0.right.entry) }
            .filter { !answered.contains($0) }
    }

    /// The infusions that may look like another, seen from their times and from whether they name
    /// serial numbers; no other is in any pair.
    private func thoseThatMayPair(
        among infusions: [DiaryTransaction.Glance]
    ) throws -> Set<DiaryTransaction.Glance> {
        let active = infusions.filter { $0.status == .active }
        var timed: [(start: Int64, day: CivilDate, glance: DiaryTransaction.Glance)] = []
        // Without an instant an infusion may have a day, and so may pair with all of that day.
        var found: Set<DiaryTransaction.Glance> = []
        var onDay: [CivilDate: Int] = [:]
        for glance in active {
            if let start = glance.startMs {
                let day = zone.day(atMs: start)
                onDay[day, default: 0] += 1
                timed.append((start, day, glance))
            } else {
                found.insert(glance)
                let view = try transaction.view(of: glance, in: diary)
                let day = view.map(InfusionReading.init)?.infusion.time?.start.day(in: zone)
                if let day { onDay[day, default: 0] += 1 }
            }
        }
        timed.sort { $0.start < $1.start }
        for (index, one) in timed.enumerated() {
            let isClose = [index - 1, index + 1].contains { other in
                timed.indices.contains(other)
                    && (timed[other].start &- one.start).magnitude
                        <= DuplicateVerdict.closeStartMs.magnitude
            }
            if isClose || onDay[one.day] ?? 0 > 1 { found.insert(one.glance) }
        }
        return try found.union(
            transaction.glances(active, mentioning: "\"serials\"", in: diary))
    }

    /// What the pairs follow from: all events held, the clinic whose word counts, the zone of days.
    fileprivate func duplicateState() throws -> JSONValue {
        let pin = try transaction.pinnedClinic(in: diary)?.text ?? ""
        let state: JSONValue = [
            events.frontier.json, .string(pin), .string(zone.name),
        ]
        let hash = SHA256Hash.octets(of: state.canonicalBytes)
        return .string(String(decoding: Base64URL.encode(hash), as: UTF8.self))
    }
}

/// The pairs found last, and of which state of the diary they are: a sync that brings nothing then
/// looks for nothing.
struct DuplicateMemory {
    let state: JSONValue
    let pairs: [ProbableDuplicate]

    private static let setting = "duplicates.found"

    init(state: JSONValue, pairs: [ProbableDuplicate]) {
        self.state = state
        self.pairs = pairs
    }

    init?(in reading: Reading) throws {
        guard let kept = try reading.transaction.setting(Self.setting, in: reading.diary),
            let state = kept["state"], let pairs = kept["pairs"]?.arrayValue
        else { return nil }
        self.state = state
        self.pairs = pairs.compactMap { pair in
            guard let items = pair.arrayValue, items.count == 2, let left = EntryID(json: items[0]),
                let right = EntryID(json: items[1])
            else { return nil }
            return ProbableDuplicate(left: left, right: right)
        }
        guard self.pairs.count == pairs.count else { return nil }
    }

    func keep(in transaction: DiaryTransaction, _ diary: DiaryID) throws {
        let pairs = pairs.map { JSONValue.array([.string($0.left.text), .string($0.right.text)]) }
        try transaction.setSetting(
            Self.setting, ["pairs": .array(pairs), "state": state], in: diary)
    }
}

extension Desk {
    /// Remembers the pairs that look like one infusion, unless they are remembered already.
    public func rememberDuplicates(_ pairs: [ProbableDuplicate], of frontier: VectorClock) throws {
        let memory = try database.read { transaction -> DuplicateMemory? in
            let reading = try Reading(transaction, diary: diary, zone: zone)
            let state = try reading.duplicateState()
            guard reading.events.frontier == frontier,
                try DuplicateMemory(in: reading)?.state != state
            else { return nil }
            return DuplicateMemory(state: state, pairs: pairs)
        }
        if let memory { try database.write { try memory.keep(in: $0, diary) } }
    }
}
