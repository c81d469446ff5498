/// Crockford's base32: letters and digits that are hard to confuse, in five-bit groups.
///
/// Reading ignores case, hyphens and spaces, and takes I and L for 1, O for 0.
enum Crockford {
    private static let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    static func letter(of value: Int) -> UInt8 { letters[value & 31] }

    /// The five-bit values of a text; nil if it has any other character, or more than `limit`.
    static func values(of text: String, limit: Int) -> [Int]? {
        var values: [Int] = []
        for byte in text.utf8 {
            if byte == UInt8(ascii: "-") || byte == UInt8(ascii: " ") { continue }
            guard values.count < limit, let value = value(of: byte) else { return nil }
            values.append(value)
        }
        return values
    }

    private static func value(of byte: UInt8) -> Int? {
        switch byte & 0xDF {
        case UInt8(ascii: "I"), UInt8(ascii: "L"): return 1
        case UInt8(ascii: "O"): return 0
        default:
            let upper = byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") ? byte & 0xDF : byte
            return letters.firstIndex(of: upper)
        }
    }

    static func text(of values: some Sequence<Int>) -> String {
        String(decoding: values.map(letter(of:)), as: UTF8.self)
    }
}
