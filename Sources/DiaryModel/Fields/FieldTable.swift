/// The field table as data (domain 2.10): a new item, symptom or measure is a row, not code.
///
/// It is the clinical merge rule too, since a row is what moves as one; clinicians review it as such.
public enum FieldTable {
    public static let rows: [FieldRow] =
        everyRows + infusionRows + checkRows + reactionRows + measurementRows + stockRows + noteRows
        + trainingRows + planRows + noticeRows + questionRows + personRows + replicaRows
        + erasureRows

    /// The row of a field; nil where this version knows none.
    public static func row(kind: EntryKind, field: String) -> FieldRow? {
        rowsByKind[kind]?.first { $0.pattern.matches(field) }
    }

    private static let rowsByKind: [EntryKind: [FieldRow]] = {
        var found: [EntryKind: [FieldRow]] = [:]
        for kind in EntryKind.allCases {
            found[kind] = rows.filter { $0.kinds.contains(kind) }
        }
        return found
    }()

    static let any: ClosedRange<Int64> = 0...9_007_199_254_740_991
    static let amount: ClosedRange<Int64> = 1...9_007_199_254_740_991

    static let everyRows: [FieldRow] = [
        FieldRow(
            EntryKind.allCases, "status", .exactly(["active", "voided"]), by: .recorders,
            "Status is active or voided."),
        FieldRow(
            EntryKind.allCases, "link.<id>", linkShape, by: .linkers,
            "Say same, and which of the two counts, or different; leave it if nobody knows."),
        FieldRow(
            EntryKind.allCases, "proposed.<id>", linkShape, by: .only([.clerk]),
            "Propose same, and which of the two counts, or different."),
    ]

    private static let linkShape = ValueShape.object([
        ValueMember("value", .exactly(["same", "different"]), required: true),
        ValueMember("counts", .entry),
        ValueMember("because", .text(bytes: 64)),
    ])

    static let timeShape = ValueShape.object([
        ValueMember(
            "start", .moment, required: true, words: false, "when it began; the day alone is enough"
        ),
        ValueMember("end", .moment, "when it ended; leave it out if you do not know"),
        ValueMember("timerMs", .integer(0...31_536_000_000), words: false),
    ])
}
