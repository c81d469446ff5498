internal import ClinicServer
internal import DiaryModel
internal import DiaryStore
internal import SeededRandom
internal import SyncCore

/// Carries a plan out through the engine: a clinic's store, and every device a replica of its own.
///
/// Devices write with LocalCommit into stores in memory, and meet the clinic through the two sync
/// machines in the order of the plan; there is no HTTP between them. One patient is one transaction. All
/// keys and ids come from the seed, so the same plan makes the same lines: nobody may serve real people
/// from such a store, whose key whoever knows the seed can make.
package enum CohortRun {
    /// Makes the clinic in a directory that has none.
    ///
    /// - Parameter progress: told how many patients are done.
    /// - Throws: a `StoreError`; what was made until then stays.
    package static func make(
        _ plan: CohortPlan, in directory: String, progress: (Int) -> Void = { _ in }
    ) throws -> CohortReport {
        var random = SplitMix64(seed: partSeed(plan.seed, .max - 2))
        let begunMs = plan.days.ms(day: plan.days.firstDay, minute: 480)
        let clinic = try Clinic.create(
            in: directory, name: name(of: plan), administrator: record(of: StaffPlan.administrator),
            phrase: RecoveryPhrase(using: &random), isRecovery: false, clock: { begunMs })
        try clinic.database.write { transaction in
            let records = ClinicRecords(transaction)
            for member in StaffPlan.members {
                try records.setStaff(record(of: member))
                try records.audit(
                    AuditRecord(
                        ms: begunMs, staff: StaffPlan.administrator.login, act: "staff",
                        detail: member.role.rawValue))
            }
        }
        var report = CohortReport()
        var moved = MovedEntries()
        for patient in plan.patients {
            let seed = partSeed(plan.seed, UInt64(patient.facts.number) &* 64 &+ 40)
            let outcome = try clinic.database.write { transaction in
                var run = try PatientRun(
                    patient, of: plan, at: clinic, transaction, seed: seed, moved: moved)
                try run.carryOut()
                return try run.outcome
            }
            moved.add(outcome.strays, of: patient.facts.number, in: outcome.diary)
            report.add(outcome, of: patient)
            progress(report.patients)
        }
        try clinic.database.close()
        return report
    }

    /// The clinic's name, with the banner.
    package static func name(of plan: CohortPlan) -> String {
        "\(CohortTable.banner) clinic, seed \(plan.seed)"
    }

    private static func record(of member: StaffPlan.Member) -> StaffRecord {
        StaffRecord(login: member.login, name: member.name, role: member.role)
    }
}

/// What was made.
package struct CohortReport: Sendable, Hashable {
    package private(set) var patients = 0
    package private(set) var devices = 0
    /// Devices with something that never reached the clinic.
    package private(set) var unsyncedDevices = 0
    /// Events that the clinic holds, and those that only a device had.
    package private(set) var events = 0
    package private(set) var unsentEvents = 0
    /// Infusions that were written down, not done ones among them.
    package private(set) var infusions = 0
    /// Acts that could not be written because their entry was not there.
    package private(set) var skipped = 0
    package private(set) var injections: [Injection] = []

    mutating func add(_ outcome: PatientRun.Outcome, of patient: PatientPlan) {
        patients += 1
        devices += patient.devices.count
        unsyncedDevices += outcome.unsentEvents.count { $0 > 0 }
        events += outcome.events
        unsentEvents += outcome.unsentEvents.reduce(0, +)
        infusions += patient.begun(.infusion).count
        skipped += outcome.skipped
        injections += patient.injections
    }
}

/// Entries that were begun in the wrong diary, by the patient whose diary that is.
struct MovedEntries: Sendable {
    private var entries: [Int: (diary: DiaryID, entries: [EntryID?])] = [:]

    mutating func add(_ strays: [EntryID?], of patient: Int, in diary: DiaryID) {
        if !strays.isEmpty { entries[patient] = (diary, strays) }
    }

    func entry(_ index: Int, of patient: Int) -> (diary: DiaryID, entry: EntryID)? {
        guard let found = entries[patient], found.entries.indices.contains(index),
            let entry = found.entries[index]
        else { return nil }
        return (found.diary, entry)
    }
}
