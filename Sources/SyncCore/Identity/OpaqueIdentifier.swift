/// A value of fixed length whose text form is base64url; ordered by that text, byte by byte.
public protocol OpaqueIdentifier: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The length in octets.
    static var octetCount: Int { get }
    /// The value, octet by octet.
    var octets: [UInt8] { get }
    /// The value of exactly `octetCount` octets; nil for any other length.
    init?(octets: some Collection<UInt8>)
}

extension OpaqueIdentifier {
    /// The value of a base64url text; nil unless it is the one text of such a value.
    public init?(text: some Collection<UInt8>) {
        guard let octets = Base64URL.decode(text, octetCount: Self.octetCount) else { return nil }
        self.init(octets: octets)
    }

    /// The value of a base64url text; nil unless it is the one text of such a value.
    public init?(_ text: String) { self.init(text: Array(text.utf8)) }

    /// The base64url text as bytes.
    public var textBytes: [UInt8] { Base64URL.encode(octets) }

    /// The base64url text.
    public var text: String { String(decoding: textBytes, as: UTF8.self) }

    public var description: String { text }

    public static func < (left: Self, right: Self) -> Bool {
        Base64URL.textPrecedes(left.octets, right.octets)
    }
}

/// Sixteen octets as two words: ids of diaries and replicas, nonces and salts.
public struct Octets16: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    public init?(_ octets: some Collection<UInt8>) {
        // An array is read by code made for arrays, whatever module asks.
        let octets = Array(octets)
        guard octets.count == 16 else { return nil }
        high = octets.word(at: 0)
        low = octets.word(at: 8)
    }

    public var octets: [UInt8] {
        var octets = [UInt8](repeating: 0, count: 16)
        octets.write(high, at: 0)
        octets.write(low, at: 8)
        return octets
    }
}

extension [UInt8] {
    /// Eight octets as a word, most significant first.
    fileprivate func word(at start: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in start..<(start + 8) { word = (word << 8) | UInt64(self[index]) }
        return word
    }

    /// Writes eight octets, most significant first.
    fileprivate mutating func write(_ word: UInt64, at start: Int) {
        for offset in 0..<8 {
            self[start + offset] = UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * offset))
        }
    }
}

/// Thirty-two octets as four words: hashes and keys.
public struct Octets32: Hashable, Sendable {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    public init?(_ octets: some Collection<UInt8>) {
        let octets = Array(octets)
        guard octets.count == 32 else { return nil }
        words = (octets.word(at: 0), octets.word(at: 8), octets.word(at: 16), octets.word(at: 24))
    }

    public var octets: [UInt8] {
        var octets = [UInt8](repeating: 0, count: 32)
        octets.write(words.0, at: 0)
        octets.write(words.1, at: 8)
        octets.write(words.2, at: 16)
        octets.write(words.3, at: 24)
        return octets
    }

    public static func == (left: Self, right: Self) -> Bool { left.words == right.words }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
        hasher.combine(words.2)
        hasher.combine(words.3)
    }
}

extension FixedWidthInteger {
    /// The number as octets, most significant first, as every signed text writes it.
    package var bigEndianOctets: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
}
