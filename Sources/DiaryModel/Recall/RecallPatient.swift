public import SyncCore

/// All that a recall is told of one patient.
public struct RecallPatient: Sendable {
    /// How staff call the patient: "P07".
    public let reference: PrintedText
    /// All diaries of the patient, also those of merged registrations.
    public let diaries: [RecallDiary]
    /// What the plan versions in force in the window name: products and permitted substitutes.
    public let planProducts: Set<ProductKey>
    public let coverage: PatientCoverage
    /// The zone at home, in whose days infusions without a time of day are compared.
    public let zone: any ZoneRules

    public init(
        _ reference: PrintedText, diaries: [RecallDiary], planProducts: Set<ProductKey> = [],
        coverage: PatientCoverage, zone: any ZoneRules
    ) {
        self.reference = reference
        self.diaries = diaries
        self.planProducts = planProducts
        self.coverage = coverage
        self.zone = zone
    }
}

/// One diary of a patient with all its entries, in whatever order.
public struct RecallDiary: Sendable {
    public let id: DiaryID
    public let entries: [RecallEntry]

    public init(_ id: DiaryID, entries: [RecallEntry]) {
        self.id = id
        self.entries = entries
    }
}

/// One entry: what it says today, and what its events ever said.
public struct RecallEntry: Sendable {
    public let view: EntryView
    public let trace: LotTrace
    let statements: [VialStatement]
    let occurrence: Occurrence
    private let said: [String: [JSONValue?]]

    /// An entry of any kind; infusions, stock, reactions, notices and notes are read.
    ///
    /// - Parameter events: all events of the entry, those that do not count among them.
    public init(_ view: EntryView, events: [StoredEvent]) {
        self.view = view
        trace = LotTrace(events, in: view)
        statements = VialStatement.all(in: events, of: view)
        var said: [String: [JSONValue?]] = [:]
        for field in ["time", "outcome", "place", "movement", "loss"] {
            said[field] = Self.values(of: field, in: view, events)
        }
        self.said = said
        occurrence = Occurrence(
            of: view.entry, starts: said["time"] ?? [],
            writtenMs: events.first { $0.line.position == view.entry }?
                .line.envelope.at.milliseconds ?? 0)
    }

    /// What stands in a field; where nothing counts, what waits for review: it happened, perhaps.
    ///
    /// Nil is a value that was erased.
    func values(of field: String) -> [JSONValue?] { said[field] ?? [] }

    /// The code that stands in a field, where all agree on one.
    func code(of field: String) -> String? {
        let all = Set(values(of: field))
        return all.count == 1 ? all.first??.stringValue : nil
    }

    private static func values(
        of field: String, in view: EntryView, _ events: [StoredEvent]
    ) -> [JSONValue?] {
        let candidates = view.fields[field]?.candidates ?? []
        if !candidates.isEmpty { return candidates.map(\.value.json) }
        let waiting = Set(view.toReview)
        guard !waiting.isEmpty else { return [] }
        return events.map(\.line)
            .filter { waiting.contains($0.position) && $0.envelope.fields.contains(field) }
            .sorted { $0.position < $1.position }.map { $0.body?.set[field] }
    }
}
