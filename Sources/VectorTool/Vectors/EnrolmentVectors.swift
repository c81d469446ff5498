import SyncCore

/// The messages of joining a clinic, with real signatures.
enum EnrolmentVectors {
    /// One device that has written alone, and then joins.
    struct Joining {
        let scene: Scene
        let challenge: Challenge
        let token: Challenge
        /// The header of `POST /v1/enrol/finish`.
        let header: JSONValue
        /// The whole of its body.
        let finish: [UInt8]
        /// Another diary of this patient, and the challenge to join it with the same code.
        let other: (diary: DiaryID, challenge: Challenge)

        /// - Parameter again: whether the device has joined before, and the clinic lost its disk.
        init(_ name: String, continued: Bool = false, again: Bool = false) throws {
            scene = try Scene(name)
            challenge = try scene.value(Challenge.self)
            token = try scene.value(Challenge.self)
            other = (try Scene("another diary").diary, try scene.value(Challenge.self))
            _ = try scene.infusion()
            let present = continued ? try scene.log("", continuing: scene.phone) : scene.phone
            let text = SignedText.enrolment(
                clinic: scene.clinic.publicKey, diary: scene.diary, replica: present.replica,
                challenge: challenge)
            var header: JSONObject = [
                "challenge": .id(challenge), "diary": .id(scene.diary), "enrol": 1,
                "label": "Anna's phone", "replica": .id(present.replica),
                "signature": .id(present.key.sign(text)),
            ]
            if let continues = present.continues {
                header["chain"] = [
                    [
                        "continues": continues.json, "key": .id(present.key.publicKey),
                        "nonce": .id(present.nonce),
                    ]
                ]
            }
            if again {
                header["member"] = .id(Self.member(of: scene))
                header["further"] = [.id(other.diary)]
            }
            self.header = .object(header)
            let section = scene.sections[0]
            finish =
                self.header.canonicalBytes + [10] + section.lines[0] + [10]
                + Section.headsLine(section.heads) + [10]
        }

        var clinicAnswer: JSONValue {
            ["key": .id(scene.clinic.publicKey), "name": "Immunology, Example", "versions": [1]]
        }

        var startRequest: JSONValue { ["code": "K7QM-4TZN8-PWC2X"] }
        var startAnswer: JSONValue {
            ["challenge": .id(challenge), "diary": .id(other.diary)]
        }
        var finishAnswer: JSONValue {
            [
                "diary": .id(scene.diary),
                "further": [["challenge": .id(other.challenge), "diary": .id(other.diary)]],
                "member": .id(Self.member(of: scene)), "token": .id(token),
            ]
        }

        private static func member(of scene: Scene) -> Signature {
            scene.clinic.sign(
                .membership(scene.diary, firstReplica: scene.phone.replica))
        }
    }

    static func value() throws -> JSONValue {
        [
            "codes": [
                "good": [
                    ["name": "K7QM", "secret": "4TZN8PWC2X", "typed": "K7QM-4TZN8-PWC2X"],
                    ["name": "K7QM", "secret": "4TZN8PWC2X", "typed": "k7qm 4tzn8 pwc2x"],
                    ["name": "K10M", "secret": "4TZN8PWC21", "typed": "klom4tzn8pwc2i"],
                ],
                "malformed": ["", "K7QM-4TZN8-PWC2", "K7QM-4TZN8-PWC2XX", "U7QM-4TZN8-PWC2X"],
            ],
            "joinings": .array([
                try vector("joining"),
                try vector("joining as a continuing replica", continued: true),
                try vector("joining again a clinic that lost its disk", again: true),
            ]),
        ]
    }

    private static func vector(
        _ name: String, continued: Bool = false, again: Bool = false
    ) throws -> JSONValue {
        let joining = try Joining(name, continued: continued, again: again)
        let scene = joining.scene
        return [
            "answer": joining.finishAnswer, "challenge": .id(joining.challenge),
            "clinic": .id(scene.clinic.publicKey), "diary": .id(scene.diary),
            "finish": .string(String(decoding: joining.finish, as: UTF8.self)),
            "name": .string(name),
        ]
    }
}
