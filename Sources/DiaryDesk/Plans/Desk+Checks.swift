public import DiaryModel
import DiaryStore
public import SyncCore

extension Desk {
    /// The items that the plan of today asks before an infusion; empty where it names none.
    public func plannedChecks() throws -> [PlannedCheck] {
        try database.read {
            try Reading($0, diary: diary, zone: zone).plans().checks(on: today)
        }
    }

    /// The answers of a checklist that the plan marks as a concern, in the plan's order.
    public func concerns(in check: EntryID) throws -> [CheckConcern] {
        try database.read { transaction in
            let reading = try Reading(transaction, diary: diary, zone: zone)
            guard let view = try reading.view(of: check) else { return [] }
            return CheckAnswers(fields: view.settledFields)
                .concerns(in: try reading.plans().checks(on: today))
        }
    }
}
