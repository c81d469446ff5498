public import SyncCore

/// The paper from which a clinic's key can be made again: 128 random bits and 12 to find a slip.
///
/// Written as seven groups of four Crockford base32 characters. The seed of the clinic's key is
/// SHA-256(`diary-clinic-key-v1\0` ‖ the 16 octets), the check the first 12 bits of
/// SHA-256(`diary-clinic-phrase-v1\0` ‖ the 16 octets).
public struct RecoveryPhrase: Sendable, Equatable, CustomStringConvertible {
    private let octets: [UInt8]

    private static let letterCount = 28

    public init(using generator: inout some RandomNumberGenerator) {
        octets = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    /// Why what was typed is no phrase.
    public enum Flaw: Error, Equatable, Sendable {
        /// Not 28 letters and digits of base32.
        case length
        /// A character is wrong somewhere.
        case checksum
    }

    /// Reads what a person typed from the paper.
    public init(_ typed: String) throws(Flaw) {
        guard typed.utf8.count <= 128,
            let values = Crockford.values(of: typed, limit: Self.letterCount),
            values.count == Self.letterCount
        else { throw .length }
        var bits = values.flatMap { value in (0..<5).reversed().map { (value >> $0) & 1 } }[...]
        var octets: [UInt8] = []
        for _ in 0..<16 {
            octets.append(bits.prefix(8).reduce(UInt8(0)) { ($0 << 1) | UInt8($1) })
            bits = bits.dropFirst(8)
        }
        guard bits.elementsEqual(Self.check(octets)) else { throw .checksum }
        self.octets = octets
    }

    public var description: String {
        let bits = octets.flatMap(Self.bits(of:)) + Self.check(octets)
        let letters = stride(from: 0, to: bits.count, by: 5).map { start in
            Crockford.letter(of: bits[start..<(start + 5)].reduce(0) { ($0 << 1) | $1 })
        }
        return stride(from: 0, to: letters.count, by: 4).map {
            String(decoding: letters[$0..<($0 + 4)], as: UTF8.self)
        }.joined(separator: " ")
    }

    /// The clinic's key.
    public var signingKey: SigningKey {
        let seed = SHA256Hash.octets(of: Array("diary-clinic-key-v1".utf8) + [0] + octets)
        guard let key = SigningKey(seed: seed) else {
            preconditionFailure("a SHA-256 has the 32 octets of a seed")
        }
        return key
    }

    private static func check(_ octets: [UInt8]) -> [Int] {
        let text = Array("diary-clinic-phrase-v1".utf8) + [0] + octets
        return Array(SHA256Hash.octets(of: text).flatMap(bits(of:)).prefix(12))
    }

    private static func bits(of octet: UInt8) -> [Int] {
        (0..<8).reversed().map { Int((octet >> $0) & 1) }
    }
}
