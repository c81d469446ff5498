import SyncCore

/// A JSON value as FHIR has it: our own with decimals, members in the order in which they were set.
///
/// Canonical JSON has whole numbers only, so a dose of `20.0` g could not be said in it. A decimal comes
/// from a whole number and goes out as its digits: no binary float ever holds a clinical value.
indirect enum FHIRValue: Sendable, Hashable {
    case flag(Bool)
    case integer(Int64)
    case decimal(ExactDecimal)
    case text(String)
    case list([FHIRValue])
    case object(FHIRObject)

    /// FHIR knows no empty text, list or object: such a member is left out.
    var isEmpty: Bool {
        switch self {
        case .text(let text): text.isEmpty
        case .list(let items): items.isEmpty
        case .object(let object): object.isEmpty
        case .flag, .integer, .decimal: false
        }
    }

    /// A list of those that are not empty.
    static func objects(_ objects: [FHIRObject]) -> FHIRValue {
        .list(objects.filter { !$0.isEmpty }.map { .object($0) })
    }

    func write(to text: inout String) {
        switch self {
        case .flag(let flag): text += flag ? "true" : "false"
        case .integer(let number): text += String(number)
        case .decimal(let decimal): text += decimal.description
        case .text(let string): text += Self.quoted(string)
        case .list(let items):
            text += "["
            for (index, item) in items.enumerated() {
                if index > 0 { text += "," }
                item.write(to: &text)
            }
            text += "]"
        case .object(let object):
            text += "{"
            for (index, member) in object.members.enumerated() {
                if index > 0 { text += "," }
                text += Self.quoted(member.key) + ":"
                member.value.write(to: &text)
            }
            text += "}"
        }
    }

    /// FHIR forbids control characters but tab and line ends: they stand as their pictures (U+2400 on).
    private static func quoted(_ string: String) -> String {
        let allowed: Set<UInt32> = [0x09, 0x0A, 0x0D]
        guard
            string.unicodeScalars.contains(where: { $0.value < 0x20 && !allowed.contains($0.value) }
            )
        else { return JSONValue.string(string).canonicalText }
        var shown = String.UnicodeScalarView()
        for scalar in string.unicodeScalars {
            let isControl = scalar.value < 0x20 && !allowed.contains(scalar.value)
            shown.append(isControl ? Unicode.Scalar(0x2400 + scalar.value) ?? scalar : scalar)
        }
        return JSONValue.string(String(shown)).canonicalText
    }
}

/// An object whose members keep their order; what is absent or empty is not set.
struct FHIRObject: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    private(set) var members: [Member] = []

    struct Member: Sendable, Hashable {
        let key: String
        let value: FHIRValue
    }

    init() {}

    init(dictionaryLiteral elements: (String, FHIRValue?)...) {
        for (key, value) in elements { set(key, value) }
    }

    var isEmpty: Bool { members.isEmpty }

    mutating func set(_ key: String, _ value: FHIRValue?) {
        guard let value, !value.isEmpty else { return }
        members.append(Member(key: key, value: value))
    }

    mutating func set(_ key: String, object: FHIRObject?) {
        if let object { set(key, .object(object)) }
    }

    mutating func set(_ key: String, list objects: [FHIRObject]) { set(key, .objects(objects)) }

    subscript(key: String) -> FHIRValue? { members.first { $0.key == key }?.value }

    /// The JSON text.
    var json: String {
        var text = ""
        FHIRValue.object(self).write(to: &text)
        return text
    }
}

extension FHIRValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int64) { self = .integer(value) }
    init(booleanLiteral value: Bool) { self = .flag(value) }
    init(arrayLiteral elements: FHIRObject...) { self = .objects(elements) }
    init(dictionaryLiteral elements: (String, FHIRValue?)...) {
        var object = FHIRObject()
        for (key, value) in elements { object.set(key, value) }
        self = .object(object)
    }
}
