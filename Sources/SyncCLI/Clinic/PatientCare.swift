import ClinicServer
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// All diaries of a patient as the clinic reads them: one timeline, and how much of it has come (C19).
struct PatientCare {
    let reference: String
    let record: CareRecord
    let reactions: ReactionList
    let coverage: PatientCoverage
    /// The plan's, in whose days doses are counted; the clinic's own where no plan names one.
    let zone: TZif
    let today: CivilDate

    /// - Parameters:
    ///   - since: what is needed is of this day or later.
    ///   - days: on which reactions that are listed began; nil for all.
    fileprivate init(
        of patient: PatientRecord, _ readings: [Reading], coverage: PatientCoverage,
        at nowMs: Int64,
        since: CivilDate?, days: DayWindow?
    ) throws {
        guard let first = readings.first else { throw ClinicError.unknownPatient }
        var record = try CareRecord(first, since: since)
        var reactions = ReactionList()
        let plans = PlanHistory(try readings.flatMap { try $0.plans().entries })
        zone = first.zone(of: plans)
        try reactions.add(
            first, record, zone: zone, now: nowMs, of: patient.reference, days: days)
        for reading in readings.dropFirst() {
            let part = try CareRecord(reading, since: since)
            try reactions.add(
                reading, part, zone: zone, now: nowMs, of: patient.reference, days: days)
            record.add(part)
        }
        reference = patient.reference
        self.record = record
        self.reactions = reactions
        self.coverage = coverage
        today = zone.day(atMs: nowMs)
    }

    /// How far the data reach.
    var reach: CareReport.Reach {
        let retired = coverage.retired.map(\.words)
        let left =
            retired.isEmpty ? "" : " Not waited for: \(retired.joined(separator: "; "))."
        return CareReport.Reach(
            coverage.words(zone: zone) + left,
            until: CoveredDays.until(coverage.reach, today: today, zone: zone))
    }
}

extension ClinicHome {
    /// Looks at one patient, or at all who have a diary, one after the other.
    ///
    /// - Parameter name: what the audit calls the look.
    func cares<Answer>(
        _ name: String, of patient: String?, since: CivilDate? = nil, days: DayWindow? = nil,
        _ answer: (PatientCare) throws -> Answer
    ) throws -> [Answer] {
        let zone = try zone()
        return try clinic.look(name, atPatient: patient, as: staff()) { transaction, looks in
            try looks.filter { !$0.diaries.isEmpty }.map { look in
                let readings = try look.diaries.map {
                    try Reading(transaction, diary: $0.diary, zone: zone)
                }
                return try answer(
                    PatientCare(
                        of: look.patient, readings,
                        coverage: clinic.coverage(of: look.patient, in: transaction),
                        at: clinic.now, since: since, days: days))
            }
        }
    }
}
