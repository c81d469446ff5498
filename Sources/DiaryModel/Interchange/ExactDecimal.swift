/// A decimal written from whole numbers of a smaller unit: 20000 mg are `20.0` g. Nothing is rounded.
struct ExactDecimal: Hashable, Sendable, CustomStringConvertible {
    private let number: Int64
    private let decimals: Int

    /// The number with its last so many digits behind the point.
    init(_ number: Int64, decimals: Int) {
        self.number = number
        self.decimals = max(0, decimals)
    }

    /// With one digit behind the point at least, and no zeros after that; a whole unit has no point.
    var description: String {
        guard decimals > 0 else { return String(number) }
        let digits = String(number.magnitude)
        let zeros = max(0, decimals + 1 - digits.utf8.count)
        let padded = Array((String(repeating: "0", count: zeros) + digits).utf8)
        let whole = padded.dropLast(decimals)
        var fraction = padded.suffix(decimals)
        while fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
        let sign = number < 0 ? "-" : ""
        let tail = fraction.isEmpty ? "0" : String(decoding: fraction, as: UTF8.self)
        return sign + String(decoding: whole, as: UTF8.self) + "." + tail
    }
}
