import SyncCore

/// The versions of one plan entry in the order in which people signed them, and which were agreed.
///
/// The problem: two doctors amend one plan offline. Each has signed a version, neither has seen the
/// other's, and no clock says which is newer. The rule: a version was agreed if it stands before or after
/// every other one, that is, if its signer had seen the other or the other's signer had seen it.
/// Two that say the same, signed unseen, are one. So where two stand side by side the last one that
/// both had seen stays what is agreed, and a version that has seen both comes after it: what stood in
/// conflict between never held. Contexts alone decide it; arrival only says what can be asked first.
struct PlanChain {
    /// The agreed versions, the oldest first.
    let agreed: [PlanVersion]
    /// Every event that set the plan and counts, agreed or not.
    let events: Set<Position>

    private struct Signed {
        let event: StoredEvent
        let value: Register.Value
        /// The versions its signer had seen, or that those had seen.
        var before: Set<Int> = []
    }

    /// - Parameter events: all events of the entry; those that do not count are left out.
    init(_ events: [StoredEvent], in view: EntryView, tree: LogTree, standing: Standing) {
        var places: [Position: LogPlace] = [:]
        for event in events { places[event.line.position] = event.held.place }
        // What lies below a line arrived before it.
        var signed = events.sorted { $0.held.arrival < $1.held.arrival }.filter { event in
            let envelope = event.line.envelope
            return envelope.fields.contains("plan") && standing.counts(event.held.place)
                && standing.counts(
                    field: "plan", kind: view.kind, from: envelope.replica,
                    begunBy: view.entry.replica)
        }.map { event in
            Signed(
                event: event,
                value: event.line.body?.set["plan"].map(Register.Value.said) ?? .erased)
        }
        for index in signed.indices {
            let context = signed[index].event.line.envelope.context
            let seen = Coverage(context.compactMap { places[$0] }, in: tree)
            for earlier in signed.indices.prefix(index)
            where seen.contains(signed[earlier].event.held.place) {
                signed[index].before.insert(earlier)
                signed[index].before.formUnion(signed[earlier].before)
            }
        }
        self.events = Set(signed.map(\.event.line.position))
        agreed = Self.agreed(among: signed)
    }

    private static func agreed(among signed: [Signed]) -> [PlanVersion] {
        func areOrdered(_ one: Int, _ other: Int) -> Bool {
            signed[one].before.contains(other) || signed[other].before.contains(one)
        }
        func areAlike(_ one: Int, _ other: Int) -> Bool {
            signed[one].value != .erased && signed[one].value == signed[other].value
        }
        let all = signed.indices
        let chosen = all.filter { one in
            all.allSatisfy { $0 == one || areOrdered(one, $0) || areAlike(one, $0) }
        }.sorted { left, right in
            (signed[left].before.count, left) < (signed[right].before.count, right)
        }
        var groups: [[Int]] = []
        for index in chosen {
            if let last = groups.last?.first, !areOrdered(last, index) {
                groups[groups.count - 1].append(index)
            } else {
                groups.append([index])
            }
        }
        return groups.compactMap { group in
            group.first.map { first in
                PlanVersion(
                    signings: group.map { signing(signed[$0]) },
                    content: PlanVersion.content(of: signed[first].value))
            }
        }
    }

    private static func signing(_ signed: Signed) -> PlanVersion.Signing {
        let line = signed.event.line
        return PlanVersion.Signing(
            event: line.position, author: line.envelope.author, at: line.envelope.at)
    }
}
