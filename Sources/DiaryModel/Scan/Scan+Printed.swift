extension Scan {
    /// The raw bytes as the text of a field `scan`; nil where it has no room for them.
    ///
    /// Text stays as it is. What is none, or holds a zero byte, which no line may, is written as `hex:`
    /// and its digits, so that nothing of it is lost.
    public var printed: PrintedText? {
        let text = String(validating: raw, as: UTF8.self)
        if let text, !text.isEmpty, !raw.contains(0), !raw.starts(with: Self.hexMark) {
            return raw.count <= Self.fieldLimit ? PrintedText(text) : nil
        }
        guard !raw.isEmpty, Self.hexMark.count + 2 * raw.count <= Self.fieldLimit else {
            return nil
        }
        let digits = Array("0123456789abcdef".utf8)
        let hex = raw.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return PrintedText(String(decoding: Self.hexMark + hex, as: UTF8.self))
    }

    /// Reads a code again from the field `scan` of a vial line.
    public init(printed: PrintedText, on today: CivilDate) {
        let bytes = Array(printed.text.utf8)
        let hex = bytes.dropFirst(Self.hexMark.count)
        let raw = bytes.starts(with: Self.hexMark) ? Self.octets(hex) : nil
        self.init(raw ?? bytes, on: today)
    }

    private static let hexMark = Array("hex:".utf8)
    /// The bytes that the field table gives the field.
    private static let fieldLimit = 1024

    private static func octets(_ hex: ArraySlice<UInt8>) -> [UInt8]? {
        guard hex.count.isMultiple(of: 2) else { return nil }
        var octets: [UInt8] = []
        var high: UInt8?
        for byte in hex {
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x61...0x66: digit = byte - 0x61 + 10
            default: return nil
            }
            if let first = high {
                octets.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return octets
    }
}
