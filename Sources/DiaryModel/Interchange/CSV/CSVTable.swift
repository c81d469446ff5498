import SyncCore

/// The table of domain 8.2: one row for each lot line.
///
/// An infusion, a movement of stock or an entry of a kind that this version does not know has a row
/// even without a line, so nothing that may concern a lot is missing. Entries of other kinds name no
/// lots and have no row; `kindsElsewhere` counts them, and the lines for people tell them all.
/// What was given is the sum of `line_g` over rows of state `active`; `infusion_g` repeats.
public struct CSVTable: Sendable {
    public let rows: [Row]
    /// How many entries of which kinds have no row here.
    public let kindsElsewhere: [String: Int]

    /// One line of the table; a column without a value is missing.
    public struct Row: Sendable, Hashable {
        private var values: [CSVColumn: String] = [:]

        /// The value as it is in the plain table, without quotes; empty where it is missing.
        public subscript(column: CSVColumn) -> String {
            get { values[column] ?? "" }
            set { values[column] = newValue }
        }
    }

    public init(_ diary: ExportedDiary) {
        var rows: [Row] = []
        var elsewhere: [String: Int] = [:]
        for entry in diary.entries {
            switch entry.knownKind {
            case .infusion, .stock, nil: rows += EntryRows(entry, in: diary).rows
            default: elsewhere[entry.kind, default: 0] += 1
            }
        }
        self.rows = rows
        kindsElsewhere = elsewhere
    }

    /// The table as text, lines ended by CR LF, the first of them the columns' names.
    ///
    /// - Parameters:
    ///   - byteOrderMark: whether it begins with U+FEFF, by which some spreadsheets know UTF-8.
    ///   - columns: which columns; those that are not local are the same bytes in every store.
    public func text(
        _ flavour: CSVFlavour = .plain, byteOrderMark: Bool = false,
        columns: [CSVColumn] = CSVColumn.allCases
    ) -> String {
        var text = byteOrderMark ? "\u{FEFF}" : ""
        text += columns.map(\.rawValue).joined(separator: ",") + "\r\n"
        for row in rows {
            let fields = columns.map { flavour.field(row[$0], in: $0) }
            text += fields.joined(separator: ",") + "\r\n"
        }
        return text
    }
}
