/// What a column of a table holds, as far as a spreadsheet has to know.
public enum CSVForm: Sendable {
    case text, number
    /// Text from a pack, of which no number must be made: always quoted.
    case printed
}

/// For whom a table of comma-separated values is written.
public enum CSVFlavour: Sendable, CaseIterable {
    /// For programs: every value as it is.
    case plain
    /// For a spreadsheet: lots and other printed numbers as `="00123"`, and an apostrophe before text
    /// that a spreadsheet would take for a formula.
    case spreadsheet

    /// A line of fields, ended by CR LF.
    func line(_ fields: some Sequence<(value: String, form: CSVForm)>) -> String {
        fields.map { field($0.value, $0.form) }.joined(separator: ",") + "\r\n"
    }

    /// A field as it stands in a line (RFC 4180).
    func field(_ value: String, _ form: CSVForm) -> String {
        guard !value.isEmpty else { return "" }
        switch self {
        case .plain: return form == .printed || Self.needsQuotes(value) ? Self.quoted(value) : value
        case .spreadsheet:
            if form == .printed, value.utf16.count <= Self.formulaTextLimit {
                return Self.quoted("=" + Self.quoted(value))
            }
            let safe = isFormula(value, form) ? "'" + value : value
            return form == .printed || Self.needsQuotes(safe) ? Self.quoted(safe) : safe
        }
    }

    /// Whether a spreadsheet would calculate with it; a negative number is none.
    private func isFormula(_ value: String, _ form: CSVForm) -> Bool {
        guard let first = value.utf8.first, Self.formulaStarts.contains(first) else { return false }
        let isDecimal = value.utf8.dropFirst().allSatisfy { byte in
            (0x30...0x39).contains(byte) || byte == UInt8(ascii: ".")
        }
        return !(form == .number && first == UInt8(ascii: "-") && isDecimal)
    }

    private static func needsQuotes(_ value: String) -> Bool {
        value.utf8.contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
        } || value.utf8.first == 0x20 || value.utf8.last == 0x20
    }

    /// Between quotes, those inside doubled; so it is in CSV and in a formula alike.
    private static func quoted(_ value: String) -> String {
        let quote = UInt8(ascii: "\"")
        let inside = value.utf8.flatMap { $0 == quote ? [quote, quote] : [$0] }
        return String(decoding: [quote] + inside + [quote], as: UTF8.self)
    }

    /// A text in a formula may have 255 characters.
    private static let formulaTextLimit = 255
    private static let formulaStarts = Array("=+-@\t".utf8)
}
