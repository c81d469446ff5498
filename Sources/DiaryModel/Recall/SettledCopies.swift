import SyncCore

/// Which entries are set aside for good: another copy counts in their place.
///
/// Less than what some link sets aside. Where both copies were set aside, or the one that counts was
/// voided, nobody knows yet which happened (domain 6), and a recall must not look away from either.
enum SettledCopies {
    /// The entries among these, of one diary, that a settled decision sets aside.
    static func setAside(among views: [EntryView]) -> Set<EntryID> {
        let links = views.flatMap(\.linkStatements)
        guard !links.isEmpty else { return [] }
        let copies = views.map { view in
            let standing: TotalInfusion.Standing =
                switch view.status {
                case .active: .active
                case .inQuestion: .inQuestion
                case .voided, .none: .voided
                }
            return TotalInfusion(view.entry.id, standing, .zero)
        }
        let total = GivenTotal(copies, links: links)
        return Set(total.setAside).subtracting(total.questions.flatMap(\.entries))
    }
}
