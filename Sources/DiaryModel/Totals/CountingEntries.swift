public import SyncCore

/// Which of several entries of one kind count, after what people said of copies.
///
/// Entries joined by `same` are one group. If exactly one of them is active and set aside by none, it
/// counts and the others are set aside; otherwise each that is left is in question (domain 6).
public struct CountingEntries: Sendable {
    private var standings: [EntryID: EntryStanding] = [:]

    public init(_ views: some Sequence<EntryView>) {
        var live: [EntryID: EntryStanding] = [:]
        var links: [LinkStatement] = []
        for view in views {
            let id = view.entry.id
            links += view.linkStatements
            switch view.status {
            case .active: live[id] = .counts
            case .inQuestion: live[id] = .inQuestion
            case .voided: standings[id] = .voided
            case .none: standings[id] = .toReview
            }
        }
        standings.merge(live) { held, _ in held }
        let relevant = LinkStatement.ofPairs(links).filter(\.saysSame)
        var groups = EntryGroups(Set(standings.keys).union(relevant.flatMap(\.both)).sorted())
        for link in relevant { groups.join(link.smaller, link.larger) }
        let linked = Dictionary(grouping: relevant) { groups.name(of: $0.smaller) }
        for members in groups.all where members.count > 1 {
            let inside = linked[groups.name(of: members[0])] ?? []
            let aside = Set(inside.flatMap(\.setAside))
            let left = members.filter { live[$0] != nil && !aside.contains($0) }
            let isAgreed =
                left.count == 1 && live[left[0]] == .counts
                && !inside.contains(where: \.saysDifferent)
            for member in members where live[member] != nil {
                if isAgreed {
                    standings[member] = member == left[0] ? .counts : .setAside(for: left[0])
                } else {
                    standings[member] = .inQuestion
                }
            }
        }
    }

    /// How an entry stands; nil if it is not among them.
    public subscript(entry: EntryID) -> EntryStanding? { standings[entry] }
}

/// How an entry stands.
public enum EntryStanding: Hashable, Sendable {
    case counts
    /// It is not settled whether it stands, or which of several copies counts.
    case inQuestion
    /// Another copy counts.
    case setAside(for: EntryID)
    case voided
    /// Nothing that counts begins it.
    case toReview

    /// Something of it may be true: it is neither voided, set aside nor to review.
    public var isLive: Bool { self == .counts || self == .inQuestion }
}

extension LinkStatement {
    fileprivate var both: [EntryID] { [smaller, larger] }
}
