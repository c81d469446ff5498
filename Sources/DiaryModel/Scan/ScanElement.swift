/// One element that a code says: `10` and what stands behind it, exactly as it stands there.
public struct ScanElement: Hashable, Sendable {
    /// A GS1 application identifier, `01`, or a PPN data identifier, `9N`.
    public let identifier: PrintedText
    public let value: PrintedText
}

extension ScanElement {
    /// An element of printable ASCII; nil where a byte is anything else, or none is there.
    init?(_ identifier: PrintedText, _ bytes: ArraySlice<UInt8>) {
        guard !bytes.isEmpty, bytes.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        self.identifier = identifier
        value = PrintedText(String(decoding: bytes, as: UTF8.self))
    }
}
