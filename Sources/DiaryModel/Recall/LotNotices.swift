import SyncCore

/// Since when each of the lots asked about is known to be recalled: by the search, or by a notice in a diary.
struct LotNotices {
    /// By the lot's place in the search; the earliest instant in milliseconds.
    private let earliest: [Int64?]

    init(_ query: RecallQuery, in entries: [SearchedEntry]) {
        let notices = entries.map(\.entry.view).filter {
            $0.kind == EntryKind.notice.rawValue && $0.status != .voided
        }
        let candidates = notices.flatMap { $0.fields["notice"]?.candidates ?? [] }
        earliest = query.lots.map { lot in
            let instants = candidates.filter { candidate in
                guard let json = candidate.value.json,
                    let product = json["product"].flatMap({ ProductKey(json: $0) }),
                    let printed = json["lot"].flatMap({ PrintedText(json: $0) })
                else { return false }
                return product == lot.product && LotKey(printed) == lot.key
            }.map { candidate in
                candidate.value.json?["since"].flatMap { Moment(json: $0) }?.ms
                    ?? candidate.at.milliseconds
            }
            return (instants + [query.noticeMs].compactMap(\.self)).min()
        }
    }

    /// Whether the lot was used later, by instants; of a bare day, whether that day came later.
    func isAfter(_ occurrence: Occurrence, asked: Int) -> Bool {
        guard earliest.indices.contains(asked), let notice = earliest[asked] else { return false }
        return occurrence.starts.contains { start in
            start.ms.map { $0 > notice } ?? (start.wall.date > UniversalTime(ms: notice).date)
        }
    }
}
