import SyncCore

/// A line that is read is one canonical text within the limits, says what its JSON says, and is erased
/// and read again as the same event.
enum LineProperty {
    static func check(_ bytes: [UInt8]) throws {
        let small = try SmallDiary.made.get()
        try checkRead(bytes, small)
        var choices = Choices(bytes)
        let base = choices.pick(small.lines)
        guard let base, var parts = LineParts(base) else { return }
        if choices.oneIn(4) {
            // Any bytes at all as the body, with the hash that lets them through.
            try checkRead(parts.bytes(body: choices.rest(), fieldsSet: true, hashed: true), small)
        } else {
            parts.bend(&choices)
            let bent = parts.bytes(fieldsSet: !choices.oneIn(8), hashed: !choices.oneIn(8))
            try checkRead(bent, small)
        }
    }

    private static func checkRead(_ bytes: [UInt8], _ small: SmallDiary) throws {
        guard let line = try? EventLine(bytes, diary: small.id) else { return }
        try hold(bytes.count <= EventLine.lengthLimit, "\(bytes.count) bytes")
        let json = try JSONValue(canonical: bytes)
        try hold(json.canonicalBytes == bytes && line.bytes == bytes, "not canonical")
        guard let event = json["event"]?.objectValue else { throw Broken("a line without event") }
        try checkEnvelope(line, event)
        let hash = SHA256Hash.octets(of: JSONValue.object(event).canonicalBytes)
        try hold(line.id.octets == hash, "the id is not the event's hash")
        if let signature = json["erased"]?.stringValue.flatMap({ Signature($0) }) {
            try hold(line.content == .erased(signature) && line.body == nil, "erased, with a body")
        } else {
            guard let body = line.body else { throw Broken("a body that is not read") }
            let written = SHA256Hash.octets(of: json["body"]?.canonicalBytes ?? [])
            try hold(line.envelope.body.octets == written, "another body's hash")
            try hold(body.set.keys == line.envelope.fields, "fields say otherwise than set")
        }
        try checkErased(line, small)
        var store = small.store
        let intake = try store.take([Section(lines: [bytes], heads: [])])
        try hold(intake.stored == 0, "stored without a head")
    }

    /// All that is known of the envelope says what stands there; the order of a context is free.
    private static func checkEnvelope(_ line: EventLine, _ event: JSONObject) throws {
        let envelope = line.envelope
        try hold((1...Int(JSONValue.integerLimit)).contains(envelope.seq), "seq \(envelope.seq)")
        for member in envelope.json.objectValue?.members ?? [] where member.key != "context" {
            try hold(event[member.key] == member.value, "\(member.key) is read otherwise")
        }
        let context = (event["context"]?.arrayValue ?? []).compactMap(Position.init(json:))
        try hold(context == envelope.context, "the context is read otherwise")
        try hold(
            (envelope.seq == 1) == (envelope.introduction != nil), "no introduction, or one above")
    }

    private static func checkErased(_ line: EventLine, _ small: SmallDiary) throws {
        let signature = small.clinic.key.sign(.erasure(small.id, line.id))
        let erased = line.erased(by: signature)
        let again = try? EventLine(erased.bytes, diary: small.id)
        // A body's few bytes may be less than a signature's: only then is the line too long.
        if erased.bytes.count <= EventLine.lengthLimit {
            try hold(again == erased && again?.id == line.id, "erased, it is another event")
            try hold(again?.envelope == line.envelope, "erased, it says something else")
        }
    }
}
