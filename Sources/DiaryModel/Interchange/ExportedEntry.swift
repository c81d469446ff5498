public import SyncCore

/// One entry as an export needs it: what it says, and the events that say so.
public struct ExportedEntry: Sendable {
    /// What the entry says by all that counts.
    public let view: EntryView
    /// Its events in order of arrival, those that do not count among them.
    public let events: [StoredEvent]
    /// For each event those of this entry that its writer had seen.
    let seen: [EventID: Set<EventID>]
    /// The fields that are exported.
    ///
    /// Of an entry that nothing counting begins they stand as they would if all of it counted: what is
    /// to review is in recalls at once (domain C25), so an export names its lots, too.
    private(set) var fields: [String: Register]

    /// Reads an entry of a store.
    ///
    /// - Parameter events: all events of the entry, in order of arrival.
    /// - Returns: nil if they do not begin an entry.
    public init?(
        of events: [StoredEvent], in store: some HeldEvents, standing: Standing
    ) throws {
        guard let view = try EntryView(of: events, in: store, standing: standing) else {
            return nil
        }
        var seen: [EventID: Set<EventID>] = [:]
        for event in events {
            let covered = try store.coverage(of: event.line.envelope.context)
            seen[event.line.id] = Set(
                events.filter { covered.contains($0.held.place) }.map(\.line.id))
        }
        self.view = view
        self.events = events
        self.seen = seen
        fields = view.status == .none ? Self.asWritten(events, seen: seen) : view.fields
    }

    /// The same, with names and words of people's own as if they were erased.
    func withoutNames() -> ExportedEntry {
        var entry = self
        for (field, register) in fields where tellsNames(in: field) {
            let hidden = register.candidates.map { candidate in
                Candidate(
                    event: candidate.event, value: .erased, author: candidate.author,
                    at: candidate.at, about: [:])
            }
            entry.fields[field] = Register(candidates: hidden)
        }
        return entry
    }

    /// Whether a person may be named there; what this version does not know may name anybody.
    private func tellsNames(in field: String) -> Bool {
        guard let kind = knownKind, let row = FieldTable.row(kind: kind, field: field) else {
            return true
        }
        switch row.text {
        case .name, .free: return true
        // A question is put to one person.
        case .clinic: return kind == .question
        case .printed, nil: return false
        }
    }

    public var id: EntryID { view.entry.id }
    public var kind: String { view.kind }

    /// The kind, where this version knows it.
    var knownKind: EntryKind? { EntryKind(json: .string(view.kind)) }

    /// When the entry was begun, by the writer's clock.
    var recorded: Timestamp {
        events.first?.line.envelope.at ?? Timestamp(milliseconds: 0, offset: 0)
    }

    /// The event that began it.
    var begun: EventLine? { events.first?.line }

    /// The events so that each comes after all that its writer had seen, alike in every store.
    var eventsInOrder: [EventLine] {
        events.map(\.line).sorted { left, right in
            let (one, other) = (seen[left.id]?.count ?? 0, seen[right.id]?.count ?? 0)
            if one != other { return one < other }
            let (first, second) = (left.envelope.at.milliseconds, right.envelope.at.milliseconds)
            return first == second ? left.id < right.id : first < second
        }
    }

    /// The fields that wait for a person, in byte order.
    var conflicts: [String] {
        let names = fields.filter { $0.value.isInConflict }.map(\.key)
        return Set(names + (view.voidQuestions.isEmpty ? [] : [Vocabulary.status])).sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
    }

    /// The settled value of a field; nil if there is none, or several, or it was erased or taken out.
    func settled(_ field: String) -> JSONValue? {
        guard let json = fields[field]?.settled?.json, !json.isNull else { return nil }
        return json
    }

    /// What the candidates of a field say, those that are not erased and not taken out.
    func said(_ field: String) -> [JSONValue] {
        (fields[field]?.candidates ?? []).compactMap(\.value.json).filter { !$0.isNull }
    }

    /// The instant by which rows are sorted: the earliest start that is said, else when it was recorded.
    ///
    /// A bare day ends in UTC here, whatever zone is at home: the order of an export must not depend on
    /// the zone rules of the machine that writes it.
    var sortingMs: Int64 {
        said("time").compactMap { TimeValue(json: $0)?.start.sortingMs() }.min()
            ?? recorded.milliseconds
    }

    /// The vial lines that are not removed, numbered ones first and by their numbers.
    var vialFields: [String] {
        fields.filter { field, register in
            field.hasPrefix("vials.") && register.candidates.contains { $0.value != .said(.null) }
        }.map(\.key).sorted { left, right in
            let (one, other) = (Self.lineNumber(left), Self.lineNumber(right))
            if one != other { return one < other }
            return left.utf8.lexicographicallyPrecedes(right.utf8)
        }
    }

    private static func lineNumber(_ field: String) -> Int64 {
        DecimalDigits(Array(field.utf8.dropFirst(6)))?.number ?? .max
    }

    private static func asWritten(
        _ events: [StoredEvent], seen: [EventID: Set<EventID>]
    ) -> [String: Register] {
        let written = events.map { (line: $0.line, body: $0.line.body) }
        var setting: [String: [(line: EventLine, body: Body?)]] = [:]
        for event in written {
            for field in event.line.envelope.fields { setting[field, default: []].append(event) }
        }
        var registers: [String: Register] = [:]
        for (field, events) in setting {
            let replaced = Set(events.flatMap { seen[$0.line.id] ?? [] })
            let candidates = events.filter { !replaced.contains($0.line.id) }.map { event in
                Candidate(
                    event: event.line.position,
                    value: event.body?.set[field].map(Register.Value.said) ?? .erased,
                    author: event.line.envelope.author, at: event.line.envelope.at,
                    about: event.body?.about ?? [:])
            }
            registers[field] = Register(candidates: candidates)
        }
        return registers
    }
}
