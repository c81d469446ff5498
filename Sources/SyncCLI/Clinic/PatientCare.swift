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
        of look: PatientReadings, at nowMs: Int64, since: CivilDate?, days: DayWindow?
    ) throws {
        let parts = try look.readings.map { ($0, try CareRecord($0, since: since)) }
        guard let (first, begun) = parts.first else { throw ClinicError.unknownPatient }
        let record = parts.dropFirst().reduce(into: begun) { $0.add($1.1) }
        zone = first.zone(of: record.plans)
        var reactions = ReactionList()
        for (reading, part) in parts {
            try reactions.add(
                reading, part, zone: zone, now: nowMs, of: look.patient.reference, days: days)
        }
        reference = look.patient.reference
        self.record = record
        self.reactions = reactions
        coverage = look.coverage
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
        try readings(name, of: patient) { look in
            try answer(PatientCare(of: look, at: clinic.now, since: since, days: days))
        }.answers
    }
}
