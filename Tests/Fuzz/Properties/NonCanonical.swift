/// Why a text that is JSON is not canonical: the rules of the format read once more, by a scanner of
/// tokens that has nothing of the product's in it.
///
/// It is for texts that another reader took; of others it says something or nothing.
enum NonCanonical: String, CaseIterable {
    case encoding, whitespace, trailingComma, depth
    case keyOrder, repeatedKey, keyNotPrintable
    case notInteger, negativeZero, range
    case escape, nul

    static func reasons(in bytes: [UInt8]) -> Set<NonCanonical> {
        // A byte order mark, or the zeros that UTF-16 and UTF-32 are full of.
        let marks: [[UInt8]] = [[0xEF, 0xBB, 0xBF], [0xFE, 0xFF], [0xFF, 0xFE]]
        if bytes.contains(0) || marks.contains(where: { bytes.starts(with: $0) }) {
            return [.encoding]
        }
        var walk = TokenWalk(bytes)
        walk.run()
        return walk.reasons
    }
}

private struct TokenWalk {
    /// One open bracket: the keys so far, or nil for an array.
    private struct Open {
        var keys: [[UInt8]]?
        var expectsKey: Bool
    }

    private let bytes: [UInt8]
    private var index = 0
    private var open: [Open] = []
    private var afterComma = false
    var reasons: Set<NonCanonical> = []

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func run() {
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D:
                reasons.insert(.whitespace)
                index += 1
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                let isObject = byte == UInt8(ascii: "{")
                open.append(Open(keys: isObject ? [] : nil, expectsKey: isObject))
                if open.count > 16 { reasons.insert(.depth) }
                index += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if afterComma { reasons.insert(.trailingComma) }
                _ = open.popLast()
                index += 1
            case UInt8(ascii: ","):
                if let keys = open.last?.keys {
                    open[open.count - 1] = Open(keys: keys, expectsKey: true)
                }
                index += 1
                afterComma = true
                continue
            case UInt8(ascii: "\""): string()
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): number()
            default: index += 1
            }
            afterComma = false
        }
    }

    private mutating func string() {
        index += 1
        let start = index
        var value: [UInt8] = []
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            if bytes[index] == UInt8(ascii: "\\") {
                escape(&value)
            } else {
                value.append(bytes[index])
                index += 1
            }
        }
        let written = bytes[start..<min(index, bytes.count)]
        index += 1
        guard let top = open.last, top.expectsKey, let keys = top.keys else { return }
        if !written.allSatisfy({ (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }) {
            reasons.insert(.keyNotPrintable)
        }
        if keys.contains(value) { reasons.insert(.repeatedKey) }
        if let last = keys.last, !last.lexicographicallyPrecedes(value) {
            reasons.insert(.keyOrder)
        }
        open[open.count - 1] = Open(keys: keys + [value], expectsKey: false)
    }

    private mutating func escape(_ value: inout [UInt8]) {
        let kind = index + 1 < bytes.count ? bytes[index + 1] : 0
        index += 2
        let short: [UInt8: UInt8] = [
            UInt8(ascii: "b"): 0x08, UInt8(ascii: "t"): 0x09, UInt8(ascii: "n"): 0x0A,
            UInt8(ascii: "f"): 0x0C, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "\""): 0x22,
            UInt8(ascii: "\\"): 0x5C,
        ]
        if let byte = short[kind] { return value.append(byte) }
        guard kind == UInt8(ascii: "u") else {
            reasons.insert(.escape)
            return value.append(kind)
        }
        let digits = bytes[min(index, bytes.count)..<min(index + 4, bytes.count)]
        index += 4
        let text = String(decoding: digits, as: UTF8.self)
        let scalar = UInt32(text, radix: 16) ?? 0
        if scalar == 0 { reasons.insert(.nul) }
        let isShort = [0x08, 0x09, 0x0A, 0x0C, 0x0D].contains(scalar)
        if scalar >= 0x20 || isShort || text != text.lowercased() { reasons.insert(.escape) }
        // A surrogate alone is not looked at: it is no canonical escape in any case.
        if let scalar = Unicode.Scalar(scalar) { value += Array(String(scalar).utf8) }
    }

    private mutating func number() {
        let start = index
        let letters = Array("+-.eE0123456789".utf8)
        while index < bytes.count, letters.contains(bytes[index]) { index += 1 }
        let text = bytes[start..<index]
        if text.contains(where: { Array(".eE".utf8).contains($0) }) {
            reasons.insert(.notInteger)
            return
        }
        let digits = text.drop { $0 == UInt8(ascii: "-") }
        if digits.elementsEqual([UInt8(ascii: "0")]), digits.count != text.count {
            reasons.insert(.negativeZero)
        }
        let limit = Array("9007199254740991".utf8)
        let isLarger =
            digits.count > limit.count
            || digits.count == limit.count && limit.lexicographicallyPrecedes(digits)
        if isLarger { reasons.insert(.range) }
    }
}
