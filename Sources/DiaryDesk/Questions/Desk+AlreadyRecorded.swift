import DiaryModel
import DiaryStore
public import SyncCore

extension Desk {
    /// Infusions on record that look like the one about to be saved, in the order in which they began.
    ///
    /// Whoever taps "same as last time" twice, or infuses what a carer has written down already, is asked
    /// before there are two of them (domain C14, H11).
    public func alreadyRecorded(_ set: JSONObject) throws -> [EntryView] {
        let infusion = Infusion(fields: set)
        guard infusion.outcome?.code != .notDone, let start = infusion.time?.start else {
            return []
        }
        return try database.read { transaction in
            let near = try transaction.glances(ofKind: EntryKind.infusion.rawValue, in: diary)
                .filter { glance in
                    // What has a day alone may be of this one; only its entry says so.
                    guard let began = glance.startMs, let ms = start.ms else { return true }
                    let (apart, overflowed) = began.subtractingReportingOverflow(ms)
                    return !overflowed && apart.magnitude <= Self.dayMs
                }
            return try near.sorted { $0.startMs ?? .min < $1.startMs ?? .min }
                .filter { $0.status == .active }
                .compactMap { try transaction.view(of: $0, in: diary) }
                .filter { looks(infusion, like: $0) }
        }
    }

    /// An infusion into a vein is asked about within its whole day.
    private static let dayMs: UInt64 = 24 * 3_600_000

    private func looks(_ infusion: Infusion, like view: EntryView) -> Bool {
        let recorded = InfusionReading(view).infusion
        guard recorded.outcome?.code != .notDone else { return false }
        // What is not saved has no id yet, and the verdict looks at none.
        let id = view.entry.id
        let verdict = DuplicateVerdict(
            DuplicateFacts(entry: id, infusion, planZone: zone),
            DuplicateFacts(entry: id, recorded, planZone: zone))
        switch verdict {
        case .certainlySame, .probable: return true
        case .certainlyDifferent, .unrelated: return false
        }
    }
}
