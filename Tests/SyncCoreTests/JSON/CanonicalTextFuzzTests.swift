import SeededRandom
import SyncCore
import Testing
import TestSupport

@Suite struct `Canonical texts under mutation` {
    static let letters =
        Array(#"{}[]":,\u0019aeflnrstu-.+/ "#.utf8) + [0, 0x7F, 0xC3, 0xA9, 0xED, 0xFF]

    @Test(arguments: 0..<8 as Range<UInt64>)
    func `Random bytes are refused or written again as they were`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<1500 {
            let bytes = (0..<random.below(24)).map { _ in random.pick(Self.letters) }
            try expectSame(bytes)
        }
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func `A good line with a few bytes changed is refused or is another good text`(
        seed: UInt64
    ) throws {
        var random = SplitMix64(seed: seed)
        var pen = Pen(seed: seed)
        let first = try pen.introduce()
        let begun = try pen.begin(set: ["note": "\u{1F}é\"\\", "n": [1, -2, ["x": nil]]])
        let amended = try pen.amend(begun, seeing: [begun], set: ["n": false])
        for _ in 0..<400 {
            let bytes = mutated(random.pick([first, begun, amended]).bytes, &random)
            try expectSame(bytes)
            guard let line = try? EventLine(bytes, diary: pen.diary) else { continue }
            #expect(line.bytes == bytes)
            #expect(try JSONValue(canonical: bytes)["event"]?.canonicalBytes.isEmpty == false)
        }
    }

    private func expectSame(_ bytes: [UInt8]) throws {
        if let value = try? JSONValue(canonical: bytes) { #expect(value.canonicalBytes == bytes) }
    }

    private func mutated(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
        var bytes = bytes
        for _ in 0...random.below(3) {
            let place = random.below(bytes.count)
            switch random.below(4) {
            case 0: bytes[place] = random.pick(Self.letters)
            case 1: bytes.insert(random.pick(Self.letters), at: place)
            case 2: bytes.remove(at: place)
            default: bytes.swapAt(place, random.below(bytes.count))
            }
        }
        return bytes
    }
}
