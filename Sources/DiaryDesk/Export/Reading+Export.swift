public import DiaryModel
import DiaryStore
import SyncCore

extension Reading {
    /// All of this diary, for an export.
    ///
    /// - Parameters:
    ///   - others: the patient's further diaries, in which an infusion may stand a second time.
    ///   - patientRef: what the clinic calls the patient, or a pseudonym; empty at home, where nobody
    ///     knows it.
    ///   - coverageToMs: until when every device has been heard; only a clinic knows that.
    ///   - showsNames: whether names, notes and questions are told.
    public func exported(
        beside others: [Reading] = [], for patientRef: String = "", asOfMs: Int64,
        coverageToMs: Int64? = nil, showsNames: Bool = true
    ) throws -> ExportedDiary {
        ExportedDiary(
            try exportedEntries(), beside: try others.flatMap { try $0.exportedEntries() },
            of: diary, patientRef: patientRef, asOfMs: asOfMs, coverageToMs: coverageToMs,
            zone: zone, showsNames: showsNames, clinicReplicas: standing.clinicReplicas)
    }

    private func exportedEntries() throws -> [ExportedEntry] {
        try transaction.entries(in: diary, newestFirst: false).compactMap { entry in
            try ExportedEntry(
                of: transaction.events(of: entry.position, in: diary), in: events,
                standing: standing)
        }
    }
}
