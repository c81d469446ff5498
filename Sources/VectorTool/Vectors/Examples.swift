import SyncCore

/// The worked examples of protocol.md, with real bytes.
package enum Examples {
    /// One fenced block: its info string and its text, newline at the end.
    package struct Example: Sendable {
        package let info: String
        package let text: String
    }

    package static func all() throws -> [Example] {
        try lines() + signed() + conversation() + joining()
    }

    private static func example(_ info: String, _ text: String) -> Example {
        Example(info: info, text: text.hasSuffix("\n") ? text : text + "\n")
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    /// The scene of the lines and of what is signed.
    private static func diary() throws -> (scene: Scene, first: Position, second: Position) {
        let scene = try Scene("worked example")
        let a = try scene.begin(
            scene.phone, "infusion", ["outcome": ["code": "completed"], "status": "active"])
        let b = try scene.amend(
            scene.phone, a, seen: [a], ["outcome": ["code": "stopped"]],
            about: ["reason": "read_again"])
        return (scene, a, b)
    }

    private static func lines() throws -> [Example] {
        let (scene, a, b) = try diary()
        let introduction = try scene.line(scene.introduction())
        let second = try scene.line(b)
        var founder: JSONObject = [
            "clinic": .id(scene.clinic.publicKey), "diary": .id(scene.diary),
        ]
        founder["fingerprint"] = .string(scene.phone.key.publicKey.fingerprint)
        founder["key"] = .id(scene.phone.key.publicKey)
        founder["nonce"] = .id(scene.phone.nonce)
        founder["replica"] = .id(scene.phone.replica)
        founder["seed"] = .hex(scene.phone.key.seed)
        return [
            example("json ids", JSONValue.object(founder).canonicalText),
            example("json event introduction", text(introduction.bytes)),
            example("json event beginning", text(try scene.line(a).bytes)),
            example("json event amendment", text(second.bytes)),
            example(
                "json event erased", text(second.erased(by: scene.erasure(of: b)).bytes)),
            example(
                "json positions",
                JSONValue.array([introduction.position, a, b].map(\.json)).canonicalText),
        ]
    }

    private static func signed() throws -> [Example] {
        let (scene, _, b) = try diary()
        let octets = SignedText.head(scene.diary, b).octets
        return [
            example("hex head", hexText(octets)),
            example("json heads", text(Section.headsLine([scene.head(b, scene.phone)]))),
        ]
    }

    private static func conversation() throws -> [Example] {
        let outcome = try ConversationVectors.ordinary().run()
        return [
            example("ndjson request", text(outcome.rounds[0].request)),
            example("ndjson answer", text(outcome.rounds[0].answer)),
        ]
    }

    private static func joining() throws -> [Example] {
        let joining = try EnrolmentVectors.Joining("joining")
        return [
            example("json clinic", joining.clinicAnswer.canonicalText),
            example("json start-request", joining.startRequest.canonicalText),
            example("json start-answer", joining.startAnswer.canonicalText),
            example("ndjson finish-request", text(joining.finish)),
            example("json finish-answer", joining.finishAnswer.canonicalText),
            example(
                "json problem",
                ProblemType.tooLarge.document([
                    "limits": ["message": .integer(Int64(SyncLimits.messageLength))]
                ]).canonicalText),
        ]
    }
}
