import ClinicServer
import DiaryStore
import SyncCore

/// What a clinic that was put back says of its own tables.
extension BackupWords {
    func add(_ records: RecordsTakenOver?, of restore: Restore, to reply: inout Reply) {
        guard restore.keptIn != nil else { return }
        let left = restore.diariesLeft.count
        if left > 0 {
            reply.say(
                left == 1
                    ? "1 diary begun since the backup is in that directory alone."
                    : "\(left) diaries begun since the backup are in that directory alone.")
            reply.say("A device that keeps one brings it back, with a new letter.")
        }
        guard let records else {
            reply.say(
                "Its audit, recalls, staff, patients and devices are in that directory alone:")
            reply.say("here they are the backup's, and a recall's number may be given out again.")
            reply.json["records"] = .null
            reply.note(.waits)
            return
        }
        reply.json["records"] = json(records)
        let recalls = records.recalls
        reply.say(
            "Taken over as well: \(records.auditLines) lines of the audit, "
                + "\(recalls == 1 ? "1 recall" : "\(recalls) recalls"), "
                + "and the staff, patients and devices it had.")
        for (was, now) in records.renumbered.sorted(by: { $0.key < $1.key }) {
            reply.say(
                "Recall \(was) of that store is recall \(now) here: the backup had another \(was).")
        }
        if !records.staffOfBackup.isEmpty {
            reply.say("Look at these logins; they had another name or role in that store:")
            reply.say("  \(records.staffOfBackup.joined(separator: ", "))")
            reply.note(.waits)
        }
        if !records.unread.isEmpty {
            let names = records.unread.map(Self.words).joined(separator: ", ")
            reply.say("What could not be read of it is in that directory alone: \(names).")
            reply.note(.waits)
        }
    }

    private func json(_ records: RecordsTakenOver) -> JSONValue {
        let renumbered = records.renumbered.sorted { $0.key < $1.key }.map { was, now in
            JSONValue.object(["here": .integer(Int64(now)), "was": .integer(Int64(was))])
        }
        return [
            "audit": .integer(Int64(records.auditLines)),
            "recalls": .integer(Int64(records.recalls)), "renumbered": .array(renumbered),
            "staffOfBackup": .array(records.staffOfBackup.map { .string($0) }),
            "unread": .array(records.unread.map { .string($0.rawValue) }),
        ]
    }

    private static func words(for table: RecordsTakenOver.Table) -> String {
        switch table {
        case .audit: "the audit since the backup"
        case .recall: "the recalls, so that a number may be given out again"
        case .staff: "the staff"
        case .patient: "the patients"
        case .device: "the devices"
        case .setting: "who may sign plans"
        }
    }
}
