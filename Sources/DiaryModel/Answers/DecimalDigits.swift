/// A run of ASCII digits, at most fifteen, as a number.
struct DecimalDigits {
    let number: Int64

    init?(_ bytes: some Collection<UInt8>) {
        guard (1...15).contains(bytes.count) else { return nil }
        var number: Int64 = 0
        for byte in bytes {
            guard (0x30...0x39).contains(byte) else { return nil }
            number = number * 10 + Int64(byte - 0x30)
        }
        self.number = number
    }
}

extension Int {
    /// The number with leading zeros up to `width` characters.
    func padded(to width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
    }
}
