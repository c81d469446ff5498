/// An Ed25519 public key (RFC 8032) that one constant signature cannot be forged for.
///
/// Common libraries accept keys of small order, under which anybody can sign, and a second spelling
/// of some keys. Both are refused here, so a key that exists as a value is sound.
public struct PublicKey: OpaqueIdentifier {
    public static let octetCount = 32
    private let value: Octets32

    /// The key of these octets; nil for a wrong length, y ≥ p, or a point of small order.
    public init?(octets: some Collection<UInt8>) {
        let octets = Array(octets)
        guard let value = Octets32(octets), !Self.isWeak(octets) else { return nil }
        self.value = value
    }

    public var octets: [UInt8] { value.octets }

    /// The y coordinates of the points of order 1, 2, 4 and 8, little endian, sign bit clear.
    private static let smallOrder: [[UInt8]] = [
        [UInt8](repeating: 0, count: 32),
        [1] + [UInt8](repeating: 0, count: 31),
        [0xEC] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
        [
            0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10,
            0x67,
            0x0F, 0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77, 0x92,
            0xAC,
            0x03, 0x7A,
        ],
        [
            0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF,
            0x98,
            0xF0, 0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D,
            0x53,
            0xFC, 0x05,
        ],
    ]

    private static func isWeak(_ octets: [UInt8]) -> Bool {
        var y = octets
        y[31] &= 0x7F
        // p = 2^255 − 19: only the last octet tells whether y reaches it.
        let reachesP = y[0] >= 0xED && y[31] == 0x7F && y[1..<31].allSatisfy { $0 == 0xFF }
        return reachesP || smallOrder.contains(y)
    }
}
