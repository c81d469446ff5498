/// What one entry says: a pure function of its events and of what counts.
///
/// Each field is a register of its own, so concurrent amendments of different fields merge by
/// themselves and of one field stay side by side until a person who has seen them writes again.
/// Resolving needs no mechanism: it is an amendment whose context covers the candidates.
///
/// `status` is a field like any other, with one addition. A void that stands is moreover in question
/// with every counting event of the entry that sets more than links and `status` and is concurrent
/// with it. So voiding an entry while somebody corrects it is a question, a later correction of
/// another field does not settle it, and correcting a voided entry does not revive it.
///
/// Merging is set union of events and this function reads a set, so it is commutative, associative
/// and idempotent, and the order of arrival cannot matter: arrival numbers only pick events out.
public struct EntryView: Sendable, Equatable {
    /// The event that began the entry.
    public let entry: Position
    public let kind: String
    /// The fields with at least one candidate.
    public let fields: [String: Register]
    /// For each void that stands, the corrections it had not seen and that had not seen it.
    public let voidQuestions: [VoidQuestion]
    /// Events of this entry that do not count, in order of their positions: kept, shown as such, no
    /// values.
    public let toReview: [Position]
    /// The last counting event of each branch: the context of what somebody writes who looked at this.
    public let context: [Position]
    /// How many events the entry has.
    public let eventCount: Int

    /// A void and what somebody corrected at the same time.
    public struct VoidQuestion: Sendable, Equatable {
        public let void: Position
        public let unseen: [Position]
    }

    /// Whether the entry stands.
    public enum Status: Sendable, Equatable {
        case active, voided
        /// Two statuses, or a void and a correction that had not seen each other.
        case inQuestion
        /// Nothing that counts begins it.
        case none
    }

    public var status: Status {
        guard let register = fields[Vocabulary.status], !register.candidates.isEmpty else {
            return .none
        }
        guard voidQuestions.isEmpty, !register.isInConflict else { return .inQuestion }
        return switch register.settled {
        case .said(Vocabulary.voided)?, .erased?: .voided
        default: .active
        }
    }

    /// The fields that wait for a person, in byte order.
    public var conflicts: [String] {
        var names = fields.filter { $0.value.isInConflict }.map(\.key)
        if !voidQuestions.isEmpty, !names.contains(Vocabulary.status) {
            names.append(Vocabulary.status)
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The settled value of a field; nil if there is none, or several, or it was erased.
    public subscript(field: String) -> JSONValue? { fields[field]?.settled?.json }
}

extension EntryView {
    /// Works out what an entry says.
    ///
    /// - Returns: nil if there are no events, or the first one does not begin an entry.
    public init?(
        of events: [StoredEvent], in store: some HeldEvents, standing: Standing
    ) throws {
        guard let first = events.first, let kind = first.line.envelope.kind else { return nil }
        entry = first.line.position
        self.kind = kind
        eventCount = events.count
        let counting = events.filter { standing.counts($0.held.place) }
        toReview = events.filter { !standing.counts($0.held.place) }.map(\.line.position).sorted()
        context = try store.tops(of: counting.map(\.line.position)).positions

        let beginner = first.line.envelope.replica
        let speaking = counting.map { event in
            SpeakingEvent(
                event: event,
                fields: event.line.envelope.fields.filter {
                    standing.counts(
                        field: $0, kind: kind, from: event.line.envelope.replica,
                        begunBy: beginner)
                })
        }
        fields = try Self.registers(of: speaking, in: store)
        voidQuestions = try Self.voidQuestions(
            among: speaking, status: fields[Vocabulary.status], in: store)
    }

    /// An event with those of its fields that count.
    private struct SpeakingEvent {
        let event: StoredEvent
        let fields: [String]

        var correctsSomething: Bool {
            fields.contains { $0 != Vocabulary.status && !$0.hasPrefix(Vocabulary.linkPrefix) }
        }
    }

    private static func registers(
        of speaking: [SpeakingEvent], in store: some HeldEvents
    ) throws -> [String: Register] {
        var setting: [String: [SpeakingEvent]] = [:]
        for event in speaking {
            for field in event.fields { setting[field, default: []].append(event) }
        }
        var bodies: [EventID: Body] = [:]
        var registers: [String: Register] = [:]
        for (field, events) in setting {
            // Superseded: covered by the context of any event that sets this field, too.
            let seen = try store.coverage(of: events.flatMap(\.event.line.envelope.context))
            let candidates = events.filter { !seen.contains($0.event.held.place) }.map {
                let line = $0.event.line
                let body = bodies[line.id] ?? line.body
                bodies[line.id] = body
                return Candidate(
                    event: line.position,
                    value: body?.set[field].map(Register.Value.said) ?? .erased,
                    author: line.envelope.author, at: line.envelope.at, about: body?.about ?? [:])
            }
            registers[field] = Register(candidates: candidates)
        }
        return registers
    }

    private static func voidQuestions(
        among speaking: [SpeakingEvent], status: Register?, in store: some HeldEvents
    ) throws -> [VoidQuestion] {
        let voids = Set(
            (status?.candidates ?? []).filter { $0.value == .said(Vocabulary.voided) }
                .map(\.event.id))
        var questions: [VoidQuestion] = []
        for void in speaking where voids.contains(void.event.line.id) {
            let seen = try store.coverage(of: void.event.line.envelope.context)
            let unseen = try speaking.filter { other in
                guard other.event.line.id != void.event.line.id, other.correctsSomething,
                    !seen.contains(other.event.held.place)
                else { return false }
                return try !store.coverage(of: other.event.line.envelope.context)
                    .contains(void.event.held.place)
            }
            if !unseen.isEmpty {
                let positions = unseen.map(\.event.line.position).sorted { $0.id < $1.id }
                questions.append(VoidQuestion(void: void.event.line.position, unseen: positions))
            }
        }
        return questions.sorted { $0.void.id < $1.void.id }
    }
}
