extension PrintedText {
    /// The text for one line of a list: what would move a cursor or a line is a space, what is long is cut.
    ///
    /// The whole text stays in the answer.
    var oneLine: String {
        let shown = String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { Self.isLayout($0) ? " " : $0 }))
        let words = shown.split(separator: " ").joined(separator: " ")
        return words.count > 80 ? words.prefix(79) + "…" : words
    }

    private static func isLayout(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
            .unassigned:
            true
        default: false
        }
    }
}
