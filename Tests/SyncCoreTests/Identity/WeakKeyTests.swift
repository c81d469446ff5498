import SyncCore
import Testing

@Suite struct `Keys that anybody could sign for` {
    private static func point(_ y: UInt8...) -> [UInt8] {
        y + [UInt8](repeating: 0, count: 32 - y.count)
    }

    private static func almostP(_ low: UInt8) -> [UInt8] {
        [low] + [UInt8](repeating: 0xFF, count: 30) + [0x7F]
    }

    @Test(arguments: [
        point(0), point(1), almostP(0xEC), almostP(0xED), almostP(0xEE), almostP(0xEF),
        almostP(0xF0), almostP(0xFF),
        [
            0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10,
            0x67,
            0x0F, 0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77, 0x92,
            0xAC,
            0x03, 0x7A,
        ],
        [
            0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF,
            0x98,
            0xF0, 0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D,
            0x53,
            0xFC, 0x05,
        ],
    ])
    func `Small order and second spellings are refused with either sign`(octets: [UInt8]) {
        var other = octets
        other[31] ^= 0x80
        #expect(PublicKey(octets: octets) == nil)
        #expect(PublicKey(octets: other) == nil)
    }

    @Test func `Their neighbours are keys`() {
        #expect(PublicKey(octets: Self.point(2)) != nil)
        #expect(PublicKey(octets: Self.almostP(0xEB)) != nil)
    }

    @Test func `An introduction under such a key is no line`() throws {
        let zeros = String(repeating: "A", count: 43)
        let text = Vectors.introduction.replacing(Vectors.key, with: zeros)
        #expect(throws: MalformedLine.weakKey) {
            try EventLine(Array(text.utf8), diary: #require(DiaryID(Vectors.diary)))
        }
    }
}
