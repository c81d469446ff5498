import DiaryStore
import SeededRandom
import SyncCore
import Testing
import TestSupport

/// What a version still to come might write: this one keeps it, hands it on and shows what it knows.
extension GoldenStory {
    func newerLines() throws {
        let database = try StoreDigest.open(household.home(.laptop), isClinic: false)
        let at = Timestamp(milliseconds: household.now, offset: 60)
        try database.write { transaction in
            let diary = try #require(try transaction.diaries().first { $0.name == "Anna" }).id
            let infusion = try #require(
                try transaction.entries(in: diary, kinds: ["infusion"]).last)
            let view = try #require(try transaction.view(of: infusion.position, in: diary))
            _ = try transaction.record(in: diary, at: at, label: "laptop") { commit, generator in
                let mood: JSONObject = ["level": ["scale": 10, "said": 7], "words": "quiet"]
                try commit.write(.begin("mood", set: mood), using: &generator)
                let fields: JSONObject = ["warmth": ["hands", 36], "vials.1.photo": "kept"]
                try commit.write(
                    EventDraft(
                        .entry(infusion.position), context: view.context, set: fields,
                        about: ["typedBy": ["voice", nil]]),
                    using: &generator)
            }
            try Self.writeFurtherMembers(in: diary, at: at, transaction)
        }
        try database.close()
    }

    /// A line with members of envelope and body that no version knows yet.
    private static func writeFurtherMembers(
        in diary: DiaryID, at: Timestamp, _ transaction: DiaryTransaction
    ) throws {
        var log = try #require(try transaction.ownLog(in: diary))
        let tip = try #require(log.tip)
        var random = SplitMix64(seed: 7)
        var body = Body(
            salt: Salt.random(using: &random),
            set: ["status": "active", "text": "of a newer version"]
        ).json.objectValue
        body?["mood"] = ["x": [1, nil]]
        let octets = JSONValue.object(try #require(body)).canonicalBytes
        let hash = try #require(BodyHash(octets: SHA256Hash.octets(of: octets)))
        var envelope = Envelope(
            at: at, body: hash, context: [], subject: .begins(kind: "note"),
            fields: ["status", "text"], prev: tip.id, replica: log.replica, seq: tip.seq + 1
        ).json.objectValue
        envelope?["also"] = -7
        envelope?["zone"] = ["é", true]
        let text: JSONValue = [
            "body": .object(try #require(body)), "event": .object(try #require(envelope)),
        ]
        let line = try EventLine(text.canonicalBytes, diary: diary)
        let head = Head(
            position: line.position, signature: log.key.sign(.head(diary, line.position)))
        var store = try transaction.events(in: diary)
        let intake = try store.take([Section(lines: [line.bytes], heads: [head])])
        guard intake.taken == 1 else { throw Unexpected("the newer line was not taken") }
        log.tip = line.position
        try transaction.setOwnLog(log, in: diary)
    }
}
