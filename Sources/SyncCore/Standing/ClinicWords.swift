/// What the pinned clinic's logs say of devices, read from the entries of kind `replica`.
struct ClinicWords {
    private(set) var isInForce = false
    private(set) var clinic: Set<ReplicaID> = []
    private(set) var roots: [ReplicaID: Set<ReplicaID>] = [:]
    private(set) var trust: [ReplicaID: Trust] = [:]
    private(set) var closedRoots: Set<ReplicaID> = []
    private(set) var formerClinicRoots: Set<ReplicaID> = []

    init(in events: some HeldEvents) throws {
        let stored = try events.events(ofKind: Vocabulary.replicaKind)
        let introductions = stored.filter { $0.line.envelope.introduction != nil }
        if let pin = events.pinnedClinic {
            for event in introductions where event.line.envelope.introduction?.key == pin {
                clinic.insert(event.line.envelope.replica)
            }
        }
        roots = Self.roots(of: introductions)
        let said = stored.filter {
            clinic.contains($0.line.envelope.replica) && $0.line.envelope.introduction == nil
        }
        isInForce = said.contains { $0.line.envelope.fields.contains(Vocabulary.trusted) }
        guard isInForce else { return }
        let entries = Dictionary(grouping: introductions, by: \.line.envelope.replica)
        for root in Set(roots.values.joined()) {
            let own = Set((entries[root] ?? []).map(\.held.entry))
            try hear(said.filter { own.contains($0.held.entry) }, of: root, in: events)
        }
    }

    /// Takes what stands of the clinic's word on one device.
    private mutating func hear(
        _ words: [StoredEvent], of root: ReplicaID, in events: some HeldEvents
    ) throws {
        let trusted = try Self.standing(Vocabulary.trusted, in: words, events)
        let lists: [Coverage?] = try trusted.map { value in
            if value == Vocabulary.trustedAll { return nil }
            // What cannot be read here, and a position not held, covers nothing.
            let positions = (value?.arrayValue ?? []).compactMap(Position.init(json:))
            return try events.coverage(of: positions)
        }
        trust[root] = .agreed(by: lists)
        if try Self.standing(Vocabulary.access, in: words, events).contains(Vocabulary.closed) {
            closedRoots.insert(root)
        }
        if try Self.standing(Vocabulary.role, in: words, events).contains(Vocabulary.clinicRole) {
            formerClinicRoots.insert(root)
        }
    }

    /// The values of a field that no other of these words replaced.
    private static func standing(
        _ field: String, in words: [StoredEvent], _ events: some HeldEvents
    ) throws -> [JSONValue?] {
        let setting = words.filter { $0.line.envelope.fields.contains(field) }
        let seen = try events.coverage(of: setting.flatMap(\.line.envelope.context))
        return setting.filter { !seen.contains($0.held.place) }.map { $0.line.body?.set[field] }
    }

    /// For each replica the replicas its chain begins with, over all introductions of each.
    private static func roots(of introductions: [StoredEvent]) -> [ReplicaID: Set<ReplicaID>] {
        var before: [ReplicaID: Set<ReplicaID?>] = [:]
        for event in introductions {
            let continued = event.line.envelope.introduction?.continues?.position.replica
            before[event.line.envelope.replica, default: []].insert(continued)
        }
        var roots: [ReplicaID: Set<ReplicaID>] = [:]
        for replica in before.keys {
            var found: Set<ReplicaID> = []
            var visited: Set<ReplicaID> = []
            var open = [replica]
            while let next = open.popLast() {
                guard visited.insert(next).inserted else { continue }
                for continued in before[next] ?? [nil] {
                    if let continued { open.append(continued) } else { found.insert(next) }
                }
            }
            roots[replica] = found.isEmpty ? [replica] : found
        }
        return roots
    }
}
