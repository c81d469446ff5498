import SyncCore

/// A line taken apart, to be bent and put together again with its hash and field names set right.
struct LineParts {
    var body: JSONValue
    var event: JSONValue

    init(body: JSONValue, event: JSONValue) {
        self.body = body
        self.event = event
    }

    /// The parts of a line that stands in full.
    init?(_ line: EventLine) {
        guard let json = try? JSONValue(canonical: line.bytes), let event = json["event"],
            let body = json["body"]
        else { return nil }
        self.init(body: body, event: event)
    }

    /// Changes some members of either part to anything.
    mutating func bend(_ choices: inout Choices) {
        for _ in 0...choices.below(3) {
            if choices.oneIn(2) {
                event = Self.bent(event, Self.eventMembers, &choices)
            } else {
                body = Self.bent(body, ["about", "salt", "set", "x"], &choices)
            }
        }
    }

    private static func bent(
        _ part: JSONValue, _ members: [String], _ choices: inout Choices
    ) -> JSONValue {
        guard var object = part.objectValue else { return choices.json(depth: 3) }
        let member = choices.pick(members, "x")
        switch choices.below(8) {
        case 0: object[member] = .none
        case 1: return choices.json(depth: 3)
        case 2:
            // Deep enough that the whole line is at the limit, or one above.
            var deep: JSONValue = 1
            for _ in 0..<(11 + choices.below(4)) { deep = .array([deep]) }
            object[member] = deep
        case 3: object[member] = object[choices.pick(members, "x")]
        default: object[member] = choices.json(depth: 3)
        }
        return .object(object)
    }

    /// The line; `fields` and `body` of the event name what the body has, unless they are left alone.
    func bytes(fieldsSet: Bool = true, hashed: Bool = true) -> [UInt8] {
        bytes(body: body.canonicalBytes, fieldsSet: fieldsSet, hashed: hashed)
    }

    /// The same around any bytes as the body.
    func bytes(body bytes: [UInt8], fieldsSet: Bool, hashed: Bool) -> [UInt8] {
        var event = event
        if var object = event.objectValue {
            if fieldsSet, let set = body["set"]?.objectValue {
                object["fields"] = .array(set.keys.map(JSONValue.string))
            }
            if hashed, let hash = BodyHash(octets: SHA256Hash.octets(of: bytes)) {
                object["body"] = .string(hash.text)
            }
            event = .object(object)
        }
        let text = [
            Array(#"{"body":"#.utf8), bytes, Array(#","event":"#.utf8), event.canonicalBytes,
            Array("}".utf8),
        ]
        return Array(text.joined())
    }

    private static let eventMembers = [
        "at", "author", "body", "context", "continues", "entry", "fields", "key", "kind", "nonce",
        "prev", "replica", "seq", "x",
    ]
}
