import DiaryModel
import SyncCore

/// Something that only a person can answer, and on which a total rests.
struct PlainQuestion: Hashable {
    enum Kind: Hashable {
        case noneCounts, severalCount, countedVoided, sameAgainstDifferent
        case probableDuplicate, statusInConflict
    }
    let kind: Kind
    let entries: Set<EntryID>
}

/// What was given in all, by trying every answer that the open questions allow.
struct PlainTotals: Hashable {
    let range: PlainRange
    /// The entries of which somebody said that another copy counts.
    let setAside: Set<EntryID>
    let questions: Set<PlainQuestion>
}

/// Adds up infusions; nil if there are more answers to try than can be tried.
///
/// - Parameter zone: in whose days infusions are compared.
func plainTotals(_ infusions: [PlainInfusion], zone: some ZoneRules) -> PlainTotals? {
    var copies: [EntryID: PlainInfusion] = [:]
    for infusion in infusions { copies[infusion.entry] = infusion }
    let entries = copies.keys.sorted()
    let links = PlainLink.all(in: infusions)
    let groups = PlainGroup.all(of: entries, links)
    var questions: Set<PlainQuestion> = []
    for group in groups {
        guard let kind = group.question(copies) else { continue }
        questions.insert(PlainQuestion(kind: kind, entries: group.members))
    }

    // Which groups may be one infusion, because two of their entries look alike.
    let likenesses = copies.filter { $0.value.status == .active }
        .mapValues { PlainLikeness($0, zone: zone) }
    var doubtful: Set<Set<Int>> = []
    for (one, left) in likenesses {
        for (other, right) in likenesses where one < other {
            let pair: Set = [one, other]
            let places = Set(
                groups.indices.filter { !groups[$0].members.isDisjoint(with: pair) })
            guard places.count == 2, !links.contains(where: { $0.pair == pair }),
                PlainLikeness.areAlike(left, right)
            else { continue }
            doubtful.insert(places)
            questions.insert(PlainQuestion(kind: .probableDuplicate, entries: pair))
        }
    }

    var range = PlainRange.nothing
    for cluster in components(of: Array(groups.indices), joinedBy: doubtful) {
        var outcomes: [Int: Set<PlainGroup.Outcome?>] = [:]
        for index in cluster {
            guard let possible = groups[index].outcomes(copies) else { return nil }
            outcomes[index] = possible
        }
        let inside = doubtful.filter { $0.isSubset(of: cluster) }
        range = range + PlainCluster(outcomes: outcomes, doubtful: inside).range
    }
    let aside = Set(links.flatMap(\.setAside)).intersection(entries)
    return PlainTotals(range: range, setAside: aside, questions: questions)
}
