public import DiaryModel
import DiaryStore
public import SyncCore

/// Something in a diary that waits for a person.
///
/// The problem: what nobody is told of is never answered, and each kind of it has a command of its own.
/// The rule: whoever says that nothing waits has asked `Reading.waiting` and nothing else, so a status,
/// a list and the end of a sync cannot say different things.
public enum Waiting: Sendable {
    /// A field of an entry in which people wrote different things, or an entry corrected while voided.
    case conflict(EntryID, ConflictPage.Question)
    /// Copies of one infusion of which it is not settled which counts.
    case copies(OpenQuestion)
    /// Two infusions that look like one, and nobody has said.
    case alike(ProbableDuplicate)
    /// The same in two diaries of the patient, the one that counts first; a void says that they are
    /// one, a link that they are two.
    case alikeInTwoDiaries(ProbableDuplicate)
    /// A time that a wrong clock gave.
    case time(ClockDoubt)
    /// A question of the clinic that nobody has answered.
    case asked(EntryID)
    /// A notice whose lot lies at home or was infused since, or that cannot be read here.
    case notice(EntryID)
    /// Events beyond what the clinic relies on; they do not count, and nobody has voided the entry.
    case review(EntryView)

    /// The entries it is about.
    public var entries: [EntryID] {
        switch self {
        case .conflict(let entry, _): [entry]
        case .copies(let question): question.entries
        case .alike(let pair), .alikeInTwoDiaries(let pair): [pair.left, pair.right]
        case .time(let doubt): [doubt.entry]
        case .asked(let entry), .notice(let entry): [entry]
        case .review(let view): [view.entry.id]
        }
    }
}

extension Reading {
    /// All that waits for a person in this diary, each once.
    public func waiting(catalogue: Catalogue) throws -> [Waiting] {
        try waiting(questionSearch(catalogue: catalogue))
    }

    /// As above, where what a walk finds has been looked for already.
    public func waiting(_ search: QuestionSearch) throws -> [Waiting] {
        let pages = try conflictPages().filter {
            !EntrySummary.hiddenKinds.contains($0.view.kind)
        }
        // What stands as a conflict already is not asked a second time.
        let contested = Set(
            pages.filter { page in
                page.questions.contains {
                    $0.field == Vocabulary.status || $0.field.hasPrefix(Vocabulary.linkPrefix)
                }
            }.map(\.entry))
        let copies = search.copies.filter { contested.isDisjoint(with: $0.entries) }
        let conflicts = pages.flatMap { page in
            page.questions.map { Waiting.conflict(page.entry, $0) }
        }
        return try conflicts + copies.map(Waiting.copies) + search.alike.map(Waiting.alike)
            + clockDoubts().map(Waiting.time) + search.asked.map(Waiting.asked)
            + search.notices.map(Waiting.notice) + toReview().map(Waiting.review)
    }
}

extension Waiting {
    /// What waits between the diaries of one patient: infusions of two of them that look like one.
    ///
    /// - Parameter readings: of all diaries of the patient, that which new entries go to first.
    public static func between(_ readings: [Reading]) throws -> [Waiting] {
        guard readings.count > 1 else { return [] }
        var facts: [DuplicateFacts] = []
        var places: [EntryID: Int] = [:]
        for (place, reading) in readings.enumerated() {
            let totals = try reading.totals()
            let aside = Set(totals.given.setAside)
            for one in totals.compared where !aside.contains(one.entry) {
                places[one.entry] = place
                facts.append(one)
            }
        }
        return try DuplicateSearch(facts).pairs.compactMap { pair -> Waiting? in
            let (left, right) = (pair.left.entry, pair.right.entry)
            guard let one = places[left], let other = places[right], one != other else {
                return nil
            }
            let (linked, field) = Vocabulary.link(left, right)
            let view = try readings[linked == left ? one : other].view(of: linked)
            if view?.saysDifferent(in: field) == true { return nil }
            return .alikeInTwoDiaries(
                one < other
                    ? ProbableDuplicate(left: left, right: right)
                    : ProbableDuplicate(left: right, right: left))
        }
    }
}

extension Desk {
    /// What waits between this diary and further ones of the same patient.
    public func waiting(between further: [DiaryID]) throws -> [Waiting] {
        guard !further.isEmpty else { return [] }
        return try read("conflicts") { reading in
            let others = try further.map {
                try Reading(reading.transaction, diary: $0, zone: zone)
            }
            return try Waiting.between([reading] + others)
        }
    }
}
