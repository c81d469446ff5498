internal import ClinicServer
internal import DiaryModel
internal import DiaryStore
internal import SeededRandom
internal import SyncCore

/// Carries one patient's plan out, in the order of time, within one transaction of the clinic.
struct PatientRun {
    let plan: PatientPlan
    let cohort: CohortPlan
    let clinic: Clinic
    let transaction: DiaryTransaction
    let records: ClinicRecords
    let diary: DiaryID
    let moved: MovedEntries
    var random: SplitMix64
    /// The clinic's log of this diary.
    var own: OwnLog
    var devices: [DeviceStand?]
    /// The events of each planned entry, in the order in which they were written.
    var events: [EntryNumber: [Position]] = [:]
    /// The entries that stand for members of staff.
    var staff: [String: EntryID] = [:]
    var skipped = 0

    /// What came of it.
    struct Outcome {
        let diary: DiaryID
        /// Events that the clinic holds.
        let events: Int
        /// Of each device, the events that it alone has.
        let unsentEvents: [Int]
        let skipped: Int
        let strays: [EntryID?]
    }

    /// Begins the diary at the clinic, as enrolling its patient does.
    init(
        _ plan: PatientPlan, of cohort: CohortPlan, at clinic: Clinic,
        _ transaction: DiaryTransaction, seed: UInt64, moved: MovedEntries
    ) throws {
        self.plan = plan
        self.cohort = cohort
        self.clinic = clinic
        self.transaction = transaction
        self.moved = moved
        records = ClinicRecords(transaction)
        random = SplitMix64(seed: seed)
        devices = plan.devices.map { _ in nil }
        let nonce = Nonce.random(using: &random)
        diary = DiaryID(founder: clinic.key.publicKey, nonce: nonce)
        own = OwnLog(diary: diary, key: clinic.key, nonce: nonce)
        let administrator = StaffPlan.administrator.login
        try records.setPatient(reference: plan.facts.reference, name: plan.facts.name)
        guard let patient = try records.patient(reference: plan.facts.reference) else {
            throw ClinicError.unknownPatient
        }
        try records.audit(AuditRecord(ms: plan.foundedMs, staff: administrator, act: "patient"))
        try transaction.addDiary(diary, name: "")
        try transaction.pin(clinic.key.publicKey, in: diary)
        try records.attach(diary, to: patient.number)
        try records.audit(
            AuditRecord(ms: plan.foundedMs, staff: administrator, act: "found", diary: diary))
        try commit([], at: plan.foundedMs, by: nil)
    }

    mutating func carryOut() throws {
        for step in steps {
            switch step.kind {
            case .join(let device): try join(device, at: step.ms)
            case .acts(let range): try write(Array(plan.acts[range]), at: step.ms)
            case .sync(let device): try sync(device, at: step.ms)
            }
        }
        try transaction.setOwnLog(own, in: diary)
        for device in devices.compactMap(\.self) { try noteHeard(device) }
    }

    var outcome: Outcome {
        get throws {
            Outcome(
                diary: diary, events: try transaction.events(in: diary).tree.eventCount,
                unsentEvents: devices.map { $0?.unsentEvents ?? 0 }, skipped: skipped,
                strays: plan.strayEntries.map { $0.flatMap { events[$0]?.first?.id } })
        }
    }

    private func noteHeard(_ device: DeviceStand) throws {
        guard let heard = device.heardMs else { return }
        try records.heard(from: device.row, frontier: device.frontier, at: heard)
        guard let brought = device.broughtMs else { return }
        try records.heard([device.own.replica], from: device.row, at: brought)
    }

    // MARK: Steps

    private struct Step {
        let ms: Int64
        let kind: Kind

        enum Kind {
            case join(Int)
            /// Acts of one writer at one moment.
            case acts(Range<Int>)
            case sync(Int)
        }

        /// Of one moment: joining, then writing, then meeting the clinic.
        var rank: Int {
            switch kind {
            case .join: 0
            case .acts: 1
            case .sync: 2
            }
        }
    }

    private var steps: [Step] {
        var steps: [Step] = []
        for (number, device) in plan.devices.enumerated() where !device.syncs.isEmpty {
            steps.append(Step(ms: device.joinMs, kind: .join(number)))
            steps += device.syncs.map { Step(ms: $0, kind: .sync(number)) }
        }
        var start = 0
        for end in 1...max(plan.acts.count, 1) where !plan.acts.isEmpty {
            let first = plan.acts[start]
            if end < plan.acts.count, plan.acts[end].ms == first.ms,
                plan.acts[end].writer == first.writer
            {
                continue
            }
            steps.append(Step(ms: first.ms, kind: .acts(start..<end)))
            start = end
        }
        return steps.enumerated().sorted { left, right in
            (left.element.ms, left.element.rank, left.offset)
                < (right.element.ms, right.element.rank, right.offset)
        }.map(\.element)
    }

    private mutating func write(_ acts: [PlannedAct], at ms: Int64) throws {
        switch acts.first?.writer {
        case .device(let number): try write(acts, on: number, at: ms)
        case .staff(let login): try commit(acts, at: ms, by: login)
        case nil: break
        }
    }
}
