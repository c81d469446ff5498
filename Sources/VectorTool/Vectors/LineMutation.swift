import SyncCore

/// A change to a good line after which it is no event, whatever a store holds.
struct LineMutation: Sendable {
    let name: String
    /// How the body, the envelope and the line around them are changed.
    let body: @Sendable (inout JSONObject) -> Void
    let event: @Sendable (inout JSONObject) -> Void
    let line: @Sendable (String) -> String
    /// Whether `event.body` is made to match the changed body again.
    let rehash: Bool

    init(
        _ name: String, rehash: Bool = true,
        body: @escaping @Sendable (inout JSONObject) -> Void = { _ in },
        event: @escaping @Sendable (inout JSONObject) -> Void = { _ in },
        line: @escaping @Sendable (String) -> String = { $0 }
    ) {
        self.name = name
        self.body = body
        self.event = event
        self.line = line
        self.rehash = rehash
    }

    func vector(of scene: Scene, amendment: EventLine) throws -> JSONValue {
        let value = try JSONValue(canonical: amendment.bytes)
        guard var body = value["body"]?.objectValue, var event = value["event"]?.objectValue else {
            throw VectorError("no body or no event")
        }
        self.body(&body)
        if rehash {
            let hash = BodyHash(
                octets: SHA256Hash.octets(of: JSONValue.object(body).canonicalBytes))
            event["body"] = hash.map(JSONValue.id)
        }
        self.event(&event)
        let text = line(
            JSONValue.object(["body": .object(body), "event": .object(event)]).canonicalText)
        guard (try? EventLine(Array(text.utf8), diary: scene.diary)) == nil else {
            throw VectorError("taken: \(name)")
        }
        return [
            "diary": .id(scene.diary), "line": .string(text), "name": .string(name),
            "reason": "malformed",
        ]
    }

    private static func without(_ member: String) -> LineMutation {
        LineMutation("no \(member)", event: { $0[member] = nil })
    }

    static let all: [LineMutation] =
        ["at", "body", "context", "fields", "replica", "seq", "prev", "entry"].map(without) + [
            LineMutation("kind and entry", event: { $0["kind"] = "infusion" }),
            LineMutation(
                "a context where an entry begins",
                event: {
                    $0["kind"] = "infusion"
                    $0["entry"] = nil
                }),
            LineMutation(
                "kind replica above seq 1",
                event: {
                    $0["kind"] = "replica"
                    $0["entry"] = nil
                    $0["context"] = []
                }),
            LineMutation(
                "continues above seq 1",
                event: { event in
                    guard let entry = event["entry"]?.arrayValue else { return }
                    let signature = String(repeating: "A", count: 86)
                    event["continues"] = .array(entry + [.string(signature)])
                }),
            LineMutation("a nonce above seq 1", event: { $0["nonce"] = "AAAAAAAAAAAAAAAAAAAAAA" }),
            LineMutation("seq 0", event: { $0["seq"] = 0 }),
            LineMutation("seq as a text", event: { $0["seq"] = "3" }),
            LineMutation("seq 1 with prev", event: { $0["seq"] = 1 }),
            LineMutation("author null", event: { $0["author"] = .some(.null) }),
            LineMutation(
                "a body that is not the hashed one", rehash: false,
                body: {
                    $0["set"] = ["outcome": "complete"]
                }),
            LineMutation("no salt", body: { $0["salt"] = nil }),
            LineMutation("no set", body: { $0["set"] = nil }),
            LineMutation("a salt of 15 octets", body: { $0["salt"] = "AAAAAAAAAAAAAAAAAAAA" }),
            LineMutation("unused bits set", body: { $0["salt"] = "AAAAAAAAAAAAAAAAAAAAAB" }),
            LineMutation("fields that name something else", event: { $0["fields"] = ["place"] }),
            LineMutation(
                "fields out of order", body: { $0["set"] = ["a": 1, "b": 2] },
                event: {
                    $0["fields"] = ["b", "a"]
                }),
            LineMutation("a field named twice", event: { $0["fields"] = ["outcome", "outcome"] }),
            LineMutation(
                "a field's name with a space", body: { $0["set"] = ["a b": 1] },
                event: {
                    $0["fields"] = ["a b"]
                }),
            LineMutation(
                "a field's name of 65 letters",
                body: {
                    $0["set"] = .object(
                        JSONObject([(String(repeating: "a", count: 65), 1 as JSONValue)]))
                },
                event: { $0["fields"] = [.string(String(repeating: "a", count: 65))] }),
            LineMutation(
                "an offset of 19 hours",
                event: {
                    $0["at"] = ["ms": 1_774_775_645_000, "offset": 1140]
                }),
            LineMutation(
                "a further member of at",
                event: {
                    $0["at"] = ["ms": 1_774_775_645_000, "offset": 60, "zone": "Europe/Berlin"]
                }),
            LineMutation("a position of two parts", event: { $0["context"] = [["x", 1]] }),
            LineMutation(
                "deeper than 16",
                body: {
                    $0["x"] = (0..<15).reduce(JSONValue.array([])) { value, _ in .array([value]) }
                }),
            LineMutation(
                "a member beside body and event",
                line: {
                    String($0.dropLast()) + #","zeal":1}"#
                }),
            LineMutation(
                "neither body nor erased",
                line: {
                    guard let start = $0.firstRange(of: #""event":"#)?.lowerBound else { return $0 }
                    return "{" + $0[start...]
                }),
            LineMutation(
                "a space after a colon",
                line: { text in
                    text.replacingFirst(#""event":"#, with: #""event": "#)
                }),
            LineMutation("a carriage return at the end", line: { $0 + "\r" }),
            LineMutation("nothing", line: { _ in "" }),
            LineMutation("cut short", line: { String($0.dropLast(2)) }),
        ]
}

extension String {
    func replacingFirst(_ old: String, with new: String) -> String {
        guard let range = firstRange(of: old) else { return self }
        return String(self[..<range.lowerBound]) + new + String(self[range.upperBound...])
    }
}
