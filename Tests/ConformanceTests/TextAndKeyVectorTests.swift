import SyncCore
import Testing

struct TextAndKeyVectorTests {
    @Test func `canonical texts are read and written back`() throws {
        for text in try Repository.cases("canonical-json", "good") {
            let bytes = Array(try #require(text.stringValue).utf8)
            #expect(try JSONValue(canonical: bytes).canonicalBytes == bytes)
        }
    }

    @Test func `other bytes are refused where and why the vectors say`() throws {
        for bad in try Repository.cases("canonical-json", "bad") {
            let bytes = try bad.hex("hex")
            let error = #expect(throws: CanonicalJSONError.self) {
                try JSONValue(canonical: bytes)
            }
            #expect(error?.offset == Int(try bad.number("offset")))
            #expect(error?.reason.rawValue == (try bad.text("reason")))
        }
    }

    @Test func `ids, keys and fingerprints derive as written`() throws {
        for diary in try Repository.cases("ids", "diaries") {
            let key = try #require(SigningKey(seed: diary.hex("seed")))
            #expect(key.publicKey == (try diary.id("key")))
            #expect(key.publicKey.fingerprint == (try diary.text("fingerprint")))
            let id = DiaryID(founder: key.publicKey, nonce: try diary.id("nonce"))
            #expect(id == (try diary.id("diary")))
            for log in [diary, try #require(diary["second"])] {
                let key: PublicKey = try log.id("key")
                let replica = ReplicaID(diary: id, key: key, nonce: try log.id("nonce"))
                #expect(replica == (try log.id("replica")))
                #expect(SigningKey(seed: try log.hex("seed"))?.publicKey == key)
            }
        }
    }

    @Test func `events are named by their envelopes`() throws {
        for event in try Repository.cases("ids", "events") {
            let line = try EventLine(Array(try event.text("line").utf8), diary: event.id("diary"))
            #expect(line.id == (try event.id("id")))
            #expect(line.envelope.body == (try event.id("body")))
        }
    }

    @Test func `keys anybody could sign for are refused`() throws {
        for key in try Repository.cases("keys", "refused") {
            #expect(PublicKey(octets: try key.hex("hex")) == nil)
        }
        for key in try Repository.cases("keys", "sound") {
            #expect(PublicKey(try #require(key.stringValue)) != nil)
        }
    }

    @Test func `signed texts are these bytes, and their signatures hold`() throws {
        for signed in try Repository.cases("heads", "good") {
            let text = try Self.signedText(signed)
            #expect(text.octets == (try signed.hex("text")))
            let key: PublicKey = try signed.id("key")
            #expect(key.verifies(try signed.id("signature"), over: text))
            let private_ = try #require(SigningKey(seed: signed.hex("seed")))
            #expect(private_.sign(text) == (try signed.id("signature")))
        }
    }

    @Test func `signatures that must not hold do not`() throws {
        let head = try #require(
            try Repository.cases("heads", "good").first { try $0.text("purpose") == "head" })
        let text = try Self.signedText(head)
        for bad in try Repository.cases("heads", "bad") {
            #expect(text.octets == (try bad.hex("text")))
            let key: PublicKey = try bad.id("key")
            let (signature, why): (Signature, String) = (
                try bad.id("signature"), try bad.text("why")
            )
            #expect(!key.verifies(signature, over: text), "\(why)")
        }
    }

    private static func signedText(_ signed: JSONValue) throws -> SignedText {
        let diary: DiaryID = try signed.id("diary")
        switch try signed.text("purpose") {
        case "head": return .head(diary, try signed.position("position"))
        case "erasure": return .erasure(diary, try signed.id("event"))
        case "continuation":
            return .continuation(
                diary, from: try signed.position("position"), to: try signed.id("new"))
        case "receipt":
            return .receipt(
                diary, milliseconds: try signed.number("ms"),
                frontier: try signed.clock("frontier").json.canonicalBytes)
        case "enrolment":
            return .enrolment(
                clinic: try signed.id("clinic"), diary: diary, replica: try signed.id("replica"),
                challenge: try signed.id("challenge"))
        case "membership":
            return .membership(diary, firstReplica: try signed.id("first"))
        case let other: throw VectorFlaw.unknown(other)
        }
    }
}

enum VectorFlaw: Error {
    case unknown(String)
}
