/// A decimal number as a person types it, read exactly: never rounded, never a binary float.
enum TypedDecimal {
    /// The number in units of its last decimal: `54.1` with three decimals is 54100.
    ///
    /// - Returns: nil for anything but ASCII digits with at most one point and so many decimals.
    static func units(_ typed: String, decimals: Int) -> Int64? {
        let parts = typed.utf8.split(
            separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard let whole = parts.first, (1...9).contains(whole.count), parts.count <= 2 else {
            return nil
        }
        let further = parts.count == 2 ? Array(parts[1]) : []
        guard parts.count == 1 || (1...max(decimals, 1)).contains(further.count),
            further.count <= decimals
        else { return nil }
        let zeros = Array(repeating: UInt8(ascii: "0"), count: decimals - further.count)
        var number: Int64 = 0
        // At most 9 + 3 digits: no sum of them overflows.
        for byte in Array(whole) + further + zeros {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            number = number * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        return number
    }

    /// The number in words: 54100 with three decimals is `54.1`, with at least `shown` decimals.
    static func words(_ units: Int64, decimals: Int, shown: Int) -> String {
        let digits = String(units.magnitude)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let whole = padded.dropLast(decimals)
        var further = padded.suffix(decimals)
        while further.count > shown, further.last == "0" { further.removeLast() }
        let sign = units < 0 ? "-" : ""
        return further.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(further)"
    }
}
