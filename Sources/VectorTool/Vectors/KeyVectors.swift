import SeededRandom
import SyncCore

/// Keys that are refused, and what makes ids and fingerprints.
enum KeyVectors {
    static func refusedKeys() throws -> JSONValue {
        var refused: [JSONValue] = []
        for (why, octets) in weak {
            for sign: UInt8 in [0, 0x80] {
                var octets = octets
                octets[31] |= sign
                guard PublicKey(octets: octets) == nil else {
                    throw VectorError("taken: \(hexText(octets))")
                }
                refused.append(["hex": .hex(octets), "why": .string(why)])
            }
        }
        var random = SplitMix64(named: "keys")
        var sound: [JSONValue] = []
        for _ in 0..<4 {
            guard let key = SigningKey(seed: random.octets(32)) else {
                throw VectorError("a seed made no key")
            }
            sound.append(.id(key.publicKey))
        }
        return ["refused": .array(refused), "sound": .array(sound)]
    }

    /// y coordinates, little endian, sign bit clear.
    private static var weak: [(String, [UInt8])] {
        let zeros = [UInt8](repeating: 0, count: 31)
        var all: [(String, [UInt8])] = [
            ("order 4", zeros + [0]), ("order 1", [1] + zeros),
            ("order 2", [0xEC] + [UInt8](repeating: 0xFF, count: 30) + [0x7F]),
            ("order 8", octets("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")),
            ("order 8", octets("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")),
        ]
        for low: UInt8 in 0xED...0xFF {
            all.append(
                ("y is not below p", [low] + [UInt8](repeating: 0xFF, count: 30) + [0x7F]))
        }
        return all
    }

    private static func octets(_ hex: String) -> [UInt8] {
        let digits = hex.utf8.map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x57 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    static func ids() throws -> JSONValue {
        var random = SplitMix64(named: "ids")
        var diaries: [JSONValue] = []
        for _ in 0..<4 {
            let seed = random.octets(32)
            guard let key = SigningKey(seed: seed), let nonce = Nonce(octets: random.octets(16)),
                let second = SigningKey(seed: random.octets(32)),
                let secondNonce = Nonce(octets: random.octets(16))
            else { throw VectorError("octets made no key or nonce") }
            let diary = DiaryID(founder: key.publicKey, nonce: nonce)
            diaries.append([
                "diary": .id(diary), "fingerprint": .string(key.publicKey.fingerprint),
                "key": .id(key.publicKey), "nonce": .id(nonce),
                "replica": .id(ReplicaID(diary: diary, key: key.publicKey, nonce: nonce)),
                "second": [
                    "key": .id(second.publicKey), "nonce": .id(secondNonce),
                    "replica": .id(
                        ReplicaID(diary: diary, key: second.publicKey, nonce: secondNonce)),
                    "seed": .hex(second.seed),
                ],
                "seed": .hex(seed),
            ])
        }
        let scene = try Scene("ids of events")
        let a = try scene.infusion()
        try scene.amend(scene.phone, a, seen: [a], ["place": "Caf\u{E9}"])
        return [
            "diaries": .array(diaries),
            "events": .array(
                try scene.sections.flatMap(\.lines).map { bytes in
                    let line = try EventLine(bytes, diary: scene.diary)
                    return [
                        "body": .id(line.envelope.body), "diary": .id(scene.diary),
                        "id": .id(line.id), "line": .string(String(decoding: bytes, as: UTF8.self)),
                    ]
                }),
        ]
    }
}
