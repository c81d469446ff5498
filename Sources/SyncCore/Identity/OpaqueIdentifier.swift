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
        left.textBytes.lexicographicallyPrecedes(right.textBytes)
    }
}

/// Sixteen octets as two words: ids of diaries and replicas, nonces and salts.
public struct Octets16: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    public init?(_ octets: some Collection<UInt8>) {
        guard octets.count == 16 else { return nil }
        high = octets.prefix(8).reduce(0) { ($0 << 8) | UInt64($1) }
        low = octets.dropFirst(8).reduce(0) { ($0 << 8) | UInt64($1) }
    }

    public var octets: [UInt8] { high.bigEndianOctets + low.bigEndianOctets }
}

/// Thirty-two octets as four words: hashes and keys.
public struct Octets32: Hashable, Sendable {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    public init?(_ octets: some Collection<UInt8>) {
        guard octets.count == 32 else { return nil }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        for (index, octet) in octets.enumerated() {
            let octet = UInt64(octet)
            switch index >> 3 {
            case 0: words.0 = (words.0 << 8) | octet
            case 1: words.1 = (words.1 << 8) | octet
            case 2: words.2 = (words.2 << 8) | octet
            default: words.3 = (words.3 << 8) | octet
            }
        }
        self.words = words
    }

    public var octets: [UInt8] {
        var octets = [UInt8]()
        octets.reserveCapacity(32)
        for word in [words.0, words.1, words.2, words.3] { octets += word.bigEndianOctets }
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
