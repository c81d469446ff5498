public import SyncCore

/// What has changed between two answers to one search.
public struct RecallDifference: Sendable {
    public let older: RecallAnswer
    public let newer: RecallAnswer
    /// The patients of whom something changed, in order of their references.
    public let changes: [PatientChange]

    /// Nil for answers to different searches.
    public init?(from older: RecallAnswer, to newer: RecallAnswer) {
        guard older.query == newer.query else { return nil }
        self.older = older
        self.newer = newer
        let before = Self.byReference(older)
        let after = Self.byReference(newer)
        changes = Set(before.keys).union(after.keys).sorted().compactMap { reference in
            let change = PatientChange(reference, before[reference], after[reference])
            return change.isNothing ? nil : change
        }
    }

    private static func byReference(_ answer: RecallAnswer) -> [PrintedText: PatientAnswer] {
        Dictionary(answer.patients.map { ($0.reference, $0) }) { first, _ in first }
    }

    /// What has changed of one patient.
    public struct PatientChange: Hashable, Sendable {
        public let reference: PrintedText
        /// Nil where the patient was, or is, out of scope.
        public let before: PatientAnswer?
        public let after: PatientAnswer?
        public let newRows: [RecallRow]
        /// Rows that say something else now: another value stands there, the entry was voided.
        public let changedRows: [RecallRow]
        /// Rows whose words were erased.
        public let goneRows: [RecallRow]
        public let newUnknowns: [UnknownReason]
        public let endedUnknowns: [UnknownReason]

        init(_ reference: PrintedText, _ before: PatientAnswer?, _ after: PatientAnswer?) {
            self.reference = reference
            self.before = before
            self.after = after
            let old = before?.rows ?? []
            let new = after?.rows ?? []
            let known = Dictionary(old.map { ($0.identity, $0) }) { first, _ in first }
            let left = Set(new.map(\.identity))
            newRows = new.filter { known[$0.identity] == nil }
            changedRows = new.filter { row in known[row.identity].map { $0 != row } ?? false }
            goneRows = old.filter { !left.contains($0.identity) }
            let oldUnknowns = (before?.unknowns ?? []).filter { !$0.isOfDevices }
            let newUnknowns = (after?.unknowns ?? []).filter { !$0.isOfDevices }
            self.newUnknowns = newUnknowns.filter { !oldUnknowns.contains($0) }
            endedUnknowns = oldUnknowns.filter { !newUnknowns.contains($0) }
        }

        /// The class that the patient left and the one entered; nil where it is the same.
        public var move: (from: RecallClass?, to: RecallClass?)? {
            before?.headline == after?.headline ? nil : (before?.headline, after?.headline)
        }

        /// Whether more, or less, of the patient's devices has been heard.
        public var isCoverageMoved: Bool {
            before != nil && after != nil && before?.coverage != after?.coverage
        }

        var isNothing: Bool { before == after }
    }
}

extension RecallDifference {
    /// The changes in lines for a person.
    public var lines: [String] {
        let start = "Compared with the search of \(UniversalTime(ms: older.askedMs)):"
        guard !changes.isEmpty else { return [start, "Nothing has changed."] }
        return [start] + changes.flatMap(lines)
    }

    /// The stable form for programs; it is worked out anew and never read back.
    public var json: JSONValue {
        [
            "before": .integer(older.askedMs), "after": .integer(newer.askedMs),
            "changes": .array(changes.map(\.json)),
        ]
    }

    private func lines(_ change: PatientChange) -> [String] {
        let name = change.reference.oneLine
        var lines: [String] = []
        if let move = change.move {
            let words = change.after.map { PatientWords($0, in: newer).blocks } ?? []
            let said = words.isEmpty ? "" : ": " + words.joined(separator: "; ")
            switch (move.from, move.to) {
            case (let from?, let to?):
                lines.append("\(name) was \(from.rawValue), is \(to.rawValue)\(said)")
            case (nil, let to?): lines.append("\(name) came into scope, is \(to.rawValue)\(said)")
            case (let from?, nil):
                lines.append("\(name) was \(from.rawValue), is no longer in scope")
            case (nil, nil): break
            }
        } else if change.hasOtherRows {
            let words = change.after.map { PatientWords($0, in: newer).blocks } ?? []
            lines.append(
                "\(name) is still \(change.headlineWord): \(words.joined(separator: "; "))")
        }
        if change.before != nil, change.after != nil {
            let rows =
                Self.count(change.newRows, "new") + Self.count(change.changedRows, "changed")
                + Self.count(change.goneRows, "erased")
            if !rows.isEmpty { lines.append("\(name): \(rows.joined(separator: ", "))") }
        }
        if change.isCoverageMoved {
            lines.append(
                "\(name) heard to \(Self.reach(change.after)), before to \(Self.reach(change.before))"
            )
        }
        return lines
    }

    /// "1 row new".
    private static func count(_ rows: [RecallRow], _ word: String) -> [String] {
        rows.isEmpty ? [] : ["\(rows.count) \(rows.count == 1 ? "row" : "rows") \(word)"]
    }

    private static func reach(_ answer: PatientAnswer?) -> String {
        switch answer?.coverage.reach {
        case .upTo(let ms)?: "\(UniversalTime(ms: ms))"
        case .everything?: "the end, no device waited for"
        case .nothing?, nil: "nothing"
        }
    }
}

extension RecallDifference.PatientChange {
    fileprivate var headlineWord: String { after?.headline.rawValue ?? "" }

    fileprivate var hasOtherRows: Bool {
        !newRows.isEmpty || !changedRows.isEmpty || !goneRows.isEmpty || !newUnknowns.isEmpty
            || !endedUnknowns.isEmpty || before?.stock != after?.stock
            || before?.given != after?.given
    }

    /// The stable form for programs.
    public var json: JSONValue {
        var object = JSONObject()
        object.set("reference", reference)
        object.set("from", before?.headline)
        object.set("to", after?.headline)
        object.set("newRows", newRows)
        object.set("changedRows", changedRows)
        object.set("goneRows", goneRows)
        object.set("newUnknowns", newUnknowns)
        object.set("endedUnknowns", endedUnknowns)
        if isCoverageMoved {
            object.set("coverageBefore", before?.coverage)
            object.set("coverageAfter", after?.coverage)
        }
        return .object(object)
    }
}
