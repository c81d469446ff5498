internal import DiaryModel
internal import SeededRandom
internal import SyncCore

/// Plans one patient's years, part after part; each part draws from a stream of its own.
struct PatientPlanner {
    let facts: PatientFacts
    let days: CohortDays
    let clinic: SharedFacts
    var random: SplitMix64
    var devices: [DevicePlan] = []
    var acts: [PlannedAct] = []
    var entryCount = 0
    /// What has to happen at least once to this patient.
    var wishes: [Injection]
    var injections: [Injection] = []
    var strays: [Stray] = []

    var patientPerson: EntryNumber = 0
    var carerPerson: EntryNumber?
    var planEntry: EntryNumber = 0
    var versions: [SignedVersion] = []
    var visits: [Int] = []
    var stock = BoxesAtHome()
    var trips: [Trip] = []
    var slots: [InfusionTruth] = []
    var records: [InfusionRecord] = []
    /// Alternates the sites.
    var rotation = 0

    /// What all patients of the clinic share.
    struct SharedFacts: Sendable {
        let seed: UInt64
        let pool: LotPool
        let recall: RecallFixture
        let notice: NoticePlan?
        /// The number of the patient who shares a tablet with this one, by number.
        let families: [Int: Int]
    }

    /// A time away from home.
    struct Trip: Sendable {
        let days: ClosedRange<Int>
        let zone: Int
    }

    init(facts: PatientFacts, days: CohortDays, clinic: SharedFacts, wishes: [Injection]) {
        self.facts = facts
        self.days = days
        self.clinic = clinic
        self.wishes = wishes
        random = SplitMix64(seed: 0)
    }

    /// Begins the stream of one part, so that another part's draws change nothing here.
    private mutating func part(_ number: UInt64) {
        let own = partSeed(clinic.seed, UInt64(facts.number) &* 64 &+ number)
        random = SplitMix64(seed: own)
    }

    mutating func planned() -> PatientPlan {
        part(1)
        planEnrolment()
        part(2)
        planVisits()
        planVersions()
        part(3)
        planTraining()
        part(4)
        planTrips()
        planSlots()
        part(5)
        recordSlots()
        part(6)
        planReactions()
        part(7)
        planConflicts()
        part(8)
        planMeasures()
        part(9)
        planQuestions()
        planNotice()
        return PatientPlan(
            facts: facts, foundedMs: foundedMs, devices: devices, acts: actsInOrder(),
            entryCount: entryCount, slots: slots, records: records, injections: injections,
            strays: strays, planEntry: planEntry, planVersions: versions)
    }

    /// Acts by time; of one moment in the order of planning. None is after the last day.
    private func actsInOrder() -> [PlannedAct] {
        acts.enumerated().filter { $0.element.ms <= days.endMs }
            .sorted { ($0.element.ms, $0.offset) < ($1.element.ms, $1.offset) }.map(\.element)
    }

    // MARK: Writing

    /// Plans that somebody begins an entry.
    @discardableResult
    mutating func begin(_ kind: EntryKind, at ms: Int64, by writer: Writer, _ words: Words)
        -> EntryNumber
    {
        let number = entryCount
        entryCount += 1
        acts.append(PlannedAct(ms: ms, writer: writer, deed: .begin(number, kind, words)))
        return number
    }

    /// Plans that somebody sets fields of an entry.
    mutating func amend(
        _ entry: EntryNumber, at ms: Int64, by writer: Writer, _ words: Words,
        seen: PlannedAct.Seen = .everything
    ) {
        acts.append(PlannedAct(ms: ms, writer: writer, deed: .amend(entry, words, seen: seen)))
    }

    /// What the clock of a writer shows.
    func shown(_ ms: Int64, to writer: Writer) -> Int64 {
        if case .device(let number) = writer { ms + devices[number].skewMs } else { ms }
    }

    /// When something written is at the clinic; nil if it never is.
    func atClinic(_ ms: Int64, by writer: Writer) -> Int64? {
        if case .device(let number) = writer { devices[number].arrival(ofWritten: ms) } else { ms }
    }

    /// When something written is on a device; nil if it never is.
    func on(_ device: Int, writtenAt ms: Int64, by writer: Writer) -> Int64? {
        if writer == .device(device) { return ms }
        return atClinic(ms, by: writer).flatMap { devices[device].arrival(fromClinic: $0) }
    }

    /// A device and a moment at which it can write of something, at least this long after it is there.
    func moment(on device: Int, after ms: Int64?, hours: Int) -> Int64? {
        guard let ms else { return nil }
        let later = max(ms, devices[device].joinMs) + Int64(hours) * 3_600_000
        return later <= days.endMs ? later : nil
    }

    /// Whether this is to happen now: by its share, or because it has to once.
    mutating func strikes(_ injection: Injection, share: Int, isDue: Bool) -> Bool {
        var isWished = false
        if isDue, let index = wishes.firstIndex(of: injection) {
            wishes.remove(at: index)
            isWished = true
        }
        let isDrawn = random.happens(share)
        return isDrawn || isWished
    }

    mutating func note(_ injection: Injection) { injections.append(injection) }
}
