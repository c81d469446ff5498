/// Leaves out lines that the other side refused, with all that rests on them.
///
/// What remains may have lost its head. On an own log a new one is signed; lines of another's log that
/// are left without a head stay behind, too, and what rests on those.
struct AsideFilter {
    private var aside: Set<EventID>
    private let diary: DiaryID
    private let keys: [ReplicaID: SigningKey]

    init(aside: Set<EventID>, diary: DiaryID, keys: [ReplicaID: SigningKey]) {
        self.aside = aside
        self.diary = diary
        self.keys = keys
    }

    /// What can still be sent of a section; sections have to come in order of arrival.
    mutating func filter(_ section: StoredSection, tree: LogTree) -> StoredSection? {
        guard !aside.isEmpty else { return section }
        let lines = section.lines.compactMap { stored in
            (try? EventLine(stored.bytes, diary: diary)).map { (line: $0, place: stored.place) }
        }
        while true {
            for (line, _) in lines where !aside.isDisjoint(with: Self.supports(of: line)) {
                aside.insert(line.id)
            }
            let left = lines.filter { !aside.contains($0.line.id) }
            if left.isEmpty { return nil }
            if left.count == section.lines.count { return section }
            var heads = section.heads.filter { !aside.contains($0.head.position.id) }
            heads += ownHeads(of: left, tree: tree)
            let covered = Coverage(heads.map(\.place), in: tree)
            let bare = left.filter { !covered.contains($0.place) }
            if bare.isEmpty {
                return StoredSection(
                    lines: left.map { StoredLine(bytes: $0.line.bytes, place: $0.place) },
                    heads: heads)
            }
            aside.formUnion(bare.map(\.line.id))
        }
    }

    private func ownHeads(
        of lines: [(line: EventLine, place: LogPlace)], tree: LogTree
    ) -> [PlacedHead] {
        let own = lines.filter { keys[$0.line.envelope.replica] != nil }
        let tops = Set(Coverage(own.map(\.place), in: tree).tops(in: tree))
        return own.filter { tops.contains($0.place) }.compactMap { line, place in
            keys[line.envelope.replica].map {
                let signature = $0.sign(.head(diary, line.position))
                return PlacedHead(
                    head: Head(position: line.position, signature: signature), place: place)
            }
        }
    }

    /// What a line rests on, and the line itself.
    private static func supports(of line: EventLine) -> Set<EventID> {
        let envelope = line.envelope
        var ids = Set(envelope.context.map(\.id))
        ids.insert(line.id)
        ids.insert(line.entry.id)
        if let prev = envelope.prev { ids.insert(prev) }
        if let continues = envelope.introduction?.continues { ids.insert(continues.position.id) }
        return ids
    }
}

extension EventStore {
    /// Sections beyond `known` without what was refused, joined, up to a page.
    func offer(
        beyond known: Coverage, page: PageLimit, without aside: Set<EventID>,
        signingWith keys: [ReplicaID: SigningKey]
    ) throws -> SectionOffer {
        if aside.isEmpty { return try offer(beyond: known, page: page) }
        var filter = AsideFilter(aside: aside, diary: diary, keys: keys)
        var offer = SectionOffer()
        try forEachSection(beyond: known) { section in
            guard let section = filter.filter(section, tree: tree) else { return true }
            return offer.add(section, page: page, tree: tree)
        }
        offer.flush(tree)
        return offer
    }
}
