public import SyncCore

/// The short name by which a person calls an entry: `k7q2`.
///
/// The last 20 bits of the entry's id as one number in Crockford base32, small letters; where two
/// entries agree, five bits more from above until they differ. Never on the wire.
public struct Handle: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    private static let letters = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    public static let shortest = 4
    public static let longest = 12

    /// The handle of `length` characters.
    public init(_ id: EntryID, length: Int = shortest) {
        var number = id.octets.suffix(8).reduce(UInt64(0)) { ($0 << 8) | UInt64($1) }
        var characters: [UInt8] = []
        for _ in 0..<min(max(length, Self.shortest), Self.longest) {
            characters.append(Self.letters[Int(number & 31)])
            number >>= 5
        }
        text = String(decoding: characters.reversed(), as: UTF8.self)
    }

    /// What a person typed, read forgivingly (I and L as 1, O as 0); nil if it can be no handle.
    public init?(typed: String) {
        let characters = typed.lowercased().utf8.map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "i"), UInt8(ascii: "l"): UInt8(ascii: "1")
            case UInt8(ascii: "o"): UInt8(ascii: "0")
            default: byte
            }
        }
        guard (Self.shortest...Self.longest).contains(characters.count),
            characters.allSatisfy(Self.letters.contains)
        else { return nil }
        text = String(decoding: characters, as: UTF8.self)
    }

    public var description: String { text }

    /// Whether an entry can be called so.
    public func names(_ id: EntryID) -> Bool { Handle(id, length: text.utf8.count) == self }
}

/// The handles of a set of entries, each as long as it has to be.
public struct HandleBook: Sendable {
    private let lengths: [Handle: Int]

    public init(_ entries: some Sequence<EntryID>) {
        var byShort: [Handle: [EntryID]] = [:]
        for id in Set(entries) { byShort[Handle(id), default: []].append(id) }
        var lengths: [Handle: Int] = [:]
        for (short, ids) in byShort where ids.count > 1 {
            lengths[short] =
                (Handle.shortest...Handle.longest).first { length in
                    Set(ids.map { Handle($0, length: length) }).count == ids.count
                } ?? Handle.longest
        }
        self.lengths = lengths
    }

    public func handle(of id: EntryID) -> Handle {
        let short = Handle(id)
        return lengths[short].map { Handle(id, length: $0) } ?? short
    }
}
