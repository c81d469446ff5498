public import SyncCore

/// One version of a plan: the event that signed it, and what it says. It is never edited.
public struct PlanVersion: Hashable, Sendable {
    /// Who signed it and when; several where people signed the same without having seen each other.
    public let signings: [Signing]
    public let content: Content

    /// One event that says it.
    public struct Signing: Hashable, Sendable {
        public let event: Position
        /// The `person` entry.
        public let author: EntryID?
        /// When, by the writer's clock; it orders nothing.
        public let at: Timestamp
    }

    public enum Content: Hashable, Sendable {
        case plan(TreatmentPlan)
        /// A form of a newer version, or one that contradicts itself: kept, and nothing worked out.
        case notUnderstood(JSONValue)
        case erased
    }

    init(signings: [Signing], content: Content) {
        self.signings = signings.sorted { $0.event < $1.event }
        self.content = content
    }

    /// What one of several candidates says.
    init(_ candidate: Candidate) {
        let signing = Signing(event: candidate.event, author: candidate.author, at: candidate.at)
        self.init(signings: [signing], content: Self.content(of: candidate.value))
    }

    static func content(of value: Register.Value) -> Content {
        guard let json = value.json else { return .erased }
        return TreatmentPlan(json: json).map(Content.plan) ?? .notUnderstood(json)
    }

    /// The plan, where it can be read.
    public var plan: TreatmentPlan? { if case .plan(let plan) = content { plan } else { nil } }

    /// The day from which it holds, as far as even that can be read.
    public var effectiveFrom: CivilDate? {
        switch content {
        case .plan(let plan): plan.effectiveFrom
        case .notUnderstood(let json): json["effectiveFrom"]?.stringValue.flatMap { CivilDate($0) }
        case .erased: nil
        }
    }

    /// The first day on which it holds no more, where it says one.
    public var effectiveUntil: CivilDate? {
        switch content {
        case .plan(let plan): plan.effectiveUntil
        case .notUnderstood(let json):
            json["effectiveUntil"]?.stringValue.flatMap { CivilDate($0) }
        case .erased: nil
        }
    }

    /// What was signed, as it was signed; nil where it was erased.
    public var json: JSONValue? {
        switch content {
        case .plan(let plan): plan.json
        case .notUnderstood(let json): json
        case .erased: nil
        }
    }

    /// The event by which an infusion names it; the first of several that say the same.
    public var event: Position? { signings.first?.event }

    /// Whether an infusion that names this event names this version.
    public func isNamed(by event: Position) -> Bool { signings.contains { $0.event == event } }
}
