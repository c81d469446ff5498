import SyncCore

/// What each lot line adds to what was given, at least and at most.
///
/// The problem: whoever adds up the doses of an export counts a copy twice, or both copies not at all,
/// where people have not said which of them counts. The rule: what the copies of an infusion come to
/// together is laid over their lines one after the other, each taking no more than it says itself, those
/// first that nobody set aside. So the sums over all lines are exactly the two ends of the diary's total,
/// and an infusion that nobody doubts adds what its lines say. What is voided or to review adds nothing.
struct CountedLines: Sendable {
    private var ranges: [EntryID: [String: MilligramRange]] = [:]

    init(_ infusions: [ExportedEntry], _ given: GivenTotal) {
        var live: [EntryID: ExportedEntry] = [:]
        for entry in infusions where [.active, .inQuestion].contains(entry.view.status) {
            live[entry.id] = entry
        }
        let aside = Set(given.setAside)
        for part in given.parts {
            var rest = part.milligrams
            let counting = part.entries.filter { !aside.contains($0) }
            for entry in counting + part.entries.filter(aside.contains) {
                for line in live[entry]?.vialFields ?? [] {
                    let most = live[entry]?.mostMilligrams(of: line) ?? 0
                    let taken = MilligramRange(min(most, rest.low), min(most, rest.high))
                    rest = MilligramRange(rest.low - taken.low, rest.high - taken.high)
                    ranges[entry, default: [:]][line] = taken
                }
            }
        }
    }

    /// What a line of an infusion adds; nil where it adds nothing whatever people answer.
    subscript(entry: EntryID, line: String) -> MilligramRange? { ranges[entry]?[line] }
}

extension ExportedEntry {
    /// The most that a candidate of a line says was given.
    fileprivate func mostMilligrams(of line: String) -> Int64 {
        said(line).compactMap { VialLine(json: $0)?.doseMilligrams }.max() ?? 0
    }
}
