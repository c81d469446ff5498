internal import SyncCore

/// Looks once more at lines that leave the store, so that damage on the disk is named here and not
/// handed to a device as the clinic's word.
///
/// Each line has to be one by itself, body and hash; to follow the line before it where that is in the
/// section, too; and each head has to name a line. A store changed with more care than that is found by
/// the device, by links, heads and receipts.
enum GivenSections {
    private struct Step: Hashable {
        let replica: ReplicaID
        let seq: Int
    }

    /// - Throws: `ProblemAnswer` of type `integrity`.
    static func check(_ sections: [Section], of diary: DiaryID) throws {
        for section in sections {
            var ids: [Step: Set<EventID>] = [:]
            for bytes in section.lines {
                guard let line = try? EventLine(bytes, diary: diary) else {
                    throw ProblemAnswer(.integrity)
                }
                let envelope = line.envelope
                let before = Step(replica: envelope.replica, seq: envelope.seq - 1)
                if let prev = envelope.prev, let known = ids[before], !known.contains(prev) {
                    throw ProblemAnswer(.integrity)
                }
                ids[Step(replica: envelope.replica, seq: envelope.seq), default: []].insert(line.id)
            }
            for head in section.heads {
                let step = Step(replica: head.position.replica, seq: head.position.seq)
                guard ids[step]?.contains(head.position.id) == true else {
                    throw ProblemAnswer(.integrity)
                }
            }
        }
    }
}
