/// The name of a field, or of a family of fields: `route`, `vials.<line>`, `local.<site>.<code>`.
public struct FieldPattern: Hashable, Sendable, CustomStringConvertible {
    private let parts: [String]
    /// The keys that the last part may have; nil where any key may stand.
    public let keys: [String]?

    init(_ text: String, keys: [String]? = nil) {
        parts = text.split(separator: ".").map(String.init)
        self.keys = keys
    }

    public var description: String { parts.joined(separator: ".") }

    /// Whether this is the name of one field alone.
    public var isSingle: Bool { !parts.contains { $0.first == "<" } }

    /// The field of a family for one key: `symptom.headache`; nil where more than a key is open.
    public func field(ofKey key: String) -> String? {
        guard parts.filter({ $0.first == "<" }).count == 1, parts.last?.first == "<" else {
            return nil
        }
        return (parts.dropLast() + [key]).joined(separator: ".")
    }

    /// Whether a field's name fits; `other-<line>` fits wherever keys are listed.
    public func matches(_ field: String) -> Bool {
        guard Self.isName(field) else { return false }
        let found = field.split(separator: ".", omittingEmptySubsequences: false)
        guard found.count == parts.count else { return false }
        for (part, name) in zip(parts, found) {
            guard part.first == "<" ? !name.isEmpty : part.utf8.elementsEqual(name.utf8) else {
                return false
            }
        }
        guard let keys, let last = found.last else { return true }
        return keys.contains(String(last)) || (last.hasPrefix("other-") && last.count > 6)
    }

    /// Whether a text may be a field's name at all.
    public static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
                    || byte == 0x2E || byte == 0x5F || byte == 0x2D
            }
    }
}
