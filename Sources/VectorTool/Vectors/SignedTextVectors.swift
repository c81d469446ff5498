import SyncCore

/// Every text that is signed, to the byte, with signatures that hold and some that must not.
enum SignedTextVectors {
    static func value() throws -> JSONValue {
        let scene = try Scene("signed texts")
        let a = try scene.infusion()
        let second = try scene.log("", continuing: scene.phone)
        let store = try scene.store()
        let challenge = try scene.value(Challenge.self)
        let phone = scene.phone.key
        let frontier = store.frontier.json.canonicalBytes
        let milliseconds: Int64 = 1_774_775_700_000
        let signed: [(String, SignedText, SigningKey, JSONObject)] = [
            ("head", .head(scene.diary, a), phone, ["position": a.json]),
            (
                "receipt",
                .receipt(scene.diary, milliseconds: milliseconds, frontier: frontier), scene.clinic,
                ["frontier": store.frontier.json, "ms": .integer(milliseconds)]
            ),
            ("erasure", .erasure(scene.diary, a.id), scene.clinic, ["event": .id(a.id)]),
            (
                "continuation", .continuation(scene.diary, from: a, to: second.replica), phone,
                ["new": .id(second.replica), "position": a.json]
            ),
            (
                "enrolment",
                .enrolment(
                    clinic: scene.clinic.publicKey, diary: scene.diary,
                    replica: scene.phone.replica, challenge: challenge), phone,
                [
                    "challenge": .id(challenge), "clinic": .id(scene.clinic.publicKey),
                    "replica": .id(scene.phone.replica),
                ]
            ),
            (
                "membership", .membership(scene.diary, firstReplica: scene.phone.replica),
                scene.clinic, ["first": .id(scene.phone.replica)]
            ),
        ]
        let good = signed.map { purpose, text, key, parts in
            var object = parts
            object["diary"] = .id(scene.diary)
            object["key"] = .id(key.publicKey)
            object["purpose"] = .string(purpose)
            object["seed"] = .hex(key.seed)
            object["signature"] = .id(key.sign(text))
            object["text"] = .hex(text.octets)
            return JSONValue.object(object)
        }
        return ["bad": .array(try bad(scene, a)), "good": .array(good)]
    }

    private static func bad(_ scene: Scene, _ a: Position) throws -> [JSONValue] {
        let key = scene.phone.key
        let text = SignedText.head(scene.diary, a)
        let signature = key.sign(text).octets
        var flipped = signature
        flipped[0] ^= 1
        let identity = [1] + [UInt8](repeating: 0, count: 63)
        let other = try Scene("another diary")
        let cases: [(String, [UInt8], SignedText)] = [
            ("S + L", plusOrder(signature), text), ("one bit of R flipped", flipped, text),
            ("all zero", [UInt8](repeating: 0, count: 64), text),
            ("R the identity, S zero", identity, text),
            ("signed for another purpose", key.sign(.erasure(scene.diary, a.id)).octets, text),
            ("signed for another diary", key.sign(.head(other.diary, a)).octets, text),
            ("signed by another key", scene.clinic.sign(text).octets, text),
        ]
        return try cases.map { why, octets, text in
            guard let signature = Signature(octets: octets) else {
                throw VectorError("64 octets made no signature")
            }
            try expect(key.publicKey.verifies(signature, over: text), is: false, why)
            return [
                "key": .id(key.publicKey), "signature": .id(signature), "text": .hex(text.octets),
                "why": .string(why),
            ]
        }
    }

    /// The signature with L added to S: the same sum, a second spelling.
    private static func plusOrder(_ signature: [UInt8]) -> [UInt8] {
        let order: [UInt8] = [
            0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9,
            0xDE, 0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
        ]
        var result = signature
        var carry = 0
        for index in 0..<32 {
            let sum = Int(signature[32 + index]) + Int(order[index]) + carry
            result[32 + index] = UInt8(sum & 0xFF)
            carry = sum >> 8
        }
        return result
    }
}
