import SyncCore

extension JSONValue {
    /// The value for people to read and compare: short parts on one line, one space a level.
    var prettyText: String { pretty(indent: 0) }

    private func pretty(indent: Int) -> String {
        let short = canonicalText
        if short.utf8.count + indent <= 90 { return short }
        let margin = String(repeating: " ", count: indent)
        switch self {
        case .array(let items):
            let inner = items.map { margin + " " + $0.pretty(indent: indent + 1) }
            return "[\n" + inner.joined(separator: ",\n") + "\n" + margin + "]"
        case .object(let object):
            let inner = object.members.map { member in
                margin + " " + JSONValue.string(member.key).canonicalText + ":"
                    + member.value.pretty(indent: indent + 1)
            }
            return "{\n" + inner.joined(separator: ",\n") + "\n" + margin + "}"
        default: return short
        }
    }

    /// Octets as hexadecimal digits.
    static func hex(_ octets: some Sequence<UInt8>) -> JSONValue { .string(hexText(octets)) }

    static func id(_ id: some OpaqueIdentifier) -> JSONValue { .string(id.text) }
}

/// Octets as lower-case hexadecimal digits.
func hexText(_ octets: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef")
    return String(octets.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
}

extension Section {
    /// A section as the vectors write it: lines as texts, heads as on the wire.
    var vector: JSONValue {
        [
            "heads": .array(heads.map(\.json)),
            "lines": .array(lines.map { .string(String(decoding: $0, as: UTF8.self)) }),
        ]
    }
}
