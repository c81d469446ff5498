public import DiaryModel
import DiaryStore
import SyncCore

extension Reading {
    /// The diary as a recall is told of it: every entry that may name a lot, or say something of one that does.
    ///
    /// An entry of a kind that is not known here is among them: it may name any lot. So is one whose body
    /// was erased, and one that counts for nothing.
    public func recallDiary() throws -> RecallDiary {
        let entries = try transaction.entries(in: diary, newestFirst: false)
            .filter { Self.isOfRecall($0.kind) }
        return RecallDiary(
            diary,
            entries: try entries.compactMap { summary in
                let events = try transaction.events(of: summary.position, in: diary)
                return try EntryView(of: events, in: self.events, standing: standing)
                    .map { RecallEntry($0, events: events) }
            })
    }

    private static func isOfRecall(_ kind: String) -> Bool {
        switch EntryKind(rawValue: kind) {
        case .infusion, .stock, .reaction, .notice, .note, nil: true
        case .check, .measurement, .training, .plan, .question, .person, .replica, .erasure: false
        }
    }

    /// What the plans say that a recall asks: the products of all versions that hold on a day or later, with
    /// the permitted substitutes, and in whose zone the patient lives.
    ///
    /// Of versions that stand side by side each may hold, so each is among them.
    public func planned(onOrAfter day: CivilDate) throws -> (
        products: Set<ProductKey>, zone: PrintedText?
    ) {
        var products: Set<ProductKey> = []
        var zone: PrintedText?
        for plan in try plans().entries {
            let held = plan.spans.filter { !$0.days.endsBy(day) }.map(\.version)
            products.formUnion((held + plan.candidates).flatMap(\.products))
            zone = zone ?? plan.shown?.plan?.zone
        }
        return (products, zone)
    }
}

extension PlanVersion {
    /// What it names, also where only a newer version can read it whole.
    fileprivate var products: [ProductKey] {
        switch content {
        case .plan(let plan): return [plan.product] + (plan.substitutes ?? [])
        case .notUnderstood(let json):
            let named =
                [json["product"]].compactMap(\.self) + (json["substitutes"]?.arrayValue ?? [])
            return named.compactMap { ProductKey(json: $0) }
        case .erased: return []
        }
    }
}
