/// Base64url without padding (RFC 4648, section 5): the text form of every id, key, hash and signature.
///
/// Decoding is strict: only the 64 letters, exactly the expected length, unused bits zero. So each
/// value has one text, and comparing texts is comparing values.
package enum Base64URL {
    private static let letters = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 0xFF, count: 256)
        for (value, letter) in letters.enumerated() { table[Int(letter)] = UInt8(value) }
        return table
    }()

    /// The number of letters that `octetCount` octets take.
    package static func letterCount(octetCount: Int) -> Int { (octetCount * 8 + 5) / 6 }

    package static func encode(_ octets: some Sequence<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(86)
        var bits: UInt32 = 0
        var held = 0
        for octet in octets {
            bits = (bits << 8) | UInt32(octet)
            held += 8
            while held >= 6 {
                held -= 6
                text.append(letters[Int((bits >> UInt32(held)) & 63)])
            }
            bits &= (1 << UInt32(held)) - 1
        }
        if held > 0 { text.append(letters[Int((bits << UInt32(6 - held)) & 63)]) }
        return text
    }

    /// Whether the text of these octets comes before that of those, byte by byte; no text is made.
    ///
    /// Ids are compared all the time, and the first letter that differs decides.
    package static func textPrecedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        for index in 0..<min(left.count, right.count) where left[index] != right[index] {
            let bit = 8 * index + (left[index] ^ right[index]).leadingZeroBitCount
            return letter(bit / 6, of: left) < letter(bit / 6, of: right)
        }
        return left.count < right.count
    }

    /// The letter at this place of the text; its first bit lies within the octets.
    private static func letter(_ place: Int, of octets: [UInt8]) -> UInt8 {
        let (index, offset) = (6 * place / 8, 6 * place % 8)
        let next = index + 1 < octets.count ? octets[index + 1] : 0
        let pair = UInt16(octets[index]) << 8 | UInt16(next)
        return letters[Int((pair >> UInt16(10 - offset)) & 63)]
    }

    /// The octets of `text`, or nil if it is not the one text of exactly `octetCount` octets.
    package static func decode(_ text: some Collection<UInt8>, octetCount: Int) -> [UInt8]? {
        guard text.count == letterCount(octetCount: octetCount) else { return nil }
        var octets: [UInt8] = []
        octets.reserveCapacity(octetCount)
        var bits: UInt32 = 0
        var held = 0
        for letter in text {
            let value = values[Int(letter)]
            guard value != 0xFF else { return nil }
            bits = (bits << 6) | UInt32(value)
            held += 6
            if held >= 8 {
                held -= 8
                octets.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
                bits &= (1 << UInt32(held)) - 1
            }
        }
        return bits == 0 && octets.count == octetCount ? octets : nil
    }
}
