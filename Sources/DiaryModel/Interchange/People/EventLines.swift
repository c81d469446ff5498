public import SyncCore

/// Every event of a diary as one JSON object a line, for people and their programs.
///
/// Units are spelt out and nothing is left out, neither what was replaced nor what does not count. It is
/// no copy of the diary: that is the lines and heads themselves.
public struct EventLines: Sendable {
    /// One object for each event: entries in order of start, their events as they followed each other.
    public let objects: [JSONObject]

    public init(_ diary: ExportedDiary) {
        objects = diary.entries.flatMap { entry in
            let toReview = Set(entry.view.toReview)
            return entry.eventsInOrder.map { line in
                Self.object(line, of: entry, in: diary, counts: !toReview.contains(line.position))
            }
        }
    }

    /// The lines, each ended by a line feed.
    public var text: String {
        objects.map { JSONValue.object($0).canonicalText + "\n" }.joined()
    }

    private static func object(
        _ line: EventLine, of entry: ExportedEntry, in diary: ExportedDiary, counts: Bool
    ) -> JSONObject {
        let envelope = line.envelope
        var object: JSONObject = [
            "counts": .bool(counts), "device": .string(envelope.replica.text),
            "entry": .string(entry.id.text), "event": .string(line.id.text),
            "fields": .array(envelope.fields.map { .string($0) }), "kind": .string(entry.kind),
            "seen": .array((entry.seen[line.id] ?? []).sorted().map { .string($0.text) }),
            "seq": .integer(Int64(envelope.seq)), "written": spelt(envelope.at),
        ]
        object["author"] = envelope.author.map { .string($0.text) }
        object["author_roles"] = envelope.author.flatMap { diary.people[$0] }
            .map { .array($0.roles.map { .string($0) }) }
        object["received"] = diary.receivedMs[line.id].flatMap(InstantText.utc)
            .map { .string($0) }
        if let body = line.body {
            object["said"] = .object(SpeltOut.fields(body.set))
            if !body.about.isEmpty { object["with"] = .object(about(body.about)) }
        } else {
            object["erased"] = true
        }
        return object
    }

    private static func spelt(_ at: Timestamp) -> JSONValue {
        var object: JSONObject = ["offset": .string(InstantText.offset(Int64(at.offset)))]
        object["utc"] = InstantText.utc(at.milliseconds).map { .string($0) }
        if object["utc"] == nil { object["ms"] = .integer(at.milliseconds) }
        return .object(object)
    }

    /// What a warning saw is a value without its name: it stands as it was written.
    private static func about(_ about: JSONObject) -> JSONObject {
        JSONObject(about.members.map { ($0.key, SpeltOut.value($0.value)) })
    }
}
