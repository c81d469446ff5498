import Foundation

/// A lot as it is compared: NFKC, upper case, without a leading label, letters A-Z and digits alone.
///
/// It is derived and never stored: the lot itself stays exactly as printed (domain 5.1).
public struct LotKey: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The key's characters, ASCII.
    public let bytes: [UInt8]

    /// The key of a printed lot; nil if nothing comparable is left of it.
    public init?(_ printed: PrintedText) {
        let text = printed.text.precomposedStringWithCompatibilityMapping.uppercased()
        let kept = Self.withoutLabel(Array(text.utf8)).filter(Self.isKept)
        guard !kept.isEmpty else { return nil }
        bytes = kept
    }

    /// The key of a printed lot; nil if nothing comparable is left of it.
    public init?(_ printed: String) { self.init(PrintedText(printed)) }

    public var description: String { String(decoding: bytes, as: UTF8.self) }
    public var skeleton: LotSkeleton { LotSkeleton(self) }

    public static func < (left: Self, right: Self) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    /// How many bytes the text has after NFKC; GS1 allows a lot 20.
    public static func normalisedByteCount(_ printed: PrintedText) -> Int {
        printed.text.precomposedStringWithCompatibilityMapping.utf8.count
    }

    private static let labels = ["LOTE", "LOT", "BATCH", "BN", "CH.-B."].map { Array($0.utf8) }
    private static let applicationIdentifier = Array("(10)".utf8)

    /// A word is a label only before a space or colon; `(10)` always is one. `LOT (10)X` has both.
    private static func withoutLabel(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        var rest = bytes[...].drop(while: isSpace)
        for label in labels where rest.starts(with: label) {
            let after = rest.dropFirst(label.count)
            guard let next = after.first, isSpace(next) || next == UInt8(ascii: ":") else {
                continue
            }
            rest = after.drop { isSpace($0) || $0 == UInt8(ascii: ":") }
            break
        }
        return rest.starts(with: applicationIdentifier) ? rest.dropFirst(4) : rest
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    private static func isKept(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
    }
}
