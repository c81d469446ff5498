import SyncCore

/// The warnings of an entry: those kept with values that stand, and what a merge brought together.
///
/// `<code>.<field>`, as they stand in the events. Those that only the view can find need no writer and
/// no catalogue, so every store finds the same.
struct EntryWarnings {
    private let entry: ExportedEntry

    init(_ entry: ExportedEntry) { self.entry = entry }

    /// The warnings of the whole and of one line; those of the other lines stand in their own rows.
    func text(line: String?) -> String {
        let told = all.filter { warning in
            guard let other = entry.vialFields.first(where: { warning.isOf($0) }) else {
                return true
            }
            return other == line
        }
        return ColumnText.list(told.map(\.text))
    }

    private struct Kept: Hashable, Comparable {
        let code: PrintedText
        let field: PrintedText

        var text: String { "\(code).\(field)" }
        func isOf(_ line: String) -> Bool { field == PrintedText(line) }

        static func < (left: Self, right: Self) -> Bool {
            (left.code, left.field) < (right.code, right.field)
        }
    }

    private var all: [Kept] {
        var found: Set<Kept> = []
        for register in entry.fields.values {
            for candidate in register.candidates { found.formUnion(kept(with: candidate)) }
        }
        return found.union(seenByView).sorted()
    }

    /// The members `warning.<code>.<field>` whose value still stands: the event is a candidate of that
    /// field, or nobody ever set it (no plan was named).
    private func kept(with candidate: Candidate) -> [Kept] {
        candidate.about.keys.compactMap { key in
            guard key.hasPrefix(Self.prefix) else { return nil }
            let rest = key.dropFirst(Self.prefix.count)
            guard let dot = rest.firstIndex(of: ".") else { return nil }
            let field = String(rest[rest.index(after: dot)...])
            let stands = entry.fields[field]?.candidates.contains { $0.event == candidate.event }
            guard stands ?? true else { return nil }
            return Kept(code: PrintedText(String(rest[..<dot])), field: PrintedText(field))
        }
    }

    private static let prefix = "warning."

    private var seenByView: [Kept] {
        guard let kind = entry.knownKind else {
            return [Kept(code: PrintedText(WarningCode.notUnderstood.rawValue), field: "kind")]
        }
        let settled = JSONObject(
            entry.fields.keys.compactMap { name in
                entry.settled(name).map { (name, $0) }
            })
        return Validator().findings(kind: kind, values: settled, wereConcurrent: wereConcurrent)
            .filter { Self.ofTheView.contains($0.code) }
            .map { Kept(code: PrintedText($0.code.rawValue), field: PrintedText($0.field)) }
    }

    private static let ofTheView: Set<WarningCode> = [
        .notUnderstood, .notDoneWithVials, .lineTwice,
    ]

    /// Whether of the events that set two fields neither had seen the other.
    private func wereConcurrent(_ one: String, _ other: String) -> Bool {
        func events(_ field: String) -> [EventID] {
            (entry.fields[field]?.candidates ?? []).map(\.event.id)
        }
        return events(one).contains { left in
            events(other).contains { right in
                left != right && entry.seen[left]?.contains(right) != true
                    && entry.seen[right]?.contains(left) != true
            }
        }
    }
}
