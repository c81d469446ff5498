public import SyncCore

/// A short name of an entry for people: the end of its id in lower-case Crockford base32.
///
/// Four characters are its last 20 bits; where two entries agree, more characters say the bits above.
public struct Handle: Hashable, Sendable, CustomStringConvertible {
    /// The characters, at least one, at most eight.
    public let text: String
    let bits: Int
    let count: Int

    public static let usualLength = 4
    public static let longest = 8
    private static let letters = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// The handle of an id with so many characters.
    public init(of id: EntryID, length: Int = usualLength) {
        self.init(low: Self.low(of: id), length: length)
    }

    /// The handle of an id that ends in these 40 bits.
    init(low: Int, length: Int = usualLength) {
        count = min(max(length, 1), Self.longest)
        bits = low & ((1 << (5 * count)) - 1)
        let shifts = stride(from: 5 * (count - 1), through: 0, by: -5)
        let bits = bits
        text = String(
            decoding: shifts.map { Self.letters[(bits >> $0) & 31] }, as: UTF8.self)
    }

    /// Reads what a person typed: either case, O for 0, I and L for 1; nil for anything else.
    public init?(_ typed: String) {
        let units = Array(typed.utf8)
        guard (1...Self.longest).contains(units.count) else { return nil }
        var bits = 0
        var text: [UInt8] = []
        for unit in units {
            let lower = (65...90).contains(unit) ? unit + 32 : unit
            let letter: UInt8 =
                switch lower {
                case UInt8(ascii: "o"): UInt8(ascii: "0")
                case UInt8(ascii: "i"), UInt8(ascii: "l"): UInt8(ascii: "1")
                default: lower
                }
            guard let value = Self.letters.firstIndex(of: letter) else { return nil }
            bits = (bits << 5) | value
            text.append(letter)
        }
        self.bits = bits
        self.text = String(decoding: text, as: UTF8.self)
        count = units.count
    }

    public var description: String { text }

    /// How many bits of an id this handle names.
    var bitCount: Int { 5 * count }

    /// The last 40 bits of an id as one number.
    static func low(of id: EntryID) -> Int {
        id.octets.suffix(5).reduce(0) { ($0 << 8) | Int($1) }
    }
}
