import SyncCore

/// The versions of a plan: the events that set the field `plan`, in an order in which each comes after
/// all that its author had seen.
struct PlanVersions {
    let versions: [Version]

    struct Version {
        let line: EventLine
        /// The plan; nil where the body was erased.
        let plan: JSONValue?
        let standing: Standing
        /// The versions it was written over: those its author had seen, and not through another of them.
        let predecessors: [EventID]
    }

    enum Standing {
        /// The one that holds, as far as the plan itself says.
        case current
        /// Two that had not seen each other: a doctor decides.
        case inConflict
        case superseded
        /// Not from the clinic's logs, or from a log that is not relied on.
        case doesNotCount
    }

    init(_ entry: ExportedEntry) {
        let setting = entry.eventsInOrder.filter { $0.envelope.fields.contains("plan") }
        let ids = Set(setting.map(\.id))
        let register = entry.view.fields["plan"]
        let candidates = Set((register?.candidates ?? []).map(\.event.id))
        let counting = Self.counting(entry)
        versions = setting.map { line in
            let standing: Standing =
                if candidates.contains(line.id) {
                    register?.isInConflict == true ? .inConflict : .current
                } else {
                    counting.contains(line.id) ? .superseded : .doesNotCount
                }
            let seen = (entry.seen[line.id] ?? []).intersection(ids)
            let through = Set(seen.flatMap { entry.seen[$0] ?? [] })
            return Version(
                line: line, plan: line.body?.set["plan"], standing: standing,
                predecessors: seen.subtracting(through).sorted())
        }
    }

    /// The versions that count, or that one that counts has replaced.
    private static func counting(_ entry: ExportedEntry) -> Set<EventID> {
        let candidates = (entry.view.fields["plan"]?.candidates ?? []).map(\.event.id)
        let below = candidates.flatMap { entry.seen[$0] ?? [] }
        return Set(candidates + below).subtracting(entry.view.toReview.map(\.id))
    }
}
