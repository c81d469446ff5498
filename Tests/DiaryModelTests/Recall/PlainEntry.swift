import DiaryModel
import SyncCore

/// What one stored line says, read from its bytes.
struct PlainEvent {
    let id: String
    let replica: String
    let seq: Int64
    /// The events seen, each with all before it on its log.
    let seen: [(replica: String, seq: Int64)]
    let entry: String
    /// Only where it begins an entry.
    let kind: String?
    let set: JSONObject

    init(_ event: StoredEvent) throws {
        let json = try JSONValue(canonical: event.line.bytes)
        let envelope = json["event"]
        id = event.line.id.text
        replica = envelope?["replica"]?.stringValue ?? ""
        seq = envelope?["seq"]?.integerValue ?? 0
        seen = (envelope?["context"]?.arrayValue ?? []).map { position in
            let parts = position.arrayValue ?? []
            return (parts[0].stringValue ?? "", parts[1].integerValue ?? 0)
        }
        kind = envelope?["kind"]?.stringValue
        entry = envelope?["entry"]?.arrayValue?[2].stringValue ?? id
        set = json["body"]?["set"]?.objectValue ?? [:]
    }

    func hasSeen(_ other: PlainEvent) -> Bool {
        seen.contains { $0.replica == other.replica && $0.seq >= other.seq }
    }
}

/// One place where an event speaks of vials.
struct PlainLine {
    let event: String
    let field: String
    let value: JSONValue
    /// `current`, `replaced`, `review`.
    let standing: String

    var lot: String? { value["lot"]?.stringValue }
    var product: String? {
        value["product"]?.stringValue.flatMap { $0 == "unknown" ? nil : $0 }
    }
    var isUnreadable: Bool { value["count"]?.stringValue == "many" }
}

/// An entry by plain loops over its events.
struct PlainEntry {
    let id: String
    let kind: String
    let status: String
    let lines: [PlainLine]
    private var isSetAside = false
    private let outcomes: [JSONValue]
    private let movements: [String]
    private let walls: [String]

    var isInfusion: Bool { kind == "infusion" }
    var isOut: Bool { status == "voided" || isSetAside }

    static func all(in story: RecallStory) throws -> [PlainEntry] {
        let stored = try story.store.entries.flatMap { try story.store.events(ofEntry: $0) }
        let events = try stored.map { try PlainEvent($0) }
        var closed: Set<String> = []
        for event in events where event.set["access"]?.stringValue == "closed" {
            for begun in events where begun.id == event.entry { closed.insert(begun.replica) }
        }
        var entries: [PlainEntry] = []
        for begun in events {
            guard let kind = begun.kind, kind != "replica" else { continue }
            entries.append(
                PlainEntry(
                    begun.id, kind, events.filter { $0.entry == begun.id }, closed: closed))
        }
        for event in events where !closed.contains(event.replica) {
            for member in event.set.members where member.key.hasPrefix("link.") {
                let pair = [event.entry, String(member.key.dropFirst(5))]
                let kept = member.value["counts"]?.stringValue ?? ""
                guard entries.contains(where: { $0.id == kept && $0.status == "active" }) else {
                    continue
                }
                for index in entries.indices
                where pair.contains(entries[index].id) && entries[index].id != kept {
                    entries[index].isSetAside = true
                }
            }
        }
        return entries
    }

    private init(_ id: String, _ kind: String, _ events: [PlainEvent], closed: Set<String>) {
        self.id = id
        self.kind = kind
        let counting = events.filter { !closed.contains($0.replica) }
        func speaking(_ field: String) -> [PlainEvent] {
            let setting = counting.filter { $0.set[field] != nil }
            return setting.filter { one in !setting.contains { $0.hasSeen(one) } }
        }
        func values(_ field: String) -> [JSONValue] {
            let standing = speaking(field)
            if !standing.isEmpty { return standing.compactMap { $0.set[field] } }
            return events.filter { closed.contains($0.replica) }.compactMap { $0.set[field] }
        }
        outcomes = values("outcome")
        movements = values("movement").compactMap(\.stringValue)
        walls = values("time").compactMap { $0["start"]?["wall"]?.stringValue }
        var lines: [PlainLine] = []
        for event in events {
            for member in event.set.members where member.key.hasPrefix("vials.") {
                let stands = speaking(member.key).contains { $0.id == event.id }
                lines.append(
                    PlainLine(
                        event: event.id, field: member.key, value: member.value,
                        standing: closed.contains(event.replica)
                            ? "review" : stands ? "current" : "replaced"))
            }
        }
        self.lines = lines
        let said = speaking("status")
        var isQuestion = Set(said.compactMap { $0.set["status"]?.stringValue }).count > 1
        for void in said where void.set["status"]?.stringValue == "voided" {
            for other in counting where other.id != void.id {
                let corrects = other.set.keys.contains { $0 != "status" && !$0.hasPrefix("link.") }
                if corrects, !void.hasSeen(other), !other.hasSeen(void) { isQuestion = true }
            }
        }
        status = isQuestion ? "question" : said.first?.set["status"]?.stringValue ?? "none"
    }

    /// The whole month counts where no day is known; without a time nobody can tell.
    func isSince(_ day: String) -> Bool {
        walls.isEmpty || walls.contains { $0.prefix(10) >= day.prefix($0.prefix(10).count) }
    }

    private func isNotDone(_ outcome: JSONValue) -> Bool {
        outcome["code"]?.stringValue == "not_done"
    }

    private var isElsewhere: Bool {
        outcomes.contains { $0["reason"]?.stringValue == "infused_elsewhere" }
    }

    /// Not where everybody says that it was not done, unless elsewhere.
    var mayBeGiven: Bool {
        isElsewhere || outcomes.isEmpty || !outcomes.allSatisfy(isNotDone)
    }

    /// `entry why`.
    var unknowns: [String] {
        var found: [String] = []
        let isKnownKind = ["infusion", "stock"].contains(kind)
        if !isKnownKind || lines.contains(where: \.isUnreadable) { found.append("\(id) newer") }
        guard !isOut, isKnownKind else { return found }
        if kind == "stock", movements.allSatisfy({ $0 == "loss" || $0 == "move" }),
            !movements.isEmpty
        {
            return found
        }
        let standing = lines.filter { $0.standing != "replaced" }
        if kind == "infusion", standing.allSatisfy({ $0.value.isNull }) {
            if mayBeGiven { found.append("\(id) \(isElsewhere ? "elsewhere" : "lot")") }
            return found
        }
        for field in Set(standing.map(\.field)) {
            let said = standing.filter {
                $0.field == field && !$0.value.isNull && !$0.isUnreadable
            }
            let isNamed = said.contains { $0.lot.map { !plainKey($0).isEmpty } ?? false }
            if !said.isEmpty, !isNamed { found.append("\(id) lot") }
        }
        return found
    }
}
