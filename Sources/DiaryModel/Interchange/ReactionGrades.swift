import SyncCore

/// The highest grade of the reactions to each infusion, said or assessed (domain 2.4: the higher).
///
/// Of a grade in conflict the higher candidate, too: a maximum leaves nothing out. Reactions that are
/// voided, set aside or to review have none.
struct ReactionGrades: Sendable {
    private var highest: [EntryID: Int64] = [:]

    init(_ reactions: some Sequence<ExportedEntry>) {
        for reaction in reactions {
            guard let grade = Self.grades(of: reaction).max() else { continue }
            for infusion in reaction.said("infusion").compactMap({ EntryID(json: $0) }) {
                highest[infusion] = Swift.max(highest[infusion] ?? 0, grade)
            }
        }
    }

    /// The grade, 1 to 5; nil where no reaction with one is known.
    func highest(of infusion: EntryID) -> Int64? { highest[infusion] }

    /// Every grade that somebody gave a reaction.
    static func grades(of reaction: ExportedEntry) -> [Int64] {
        reaction.said("grade.said").compactMap { $0["grade"]?.integerValue }
            + reaction.said("grade.assessed").compactMap(\.integerValue)
    }
}
