public import SyncCore

/// The grams given, as a range whose ends are what the open questions allow.
///
/// The problem: two people record one infusion, both say "the same, mine counts", one voids a copy,
/// all of it offline. A total that drops what is set aside would then show nothing, one that keeps
/// it would show twice. The rule (domain 2.9 and 6): entries joined by `same` are one group, counted
/// once. If exactly one of them is active and set aside by none, that one counts. Otherwise the group
/// is an open question: from its smallest to its largest copy, from 0 where the copy that was to count
/// is voided. Where `different` stands against `same`, the high end is what counts if they are
/// different. A probable duplicate that nobody answered goes from one of them to both. An entry whose
/// status is in conflict has 0 as its low end. What is voided adds nothing.
public struct GivenTotal: Hashable, Sendable {
    /// What was given in all.
    public let milligrams: MilligramRange
    /// What is set aside because another copy counts, or may.
    public let setAside: [EntryID]
    public let questions: [OpenQuestion]
    /// What the total is the sum of: an infusion alone, or all that may be copies of one.
    public let parts: [Part]

    /// What the copies of one infusion come to, or those of several that look like one.
    public struct Part: Hashable, Sendable {
        /// In order of their ids within each group of copies.
        public let entries: [EntryID]
        public let milligrams: MilligramRange
    }

    /// Adds up these infusions.
    ///
    /// - Parameter probableDuplicates: pairs that look like one infusion; those with a link are ignored.
    public init(
        _ infusions: [TotalInfusion], links: [LinkStatement] = [],
        probableDuplicates: [(EntryID, EntryID)] = []
    ) {
        var held: [EntryID: TotalInfusion] = [:]
        for infusion in infusions { held[infusion.entry] = infusion }
        let relevant = LinkStatement.ofPairs(links).filter {
            held[$0.smaller] != nil || held[$0.larger] != nil
        }
        let groups = EntryGroups(held.keys.sorted())
        var joined = groups
        for link in relevant where link.saysSame { joined.join(link.smaller, link.larger) }

        var sums: [EntryID: GroupSum] = [:]
        var copies: [EntryID: [EntryID]] = [:]
        for members in joined.all {
            copies[joined.name(of: members[0])] = members
            let inside = relevant.filter { link in
                link.saysSame && (members.contains(link.smaller) || members.contains(link.larger))
            }
            sums[joined.name(of: members[0])] = GroupSum(
                members.compactMap { held[$0] }, links: inside)
        }

        var clusters = EntryGroups(sums.keys.sorted())
        var doubtful: [OpenQuestion] = []
        for (one, other) in probableDuplicates {
            let pair = LinkStatement(one, other, [])
            guard held[one] != nil, held[other] != nil,
                !links.contains(where: { $0.smaller == pair.smaller && $0.larger == pair.larger })
            else { continue }
            let (left, right) = (joined.name(of: one), joined.name(of: other))
            guard left != right, sums[left]?.isLive == true, sums[right]?.isLive == true else {
                continue
            }
            clusters.join(left, right)
            doubtful.append(
                OpenQuestion(kind: .probableDuplicate, entries: [pair.smaller, pair.larger]))
        }

        parts = clusters.all.map { names in
            Part(
                entries: names.flatMap { copies[$0] ?? [] },
                milligrams: GroupSum.cluster(names.compactMap { sums[$0] }))
        }
        milligrams = parts.reduce(.zero) { $0 + $1.milligrams }
        setAside = Set(relevant.flatMap(\.setAside).filter { held[$0] != nil }).sorted()
        questions =
            sums.values.compactMap(\.question).sorted { left, right in
                left.entries.lexicographicallyPrecedes(right.entries)
            } + doubtful
    }
}
