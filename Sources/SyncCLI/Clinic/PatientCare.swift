import ClinicServer
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// All diaries of a patient as the clinic reads them: one timeline, and how much of it has come (C19).
struct PatientCare {
    let patient: PatientRecord
    let record: CareRecord
    let reactions: ReactionList
    let coverage: PatientCoverage
    /// The plan's, in whose days doses are counted; the clinic's own where no plan names one.
    let zone: TZif

    /// - Parameters:
    ///   - since: what is needed is of this day or later.
    ///   - days: on which reactions that are listed began; nil for all.
    init(
        of patient: PatientRecord, in home: ClinicHome, since: CivilDate? = nil,
        days: DayWindow? = nil
    ) throws {
        var record: CareRecord?
        var reactions = ReactionList()
        let (diaries, coverage) = try home.clinic.database.read { transaction in
            (
                try ClinicRecords(transaction).diaries(of: patient.number).map(\.diary),
                try home.clinic.coverage(of: patient, in: transaction)
            )
        }
        for diary in diaries {
            let desk = try home.desk(diary: diary, act: .seeDiary)
            let part = try desk.read("report") { reading in
                let part = try CareRecord(reading, since: since)
                try reactions.add(reading, part, at: desk, of: patient.reference, days: days)
                return part
            }
            if record == nil { record = part } else { record?.add(part) }
        }
        guard let record else { throw ClinicError.unknownPatient }
        let named = record.plans.entries.lazy.compactMap { $0.shown?.plan?.zone.text }.first
        self.patient = patient
        self.record = record
        self.reactions = reactions
        self.coverage = coverage
        zone = try named.flatMap { ZoneFiles().rules(named: $0) } ?? home.zone()
    }

    /// How far the data reach.
    func reach(today: CivilDate) -> CareReport.Reach {
        let tomorrow = today.adding(days: 1)
        let retired = coverage.retired.map(\.words)
        let left =
            retired.isEmpty ? "" : " Not waited for: \(retired.joined(separator: "; "))."
        switch coverage.reach {
        case .everything:
            return CareReport.Reach("No device is waited for." + left, until: tomorrow)
        case .nothing:
            return CareReport.Reach(
                "A device was never heard, so no day is known to be complete." + left,
                until: CoveredDays.until(coveredMs: nil, zone: zone))
        case .upTo(let ms):
            let heard = zone.wall(atMs: ms)
            return CareReport.Reach(
                "All devices heard up to \(heard.date.longWords) \(heard.clockFace)." + left,
                until: min(CoveredDays.until(coveredMs: ms, zone: zone), tomorrow))
        }
    }
}

extension ClinicHome {
    /// The patients who are meant: one, or all.
    func patients(_ reference: String?) throws -> [PatientRecord] {
        try clinic.database.read { transaction in
            let patients = try ClinicRecords(transaction).patients()
            guard let reference else { return patients }
            let found = patients.filter { $0.reference == reference }
            guard !found.isEmpty else { throw ClinicError.unknownPatient }
            return found
        }
    }

    /// Whether any diary of a patient has begun.
    func hasDiary(_ patient: PatientRecord) throws -> Bool {
        try clinic.database.read { try !ClinicRecords($0).diaries(of: patient.number).isEmpty }
    }
}
