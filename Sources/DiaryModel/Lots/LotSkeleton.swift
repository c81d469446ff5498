/// A lot key with the characters that are mistaken for each other made one; never stored, never shown.
public struct LotSkeleton: Hashable, Sendable {
    private let bytes: [UInt8]

    public init(_ key: LotKey) { bytes = key.bytes.map(Self.mapped) }

    private static func mapped(_ byte: UInt8) -> UInt8 {
        switch Unicode.Scalar(byte) {
        case "O", "Q", "D": UInt8(ascii: "0")
        case "I", "L": UInt8(ascii: "1")
        case "Z": UInt8(ascii: "2")
        case "S": UInt8(ascii: "5")
        case "G": UInt8(ascii: "6")
        case "B": UInt8(ascii: "8")
        default: byte
        }
    }
}
