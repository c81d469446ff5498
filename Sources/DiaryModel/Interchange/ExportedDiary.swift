public import SyncCore

/// One diary as one snapshot says it, with all that an export needs beside it; nothing is read.
public struct ExportedDiary: Sendable {
    public let diary: DiaryID
    /// What the clinic calls the patient in its own tables, never a name.
    public let patientRef: String
    /// The moment of export, in milliseconds.
    public let asOfMs: Int64
    /// The last moment for which every device was heard; nil where none is known.
    public let coverageToMs: Int64?
    /// In order of start, then of id.
    public let entries: [ExportedEntry]
    /// When events reached the store that exports, in milliseconds, as far as it knows.
    public let receivedMs: [EventID: Int64]
    /// What was given in all diaries of the patient, with the questions that make it a range.
    public let totals: DiaryTotals
    let catalogue: Catalogue
    let clinicReplicas: Set<ReplicaID>
    let copies: CopyGroups
    let counted: CountedLines
    let grades: ReactionGrades
    let people: [EntryID: ExportedPerson]
    /// For each event of a plan its entry.
    let plans: [EventID: EntryID]
    private let places: [EntryID: Int]

    /// Gathers a diary for export.
    ///
    /// - Parameters:
    ///   - entries: all entries, whatever their kind and state.
    ///   - others: those of the patient's further diaries. They are not told here, but an infusion may be
    ///     recorded in two of them, and is counted for the patient.
    ///   - showsNames: whether names, notes and questions are told, or stand there as if erased.
    ///   - zone: in whose days infusions without a time of day are compared.
    ///   - clinicReplicas: the logs of the clinic (`Standing.clinicReplicas`).
    public init(
        _ entries: some Sequence<ExportedEntry>, beside others: [ExportedEntry] = [],
        of diary: DiaryID, patientRef: String, asOfMs: Int64, coverageToMs: Int64? = nil,
        zone: some ZoneRules,
        showsNames: Bool = true, receivedMs: [EventID: Int64] = [:],
        clinicReplicas: Set<ReplicaID> = [],
        catalogue: Catalogue = .seed
    ) {
        let told = entries.map { showsNames ? $0 : $0.withoutNames() }
        let sorted = told.map { (ms: $0.sortingMs, text: $0.id.textBytes, entry: $0) }
            .sorted { left, right in
                left.ms == right.ms
                    ? left.text.lexicographicallyPrecedes(right.text) : left.ms < right.ms
            }.map(\.entry)
        self.entries = sorted
        self.diary = diary
        self.patientRef = patientRef
        self.asOfMs = asOfMs
        self.coverageToMs = coverageToMs
        self.receivedMs = receivedMs
        self.clinicReplicas = clinicReplicas
        self.catalogue = catalogue
        let ofPatient = sorted + others
        let infusions = ofPatient.filter { $0.knownKind == .infusion }
        totals = DiaryTotals(infusions.map(\.view), zone: zone)
        counted = CountedLines(infusions, totals.given)
        copies = CopyGroups(ofPatient.map(\.view), questions: totals.given.questions)
        var people: [EntryID: ExportedPerson] = [:]
        var plans: [EventID: EntryID] = [:]
        var places: [EntryID: Int] = [:]
        for (place, entry) in sorted.enumerated() {
            places[entry.id] = place
            switch entry.knownKind {
            case .person:
                people[entry.id] = ExportedPerson(entry, clinicReplicas: clinicReplicas)
            case .plan: for event in entry.events { plans[event.line.id] = entry.id }
            default: break
            }
        }
        self.people = people
        self.plans = plans
        self.places = places
        let aside = copies.setAside
        grades = ReactionGrades(
            sorted.filter { entry in
                guard entry.knownKind == .reaction, !aside.contains(entry.id) else { return false }
                return entry.view.status == .active || entry.view.status == .inQuestion
            })
    }

    /// The entry of this id, where it is in the export.
    func entry(_ id: EntryID) -> ExportedEntry? { places[id].map { entries[$0] } }

    /// How an entry stands; the same view of it as the totals have.
    func state(of entry: ExportedEntry) -> RecordState {
        switch entry.view.status {
        case .none: .toReview
        case .voided: .voided
        case .active, .inQuestion: copies.setAside.contains(entry.id) ? .setAside : .active
        }
    }

    /// Something about the entry waits for a person: a field in conflict or an open question.
    func isUnclear(_ entry: ExportedEntry) -> Bool {
        !entry.conflicts.isEmpty || copies.inQuestion.contains(entry.id)
    }
}
