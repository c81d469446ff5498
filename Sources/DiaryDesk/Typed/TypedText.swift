/// What may stand in a name, a lot or a reference that a person types.
public enum TypedText {
    /// The text as it was typed; nothing, where it is spaces alone.
    public static func orNothing(_ text: String) -> String { text.trimmed.isEmpty ? "" : text }

    /// Whether there is something in a text, and nothing that cannot be printed.
    public static func isPrintable(_ text: String) -> Bool {
        !text.trimmed.isEmpty
            && text.unicodeScalars.allSatisfy { scalar in
                switch scalar.value {
                case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069,
                    0xFEFF:
                    false
                default: true
                }
            }
    }
}
