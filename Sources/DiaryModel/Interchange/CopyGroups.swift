import SyncCore

/// Which entries are copies of each other, as people and the search for duplicates say.
///
/// An entry is named in groups `<what is open>:<smallest id>`: `same` where it is settled which copy
/// counts, else the question (`none_counts`, `several_count`, `counted_voided`,
/// `same_against_different`, `status_in_conflict`). Groups that look like one infusion, and that nobody
/// answered for, have one `probable:<smallest id>` between them.
struct CopyGroups: Sendable {
    /// Entries of which some link says that another copy counts.
    let setAside: Set<EntryID>
    /// Entries about which a question is open.
    let inQuestion: Set<EntryID>
    private let names: [EntryID: [String]]

    init(_ views: [EntryView], questions: [OpenQuestion]) {
        let held = Set(views.map(\.entry.id))
        let links = LinkStatement.ofPairs(views.flatMap(\.linkStatements)).filter(\.saysSame)
        let linked = links.flatMap { [$0.smaller, $0.larger] }
        let ids = Array(held.union(linked)).sorted()
        var joined = EntryGroups(ids)
        for link in links { joined.join(link.smaller, link.larger) }
        var clusters = joined
        let probable = questions.filter { $0.kind == .probableDuplicate }
        for question in probable {
            for other in question.entries.dropFirst() {
                clusters.join(question.entries[0], other)
            }
        }
        let doubtful = Set(probable.flatMap(\.entries).map { clusters.name(of: $0) })
        var names: [EntryID: [String]] = [:]
        for members in joined.all where members.count > 1 {
            let open = questions.first { question in
                question.kind != .probableDuplicate
                    && question.entries.contains(where: members.contains)
            }
            for member in members {
                names[member] = ["\(open?.kind.code ?? "same"):\(members[0])"]
            }
        }
        for id in ids where doubtful.contains(clusters.name(of: id)) {
            names[id, default: []].append("probable:\(clusters.name(of: id))")
        }
        self.names = names
        setAside = Set(links.flatMap(\.setAside)).intersection(held)
        inQuestion = Set(questions.flatMap(\.entries))
    }

    /// The groups that an entry is in.
    func names(of entry: EntryID) -> [String] { names[entry] ?? [] }
}

extension OpenQuestion.Kind {
    /// The question's stable name.
    public var code: String {
        switch self {
        case .noneCounts: "none_counts"
        case .severalCount: "several_count"
        case .countedVoided: "counted_voided"
        case .sameAgainstDifferent: "same_against_different"
        case .probableDuplicate: "probable"
        case .statusInConflict: "status_in_conflict"
        }
    }
}
