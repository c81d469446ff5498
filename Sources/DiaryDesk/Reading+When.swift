import DiaryModel
import DiaryStore
import SyncCore

/// When entries happened, from their rows as far as those say it.
///
/// The problem: a row of the read model has one instant or none. A bare day has none, and where people
/// disagree the row has the first of several. A list sorted by rows then puts an infusion of January
/// that was copied from paper today at today, and a day looked for in rows misses it. So of such
/// entries, which are few, what they say is read; of all others the row is enough.
extension Reading {
    /// The starts that an entry's time says; several while people disagree, none where it says none.
    private func starts(of summary: EntrySummary) throws -> [Moment] {
        if let ms = summary.settledStartMs { return [Moment(ms: ms, in: zone)] }
        // A kind that is not known here may have a time.
        guard EntryKind(rawValue: summary.kind)?.hasTime ?? true else { return [] }
        return try view(of: summary.position)?.starts ?? []
    }

    /// Whether an entry was on a day, or was by what one of several people said.
    ///
    /// A bare month is of no day: it would stand beside each of them.
    func mayBe(_ summary: EntrySummary, on day: CivilDate) throws -> Bool {
        try starts(of: summary).contains { $0.day(in: zone) == day }
    }

    /// Sorts entries by when they happened, then by when they were written (domain 7).
    ///
    /// A bare day or month counts as its end, so it comes after what has a time of that day. Of several
    /// times the first counts. What says no time stands where it was written.
    func inOrder(_ summaries: [EntrySummary], newestFirst: Bool) throws -> [EntrySummary] {
        let placed = try summaries.map { summary in
            let first =
                try summary.settledStartMs
                ?? starts(of: summary).map { $0.sortingMs(in: zone) }.min()
            return (
                place: TimeOrder(startMs: first, writtenMs: summary.atMs, entry: summary.id),
                summary: summary
            )
        }
        return placed.sorted { newestFirst ? $1.place < $0.place : $0.place < $1.place }
            .map(\.summary)
    }
}
