import SyncCore

/// The table of domain 8.2: one row for each lot line.
///
/// An infusion, a movement of stock or an entry of a kind that this version does not know has a row
/// even without a line, so nothing that may concern a lot is missing. Entries of other kinds name no
/// lots and have no row; `kindsElsewhere` counts them, and the lines for people tell them all.
/// What was given lies between the sums of `counts_low_g` and of `counts_high_g`: of copies of one infusion
/// only one is added up, and what people disagree about is a range (`CountedLines`). `line_g` is what a
/// line says by itself, and `infusion_g` repeats on each line.
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

    /// The columns' names in their order, as the first line of a table.
    public static func header(_ columns: [CSVColumn] = CSVColumn.allCases) -> String {
        columns.map(\.rawValue).joined(separator: ",") + "\r\n"
    }

    /// The rows as lines ended by CR LF, without the first one that names the columns.
    ///
    /// - Parameter columns: which columns; those that are not local are the same bytes in every store.
    public func lines(
        _ flavour: CSVFlavour = .plain, columns: [CSVColumn] = CSVColumn.allCases
    ) -> String {
        rows.map { row in flavour.line(columns.map { (row[$0], $0.form) }) }.joined()
    }

    /// The table as text.
    ///
    /// - Parameter byteOrderMark: whether it begins with U+FEFF, by which some spreadsheets know UTF-8.
    public func text(
        _ flavour: CSVFlavour = .plain, byteOrderMark: Bool = false,
        columns: [CSVColumn] = CSVColumn.allCases
    ) -> String {
        (byteOrderMark ? "\u{FEFF}" : "") + Self.header(columns) + lines(flavour, columns: columns)
    }
}
