import SyncCore
import Testing

@Suite struct `Event lines` {
    let diary: DiaryID

    init() throws { diary = try #require(DiaryID(Vectors.diary)) }

    private func read(_ text: String) throws -> EventLine {
        try EventLine(Array(text.utf8), diary: diary)
    }

    @Test func `A line says what its envelope says, and its id is the envelope's hash`() throws {
        let first = try read(Vectors.introduction)
        #expect(first.id.text == Vectors.introductionID)
        #expect(first.envelope.introduction?.key.text == Vectors.key)
        #expect(first.envelope.kind == "replica")
        #expect(first.entry == first.position)
        #expect(first.body?.set == ["label": "phone"])

        let second = try read(Vectors.entry)
        #expect(second.id.text == Vectors.entryID)
        #expect(second.envelope.prev == first.id)
        #expect(second.envelope.seq == 2)
        #expect(second.envelope.at == Timestamp(milliseconds: -1, offset: -1080))
        #expect(second.envelope.fields == ["note", "status"])
        #expect(second.body?.about == ["reason": "read_again"])
        #expect(second.body?.set["note"] == "café")
    }

    @Test func `What was read writes itself again to the same bytes`() throws {
        for text in [Vectors.introduction, Vectors.entry] {
            let line = try read(text)
            let body = try #require(line.body)
            let again = try EventLine.write(line.envelope, body: body, diary: diary)
            #expect(again.bytes == Array(text.utf8))
        }
    }

    @Test func `An erased line keeps its id and its envelope's bytes`() throws {
        let line = try read(Vectors.entry)
        let key = try #require(SigningKey(seed: Vectors.seed))
        let erased = line.erased(by: key.sign(.erasure(diary, line.id)))
        #expect(erased.bytes == Array(Vectors.erasedEntry.utf8))
        #expect(erased.id == line.id)
        #expect(erased.body == nil)
        #expect(erased.isErased)
        let read = try read(Vectors.erasedEntry)
        #expect(read == erased)
        #expect(read.envelope == line.envelope)
        #expect(read.erased(by: key.sign(.erasure(diary, line.id))) == erased)
    }

    @Test func `What a newer version adds to envelope and body passes through byte by byte`() throws
    {
        let newer = try Self.rewrite(Vectors.entry, body: { $0["mood"] = ["x": [1, nil]] }) {
            $0["zone"] = ["é", true]
            $0["also"] = -7
        }
        let line = try EventLine(newer, diary: diary)
        #expect(line.bytes == newer)
        #expect(line.id.text != Vectors.entryID)
        var store = MemoryEventStore(diary: diary)
        let key = try #require(SigningKey(seed: Vectors.seed))
        let head = Head(position: line.position, signature: key.sign(.head(diary, line.position)))
        let sections = [Section(lines: [Array(Vectors.introduction.utf8), newer], heads: [head])]
        #expect(try store.take(sections).taken == 1)
        let offer = try store.offer(beyond: Coverage(), page: .bundle)
        #expect(offer.sections == sections)
    }

    @Test func `A line may have 256 KiB and not a byte more`() throws {
        let limit = EventLine.lengthLimit
        func line(of length: Int) throws -> [UInt8] {
            let empty = try Self.rewrite(Vectors.entry, body: { $0["x"] = "" }).count
            return try Self.rewrite(
                Vectors.entry,
                body: {
                    $0["x"] = .string(String(repeating: "x", count: length - empty))
                })
        }
        let full = try line(of: limit)
        #expect(full.count == limit)
        #expect(try EventLine(full, diary: diary).bytes == full)
        #expect(throws: MalformedLine.tooLong) { try EventLine(line(of: limit + 1), diary: diary) }
    }

    /// Another canonical line: these members changed, and the body's hash made to fit.
    static func rewrite(
        _ text: String, body change: (inout JSONObject) -> Void = { _ in },
        _ changeEnvelope: (inout JSONObject) -> Void = { _ in }
    ) throws -> [UInt8] {
        var line = try #require(try JSONValue(canonical: Array(text.utf8)).objectValue)
        var body = try #require(line["body"]?.objectValue)
        change(&body)
        line["body"] = .object(body)
        var event = try #require(line["event"]?.objectValue)
        let hash = SHA256Hash.octets(of: JSONValue.object(body).canonicalBytes)
        event["body"] = .string(try #require(BodyHash(octets: hash)).text)
        changeEnvelope(&event)
        line["event"] = .object(event)
        return JSONValue.object(line).canonicalBytes
    }
}
