import SyncCore
import Testing

struct ConversationVectorTests {
    @Test func `the asking side writes these requests and ends like this`() throws {
        for item in try Repository.cases("conversations") {
            let name = try item.text("name")
            let device = try #require(item["device"])
            let clinic: PublicKey = try #require(item["clinic"]).id("pin")
            var store = MemoryEventStore(
                diary: try item.id("diary"), pinnedClinic: try device.id("pin"))
            try fill(&store, try device.sections("sections"))
            store.pinnedClinic = clinic
            var keys: [ReplicaID: SigningKey] = [:]
            for seed in device["seeds"]?.objectValue?.members ?? [] {
                let octets = try octets(ofHex: try #require(seed.value.stringValue))
                let replica = try #require(ReplicaID(seed.key))
                keys[replica] = SigningKey(seed: octets)
            }
            let known = try item["known"].map { try #require(VectorClock(json: $0)) }
            var initiator = SyncInitiator(
                known: known, keys: keys, clinic: clinic,
                page: PageLimit(bytes: Int(try item.number("page"))))
            var ending = "unfinished"
            for round in try item.items("rounds") {
                #expect(ending == "unfinished", "\(name)")
                let request = try initiator.nextRequest(from: store).bytes
                #expect(request == Array(try round.text("request").utf8), "\(name)")
                let answer = try SyncAnswer(Array(try round.text("answer").utf8))
                switch try initiator.answered(answer, in: &store) {
                case .again: break
                case .finished(.equal): ending = "equal"
                case .finished(.refusedSome): ending = "refused-some"
                case .finished(.closed): ending = "closed"
                case .finished(.unconfirmed): ending = "unconfirmed"
                }
            }
            #expect(ending == (try item.text("ending")), "\(name)")
            let after = try #require(item["after"])
            #expect(initiator.known == (try after.clock("known")), "\(name)")
            #expect(store.frontier == (try after.clock("device")), "\(name)")
            #expect(initiator.report.refused.map(\.json) == (try item.items("refused")), "\(name)")
        }
    }

    @Test func `the answering side writes these answers`() throws {
        for item in try Repository.cases("conversations") {
            let clinic = try #require(item["clinic"])
            var store = MemoryEventStore(
                diary: try item.id("diary"), pinnedClinic: try clinic.id("pin"))
            try fill(&store, try clinic.sections("sections"))
            let responder = SyncResponder(
                page: PageLimit(bytes: Int(try item.number("page"))),
                receiptKey: SigningKey(seed: try clinic.hex("seed")),
                unconfirmed: clinic["unconfirmed"]?.boolValue ?? false)
            for (number, round) in try item.items("rounds").enumerated() {
                let request = try SyncRequest(Array(try round.text("request").utf8))
                let answer = try responder.answer(
                    request, from: item.id("asker"),
                    at: item.number("ms") + Int64(number) * 1000, in: &store)
                #expect(answer.bytes == Array(try round.text("answer").utf8))
            }
            #expect(store.frontier == (try #require(item["after"]).clock("clinic")))
        }
    }

    @Test func `joining proves the present key through the chain`() throws {
        for joining in try Repository.cases("enrolment", "joinings") {
            try Enrolment.check(try joining.text("finish"), joining)
            try Enrolment.check(
                answer: try #require(joining["answer"]), to: try joining.text("finish"),
                clinic: joining.id("clinic"))
        }
    }

    private func fill(_ store: inout MemoryEventStore, _ sections: [Section]) throws {
        try #require(try store.take(sections).taken == sections.count)
    }
}

/// The checks of protocol.md on what `POST /v1/enrol/finish` brings.
enum Enrolment {
    static func check(_ finish: String, _ joining: JSONValue) throws {
        let lines = finish.split(separator: "\n").map { Array($0.utf8) }
        try #require(lines.count == 3)
        let header = try JSONValue(canonical: lines[0])
        let diary: DiaryID = try header.id("diary")
        let introduction = try EventLine(lines[1], diary: diary)
        let first = try #require(introduction.envelope.introduction)
        #expect(DiaryID(founder: first.key, nonce: first.nonce) == diary)
        var (key, replica) = (first.key, introduction.envelope.replica)
        for link in header["chain"]?.arrayValue ?? [] {
            let parts = try link.items("continues")
            let position = try #require(Position(json: .array(Array(parts.prefix(3)))))
            let signature = try #require(parts.last?.stringValue.flatMap { Signature($0) })
            #expect(position.replica == replica)
            let next: PublicKey = try link.id("key")
            let named = ReplicaID(diary: diary, key: next, nonce: try link.id("nonce"))
            #expect(key.verifies(signature, over: .continuation(diary, from: position, to: named)))
            (key, replica) = (next, named)
        }
        #expect(replica == (try header.id("replica")))
        let text = SignedText.enrolment(
            clinic: try joining.id("clinic"), diary: diary, replica: replica,
            challenge: try joining.id("challenge"))
        #expect(key.verifies(try header.id("signature"), over: text))
        if header["member"] != nil {
            let clinic: PublicKey = try joining.id("clinic")
            let membership = SignedText.membership(
                diary, firstReplica: introduction.envelope.replica)
            #expect(clinic.verifies(try header.id("member"), over: membership))
        }
    }

    static func check(answer: JSONValue, to finish: String, clinic: PublicKey) throws {
        let lines = finish.split(separator: "\n").map { Array($0.utf8) }
        let diary: DiaryID = try answer.id("diary")
        let first = try EventLine(try #require(lines.dropFirst().first), diary: diary)
            .envelope.replica
        #expect(Challenge(try answer.text("token")) != nil)
        #expect(
            clinic.verifies(
                try answer.id("member"), over: .membership(diary, firstReplica: first)))
        for further in try answer.items("further") {
            let other: DiaryID = try further.id("diary")
            #expect(other != diary)
            let _: Challenge = try further.id("challenge")
        }
    }
}
