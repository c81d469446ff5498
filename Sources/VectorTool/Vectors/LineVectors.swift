import SyncCore

/// Lines that are events by themselves, and lines that are none.
enum LineVectors {
    static func value() throws -> JSONValue {
        let scene = try Scene("lines")
        let a = try scene.infusion()
        let b = try scene.amend(
            scene.phone, a, seen: [a], ["outcome": "stopped"], about: ["reason": "read_again"])
        let second = try scene.log("", continuing: scene.phone)
        let lines = try [scene.phone.position(), a, b, second.position()].map(scene.line)
        var good = [
            try vector("an amendment", lines[2], scene), try vector("a beginning", lines[1], scene),
            try vector("a continuing introduction", lines[3], scene),
        ]
        good += [
            try vector("an introduction", scene.line(scene.introduction()), scene),
            try vector(
                "an erased line", lines[2].erased(by: scene.erasure(of: b)), scene,
                clinic: scene.clinic.publicKey),
            try newer(scene, a),
        ]
        var bad: [JSONValue] = []
        for mutation in LineMutation.all {
            bad.append(try mutation.vector(of: scene, amendment: lines[2]))
        }
        bad.append([
            "clinic": .id(scene.clinic.publicKey), "diary": .id(scene.diary),
            "line": text(lines[2].erased(by: scene.erasure(of: a))),
            "name": "erased under a signature for another event", "reason": "wrongly-signed",
        ])
        bad.append([
            "clinic": .id(scene.clinic.publicKey), "diary": .id(scene.diary),
            "line": text(lines[2].erased(by: scene.erasure(of: b, by: scene.phone.key))),
            "name": "erased by somebody who is not the clinic", "reason": "wrongly-signed",
        ])
        return ["bad": .array(bad), "good": .array(good)]
    }

    static func text(_ line: EventLine) -> JSONValue {
        .string(String(decoding: line.bytes, as: UTF8.self))
    }

    private static func vector(
        _ name: String, _ line: EventLine, _ scene: Scene, clinic: PublicKey? = nil
    ) throws -> JSONValue {
        var object: JSONObject = [
            "diary": .id(scene.diary), "entry": line.entry.json,
            "erased": .bool(line.isErased),
            "fields": .array(line.envelope.fields.map(JSONValue.string)), "line": text(line),
            "name": .string(name), "position": line.position.json,
        ]
        object["clinic"] = clinic.map(JSONValue.id)
        object["set"] = line.body.map { .object($0.set) }
        return .object(object)
    }

    /// A line of a newer version: members this one does not know, inside `event` and `body`.
    private static func newer(_ scene: Scene, _ a: Position) throws -> JSONValue {
        let salt = try scene.value(Salt.self).text
        let body =
            #"{"quoted":[1,{"of":null}],"salt":"\#(salt)","set":{"outcome":{"code":"stopped","later":true}},"zeal":2}"#
        guard let hash = BodyHash(octets: SHA256Hash.octets(of: Array(body.utf8))) else {
            throw VectorError("no hash")
        }
        let tip = try scene.phone.position()
        let envelope =
            #"{"at":{"ms":1774775999000,"offset":60},"body":"\#(hash.text)","context":[],"entry":\#(a.json.canonicalText),"fields":["outcome"],"mood":"calm","prev":"\#(tip.id.text)","replica":"\#(tip.replica.text)","seq":\#(tip.seq + 1)}"#
        let text = #"{"body":\#(body),"event":\#(envelope)}"#
        let line = try EventLine(Array(text.utf8), diary: scene.diary)
        return try vector("unknown members of a newer version", line, scene)
    }
}

extension Scene {
    /// The position of the founder's introduction.
    func introduction() throws -> Position {
        guard let position = sections.first?.heads.first?.position else {
            throw VectorError("nothing was written")
        }
        return position
    }
}
