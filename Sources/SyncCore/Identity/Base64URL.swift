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
