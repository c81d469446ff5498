/// A Global Trade Item Number of fourteen digits whose check digit is right.
public struct GTIN: Hashable, Sendable, CustomStringConvertible {
    private let digits: PrintedText

    /// The number of 8, 12, 13 or 14 digits, filled up with zeros; nil if the check digit is wrong.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard [8, 12, 13, 14].contains(bytes.count),
            bytes.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        let padded = Array(repeating: UInt8(0x30), count: 14 - bytes.count) + bytes
        guard Self.checkDigit(padded.dropLast()) == padded.last else { return nil }
        digits = PrintedText(String(decoding: padded, as: UTF8.self))
    }

    public var description: String { digits.text }

    /// The check digit of thirteen digits, mod 10 with weights 3 and 1 from the right.
    package static func checkDigit(_ digits: some BidirectionalCollection<UInt8>) -> UInt8 {
        var sum = 0
        for (index, digit) in digits.reversed().enumerated() {
            sum += Int(digit & 0x0F) * (index.isMultiple(of: 2) ? 3 : 1)
        }
        return 0x30 + UInt8((10 - sum % 10) % 10)
    }
}
