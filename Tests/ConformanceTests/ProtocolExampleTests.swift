import SyncCore
import Testing
import diary_vectors

struct ProtocolExampleTests {
    let document: ProtocolText

    init() throws { document = try ProtocolText() }

    @Test func `the examples are those of the vector tool`() throws {
        let written = document.blocks
        let made = try Examples.all()
        #expect(written.map(\.info) == made.map(\.info))
        for (block, example) in zip(written, made) { #expect(block.text == example.text) }
    }

    @Test func `every JSON example is canonical`() throws {
        for block in document.blocks where block.info.hasPrefix("json") {
            let bytes = Array(block.text.utf8.dropLast())
            #expect(try JSONValue(canonical: bytes).canonicalBytes == bytes, "\(block.info)")
        }
    }

    @Test func `keys and ids derive from the seed`() throws {
        let ids = try value("json ids")
        let key = try #require(SigningKey(seed: try ids.hex("seed"))).publicKey
        let diary = DiaryID(founder: key, nonce: try ids.id("nonce"))
        let replica = ReplicaID(diary: diary, key: key, nonce: try ids.id("nonce"))
        #expect(key == (try ids.id("key")))
        #expect(diary == (try ids.id("diary")))
        #expect(replica == (try ids.id("replica")))
        #expect(key.fingerprint == (try ids.text("fingerprint")))
    }

    @Test func `lines are events at the positions given, and the head is signed`() throws {
        let ids = try value("json ids")
        let diary: DiaryID = try ids.id("diary")
        let lines = try ["introduction", "beginning", "amendment", "erased"].map {
            try EventLine(Array(document.block("json event \($0)").utf8), diary: diary)
        }
        let positions = try #require(try value("json positions").arrayValue)
        #expect(lines.map(\.position.json) == positions + positions.suffix(1))
        let third = lines[2].position
        #expect(
            SignedText.head(diary, third).octets == (try octets(ofHex: document.block("hex head"))))
        guard case .erased(let signature) = lines[3].content else {
            Issue.record("the fourth line is erased")
            return
        }
        let clinic: PublicKey = try ids.id("clinic")
        #expect(clinic.verifies(signature, over: .erasure(diary, third.id)))

        let head = try #require(try value("json heads").items("heads").first?.arrayValue)
        #expect(JSONValue.array(Array(head.prefix(3))) == third.json)
        let signed = try #require(head.last?.stringValue.flatMap { Signature($0) })
        let key: PublicKey = try ids.id("key")
        #expect(key.verifies(signed, over: .head(diary, third)))

        let heads = Array(try document.block("json heads").utf8)
        var store = MemoryEventStore(diary: diary, pinnedClinic: clinic)
        let section = try SyncRequest(
            SyncRequest(diary: diary, frontier: VectorClock(), sections: []).bytes
                + lines.prefix(3).flatMap { $0.bytes + [10] } + heads + [10])
        #expect(try store.take(section.sections).stored == 3)
    }

    @Test func `the sync is a whole one`() throws {
        let request = Array(try document.block("ndjson request").utf8) + [10]
        let answer = Array(try document.block("ndjson answer").utf8) + [10]
        #expect(try SyncRequest(request).bytes == request)
        #expect(try SyncAnswer(answer).bytes == answer)
        let ordinary = try #require(
            try Repository.cases("conversations").first { try $0.text("name") == "ordinary" })
        let clinic: PublicKey = try #require(ordinary["clinic"]).id("pin")
        let read = try SyncAnswer(answer)
        let frontier = try #require(read.frontier)
        #expect(
            read.receipt?.isGenuine(
                of: frontier, diary: try SyncRequest(request).diary, clinic: clinic) == true)
    }

    @Test func `joining holds together`() throws {
        let clinic = try value("json clinic")
        let challenge = try value("json start-answer")
        var joining: JSONObject = [:]
        joining["clinic"] = clinic["key"]
        joining["challenge"] = challenge["challenge"]
        try Enrolment.check(try document.block("ndjson finish-request"), .object(joining))
        try Enrolment.check(
            answer: try value("json finish-answer"),
            to: try document.block("ndjson finish-request"), clinic: clinic.id("key"))
    }

    @Test func `the problem is the code's`() throws {
        let problem = try value("json problem")
        let limits = JSONValue.object(["message": .integer(Int64(SyncLimits.messageLength))])
        #expect(problem == ProblemType.tooLarge.document(["limits": limits]))
    }

    private func value(_ info: String) throws -> JSONValue {
        try JSONValue(canonical: Array(document.block(info).utf8))
    }
}
