/// The last part of a field that two people may add to at once: `vials.<line>`.
///
/// In the event that begins the entry lines are counted; a line added later has a random name, so
/// that two who add at once never meet in one field.
public struct LineName: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// A line of the event that begins the entry, counted from 1.
    public init(number: Int) { description = String(number) }

    /// A line added later, of five random octets: eight characters of Crockford base32; nil for other counts.
    public init?(randomOctets octets: [UInt8]) {
        guard octets.count == 5 else { return nil }
        let number = octets.reduce(UInt64(0)) { ($0 << 8) | UInt64($1) }
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
        let characters = (0..<8).map { alphabet[Int((number >> (35 - 5 * UInt64($0))) & 31)] }
        description = String(decoding: characters, as: UTF8.self)
    }

    /// `vials.1`.
    public var vials: String { "vials.\(description)" }
}
