import DiaryModel
import DiaryStore
public import SyncCore

/// Two entries that look like one infusion and about which nobody has said anything.
public struct ProbableDuplicate: Sendable, Hashable {
    public let left: EntryID
    public let right: EntryID
}

/// How infusions hang together, found in one walk over the lines of a diary.
struct InfusionTies {
    /// The pairs that look like one infusion, those of `totals()`.
    let alike: [ProbableDuplicate]
    /// The pairs of which somebody said whether they are one.
    let linked: [ProbableDuplicate]
    /// Copies of which it is not settled which counts, those of `totals()`.
    let copies: [OpenQuestion]
}

extension Reading {
    /// The ties of the diary's infusions, without reading all of them.
    func infusionTies() throws -> InfusionTies {
        let infusions = try transaction.glances(ofKind: "infusion", in: diary)
        let (linking, numbered) = try transaction.glances(
            infusions, mentioning: "\"\(Vocabulary.linkPrefix)", or: "\"serials\"", in: diary)
        let views = try linking.compactMap { try transaction.view(of: $0, in: diary) }
        return InfusionTies(
            alike: try probableDuplicates(among: infusions, numbered),
            linked: views.flatMap(\.linkStatements).map {
                ProbableDuplicate(left: $0.smaller, right: $0.larger)
            },
            copies: try openCopies(views))
    }

    private func probableDuplicates(
        among infusions: [DiaryTransaction.Glance], _ numbered: [DiaryTransaction.Glance]
    ) throws -> [ProbableDuplicate] {
        var facts: [DuplicateFacts] = []
        var answered: Set<ProbableDuplicate> = []
        for glance in try thoseThatMayPair(among: infusions, numbered) {
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

    private func openCopies(_ linking: [EntryView]) throws -> [OpenQuestion] {
        let held = Set(linking.map(\.entry.id))
        let named = Set(linking.flatMap(\.linkStatements).flatMap { [$0.smaller, $0.larger] })
        let others = try named.subtracting(held).sorted().compactMap(view(of:))
        return DiaryTotals(linking + others, zone: zone).openLinks
    }

    /// The infusions that may look like another, seen from their times and from whether they name
    /// serial numbers; no other is in any pair.
    private func thoseThatMayPair(
        among infusions: [DiaryTransaction.Glance], _ numbered: [DiaryTransaction.Glance]
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
        return found.union(numbered.filter { $0.status == .active })
    }
}
