import SeededRandom
import SyncCore
import Testing
import TestSupport

@Suite struct `Base64url texts` {
    @Test(
        arguments: [
            ([], ""), ([0], "AA"), ([0xFF], "_w"), ([0, 0], "AAA"), ([0xFB, 0xFF], "-_8"),
            ([1, 2, 3], "AQID"), ([0xFF, 0xFE, 0xFD, 0xFC], "__79_A"),
        ] as [([UInt8], String)])
    func `Octets have one text and the text gives them back`(octets: [UInt8], text: String) {
        #expect(String(decoding: Base64URL.encode(octets), as: UTF8.self) == text)
        #expect(Base64URL.decode(Array(text.utf8), octetCount: octets.count) == octets)
    }

    @Test(arguments: [
        "AAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAA==",
        "AAAAAAAAAAAAAAAAAAAAAB", "AAAAAAAAAAAAAAAAAAAAAP", "AAAAAAAAAAAAAAAAAAAA+A",
        "AAAAAAAAAAAAAAAAAAAA/A", "AAAAAAAAAAAAAAAAAAAA A", "AAAAAAAAAAAAAAAAAAAAé",
        " AAAAAAAAAAAAAAAAAAAAA", "",
    ])
    func `Another length, alphabet, padding or unused bits are refused`(text: String) {
        #expect(ReplicaID(text) == nil)
    }

    @Test func `Every length from 0 to 80 round-trips and its last letter is the only one`() {
        var random = SplitMix64(seed: 4)
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        for count in 0...80 {
            let octets = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            var text = Base64URL.encode(octets)
            #expect(text.count == Base64URL.letterCount(octetCount: count))
            #expect(Base64URL.decode(text, octetCount: count) == octets)
            guard let last = text.indices.last, !count.isMultiple(of: 3) else { continue }
            let same = letters.filter { letter in
                text[last] = letter
                return Base64URL.decode(text, octetCount: count)?.dropLast() == octets.dropLast()
            }
            #expect(same.count == (count % 3 == 1 ? 4 : 16))
        }
    }

    @Test func `Ids are ordered as their texts, not as their octets`() throws {
        let texts = ["-", "0", "A", "_", "a"].map { $0 + String(repeating: "A", count: 21) }
        let ids = try texts.map { try #require(ReplicaID($0)) }
        #expect(ids.sorted().map(\.text) == texts)
        #expect(ids.map { $0.octets[0] >> 2 } == [62, 52, 0, 63, 26])
    }

    @Test func `The order of two ids is that of their texts wherever they begin to differ`() throws
    {
        var random = SplitMix64(seed: 64)
        for _ in 0..<20_000 {
            let octets = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            var others = octets
            others[Int.random(in: 0..<16, using: &random)] ^=
                1 << UInt8.random(in: 0..<8, using: &random)
            if Bool.random(using: &random) {
                others[15] = UInt8.random(in: .min ... .max, using: &random)
            }
            let (one, two) = (
                try #require(ReplicaID(octets: octets)), try #require(ReplicaID(octets: others))
            )
            #expect((one < two) == one.textBytes.lexicographicallyPrecedes(two.textBytes))
            #expect((two < one) == two.textBytes.lexicographicallyPrecedes(one.textBytes))
        }
    }
}
