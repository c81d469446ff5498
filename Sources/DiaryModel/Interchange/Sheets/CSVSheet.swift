import SyncCore

/// A table of an export beside that of lot lines: `plans`, `measurements`, `reactions` ...
///
/// Its first columns are those of the lot lines' table, told the same way; its own come after them, and
/// new ones only at the end.
public struct CSVSheet: Sendable {
    /// What the file is called, without `.csv`.
    public let name: String
    private let common: [CSVColumn]
    private let own: [Column]
    private let rows: [Row]

    /// A column of this table alone.
    struct Column: Sendable, ExpressibleByStringLiteral {
        let name: String
        let form: CSVForm

        init(_ name: String, _ form: CSVForm) {
            self.name = name
            self.form = form
        }

        init(stringLiteral value: String) { self.init(value, .text) }

        static func number(_ name: String) -> Column { Column(name, .number) }
        static func printed(_ name: String) -> Column { Column(name, .printed) }
    }

    struct Row: Sendable {
        let common: CSVTable.Row
        /// In the order of the columns; what is missing is empty.
        let own: [String]
    }

    init(_ name: String, _ common: [CSVColumn], _ own: [Column], rows: [Row]) {
        self.name = name
        self.common = common
        self.own = own
        self.rows = rows
    }

    public var rowCount: Int { rows.count }

    /// The columns' names in their order, as the first line of a table.
    public var header: String {
        (common.map(\.rawValue) + own.map(\.name)).joined(separator: ",") + "\r\n"
    }

    /// The rows as lines ended by CR LF, without the first one that names the columns.
    public func lines(_ flavour: CSVFlavour = .plain) -> String {
        rows.map { row in
            let shared = common.map { (value: row.common[$0], form: $0.form) }
            return flavour.line(shared + zip(row.own, own).map { (value: $0, form: $1.form) })
        }.joined()
    }
}

extension ExportedDiary {
    /// The tables beside that of lot lines, in the order of their names.
    public var sheets: [CSVSheet] { [earlierLotSheet, measurementSheet, planSheet, reactionSheet] }

    /// The entries of a kind as rows of a sheet.
    func rows(
        of kind: EntryKind, _ own: (ExportedEntry) -> [[String]]
    ) -> [CSVSheet.Row] {
        entries.filter { $0.knownKind == kind }.flatMap { entry in
            let common = EntryRows(entry, in: self).common
            return own(entry).map { CSVSheet.Row(common: common, own: $0) }
        }
    }
}

extension ExportedEntry {
    /// What every candidate of a field says in a column.
    func column(_ field: String, _ read: (JSONValue) -> String?) -> String {
        ColumnText.of(fields[field]) { json, _ in read(json) }
    }
}
