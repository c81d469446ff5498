import SyncCore

/// What one group of copies adds to a total.
struct GroupSum: Hashable {
    let milligrams: MilligramRange
    /// The low end of the smallest copy that may count, whatever becomes of its status.
    let smallestCopy: Int64
    /// Something of it certainly happened.
    let isCertain: Bool
    /// Something of it may have happened: not all copies are voided.
    let isLive: Bool
    let question: OpenQuestion?

    init(_ copies: [TotalInfusion], links: [LinkStatement]) {
        let live = copies.filter { $0.standing != .voided }
        let entries = copies.map(\.entry)
        guard let largest = live.map(\.milligrams.high).max(),
            let smallest = live.map(\.milligrams.low).min()
        else {
            (milligrams, smallestCopy, isCertain, isLive, question) = (.zero, 0, false, false, nil)
            return
        }
        isLive = true
        let aside = Set(links.flatMap(\.setAside))
        let left = live.filter { !aside.contains($0.entry) }
        let disputed = links.filter(\.saysDifferent)
        let onlyOne = disputed.isEmpty && left.count == 1 ? left.first : nil
        if let onlyOne, onlyOne.standing == .active {
            milligrams = onlyOne.milligrams
            smallestCopy = onlyOne.milligrams.low
            isCertain = true
            question = nil
            return
        }

        smallestCopy = smallest
        let keepers = Set(links.flatMap(\.keepers))
        let lost = copies.filter { keepers.contains($0.entry) && $0.standing != .active }
        let someActive = live.contains { $0.standing == .active }
        let counts = left.contains { $0.standing == .active }
        isCertain = someActive && (lost.isEmpty || counts)
        var high = largest
        if !disputed.isEmpty { high = max(high, Self.highIfDifferent(copies, links: links)) }
        milligrams = MilligramRange(isCertain ? smallestCopy : 0, high)
        let kind: OpenQuestion.Kind =
            if onlyOne != nil {
                .statusInConflict
            } else if !disputed.isEmpty {
                .sameAgainstDifferent
            } else if lost.contains(where: { $0.standing == .voided }), !counts {
                .countedVoided
            } else {
                left.isEmpty ? .noneCounts : .severalCount
            }
        question = OpenQuestion(kind: kind, entries: entries)
    }

    /// The sum if every disputed pair is different, each of the groups left counted once.
    private static func highIfDifferent(_ copies: [TotalInfusion], links: [LinkStatement]) -> Int64
    {
        var parts = EntryGroups(copies.map(\.entry))
        let agreed = links.filter { !$0.saysDifferent }
        for link in agreed { parts.join(link.smaller, link.larger) }
        var sum: Int64 = 0
        for members in parts.all {
            let inside = agreed.filter {
                members.contains($0.smaller) || members.contains($0.larger)
            }
            let part = GroupSum(copies.filter { members.contains($0.entry) }, links: inside)
            sum = sum.addingSaturating(part.milligrams.high)
        }
        return sum
    }

    /// Groups that may be one infusion or several: from one of them to all.
    static func cluster(_ groups: [GroupSum]) -> MilligramRange {
        guard groups.count > 1 else { return groups.first?.milligrams ?? .zero }
        let high = groups.reduce(Int64(0)) { $0.addingSaturating($1.milligrams.high) }
        let isCertain = groups.contains(where: \.isCertain)
        return MilligramRange(isCertain ? groups.map(\.smallestCopy).min() ?? 0 : 0, high)
    }
}
