import ClinicServer
import DiaryStore
import SyncClient
import SyncCore
import Testing
import TestSupport

/// What strangers and broken devices send: the documented answer, nothing stored, and life goes on.
@Suite(.serialized) struct HostileSyncTests {
    /// A clinic with one synced device, and requests made by hand.
    struct Attack {
        let clinic: TestClinic
        let device: TestDevice
        let diary: DiaryID
        let token: String

        var path: String { "/v1/diaries/\(diary.text)/sync" }

        func send(_ body: [UInt8]) async throws -> RawHTTP.Answer {
            try await RawHTTP.post(path, body, token: token, port: clinic.port)
        }

        func send(_ sections: [Section], frontier: VectorClock? = nil) async throws -> SyncAnswer {
            let request = SyncRequest(
                diary: diary, frontier: try frontier ?? device.frontier(), sections: sections)
            let answer = try await send(request.bytes)
            #expect(answer.status == 200)
            return try SyncAnswer(answer.body)
        }

        /// A line of a log, with the envelope that is asked for.
        func line(
            _ envelope: (inout Envelope) -> Void, set: JSONObject = ["text": "x"]
        ) throws -> EventLine {
            var generator = SystemRandomNumberGenerator()
            let own = try #require(try device.database.read { try $0.ownLog(in: diary) })
            let tip = try #require(own.tip)
            var made = Envelope(
                at: .test, body: BodyHash.random(using: &generator), context: [],
                subject: .begins(kind: "note"), fields: set.keys, prev: tip.id,
                replica: own.replica, seq: tip.seq + 1)
            envelope(&made)
            return try EventLine.write(
                made, body: Body(salt: Salt.random(using: &generator), set: set), diary: diary)
        }

        func section(_ line: EventLine, key: SigningKey? = nil) throws -> Section {
            let own = try #require(try device.database.read { try $0.ownLog(in: diary) })
            let signature = (key ?? own.key).sign(.head(diary, line.position))
            return Section(
                lines: [line.bytes], heads: [Head(position: line.position, signature: signature)])
        }
    }

    func attacking(_ body: (Attack) async throws -> Void) async throws {
        try await TestClinic.running { clinic in
            let device = try await clinic.enrolled("laptop")
            try device.write()
            #expect(try await device.sync().result == .equal)
            let attack = Attack(
                clinic: clinic, device: device, diary: try #require(device.diary),
                token: try device.token())
            let before = try clinic.eventCount()
            try await body(attack)
            #expect(try clinic.eventCount() == before)
            #expect(try await device.sync().result == .equal)
        }
    }

    @Test func `Without its own token a diary is out of reach`() async throws {
        try await attacking { (attack) async throws in
            let body = SyncRequest(diary: attack.diary, frontier: VectorClock(), sections: []).bytes
            let port = attack.clinic.port
            #expect(try await RawHTTP.post(attack.path, body, port: port).status == 401)
            let unknown = String(repeating: "A", count: 43)
            #expect(
                try await RawHTTP.post(attack.path, body, token: unknown, port: port).status == 401)
            #expect(
                try await RawHTTP.post(attack.path, body, token: "short", port: port).status == 401)
        }
    }

    @Test func `Foreign, unknown and malformed diaries get equal answers`() async throws {
        try await TestClinic.running { clinic in
            let anna = try await clinic.enrolled("laptop")
            let other = try await clinic.enrolled("other laptop", patient: "P02")
            let foreign = try #require(other.diary)
            var bodies: Set<[UInt8]> = []
            for diary in [foreign.text, "AAAAAAAAAAAAAAAAAAAAAA", "nonsense"] {
                let body = SyncRequest(
                    diary: foreign, frontier: VectorClock(), sections: []
                ).bytes
                let answer = try await RawHTTP.post(
                    "/v1/diaries/\(diary)/sync", body, token: anna.token(), port: clinic.port)
                #expect(answer.status == 404)
                bodies.insert(answer.body)
            }
            #expect(bodies.count == 1)
            // The right address with another diary's request.
            let own = try #require(anna.diary)
            let swapped = try await RawHTTP.post(
                "/v1/diaries/\(own.text)/sync",
                SyncRequest(diary: foreign, frontier: VectorClock(), sections: []).bytes,
                token: anna.token(), port: clinic.port)
            #expect(swapped.status == 400)
        }
    }

    /// What is no message; named, because some are very long.
    enum Nonsense: String, CaseIterable {
        case empty, newline, garbage, object, cut, array, deep, hugeNumber, nul, repeatedKey
        case fraction, byteOrderMark

        var body: String {
            switch self {
            case .empty: ""
            case .newline: "\n"
            case .garbage: "garbage\n"
            case .object: "{}\n"
            case .cut: "{\"diary\":\"x\"}"
            case .array: "[1,2]\n"
            case .deep: String(repeating: "[", count: 100_000) + "\n"
            case .hugeNumber: "{\"sync\":" + String(repeating: "9", count: 100_000) + "}\n"
            case .nul: "{\"diary\":\"\\u0000\",\"frontier\":[],\"sync\":1}\n"
            case .repeatedKey: "{\"sync\":1,\"sync\":1}\n"
            case .fraction: "{\"sync\":1.0}\n"
            case .byteOrderMark: "\u{FEFF}{\"sync\":1}\n"
            }
        }
    }

    @Test(arguments: Nonsense.allCases)
    func `A body that is no message is malformed`(nonsense: Nonsense) async throws {
        try await attacking { (attack) async throws in
            let answer = try await attack.send(Array(nonsense.body.utf8))
            #expect(answer.status == 400)
            #expect(answer.head.lowercased().contains("content-type: application/problem+json"))
            let problem = try JSONValue(canonical: answer.body)
            #expect(problem["type"]?.stringValue == ProblemType.malformed.uri)
        }
    }

    @Test func `A newer version and another content type have problems of their own`() async throws
    {
        try await attacking { (attack) async throws in
            let newer = "{\"diary\":\"\(attack.diary.text)\",\"frontier\":[],\"sync\":2}\n"
            #expect(try await attack.send(Array(newer.utf8)).status == 400)
            let body = SyncRequest(diary: attack.diary, frontier: VectorClock(), sections: []).bytes
            for type in ["text/plain", "application/x-www-form-urlencoded", "application/json"] {
                let answer = try await RawHTTP.post(
                    attack.path, body, type: type, token: attack.token, port: attack.clinic.port)
                #expect(answer.status == 415)
            }
        }
    }

    @Test func `A forged head is refused by name`() async throws {
        try await attacking { (attack) async throws in
            var generator = SystemRandomNumberGenerator()
            let line = try attack.line { _ in }
            let forged = try attack.section(line, key: .random(using: &generator))
            let answer = try await attack.send([forged])
            #expect(answer.refused?.type == .wronglySigned)
            #expect(answer.taken == 0)
            let bare = try await attack.send([Section(lines: [line.bytes], heads: [])])
            #expect(bare.refused?.type == .section)
        }
    }

    @Test func `An event under somebody else's replica is refused`() async throws {
        try await attacking { (attack) async throws in
            // The clinic's log, continued by the device's key.
            let foreign = try #require(
                try attack.clinic.clinic.database.read {
                    try $0.ownLog(in: attack.diary)?.tip
                })
            let line = try attack.line {
                $0.replica = foreign.replica
                $0.prev = foreign.id
                $0.seq = foreign.seq + 1
            }
            #expect(try await attack.send([attack.section(line)]).refused?.type == .wronglySigned)
        }
    }

    @Test func `A gap and an unseen context wait, unstored`() async throws {
        try await attacking { (attack) async throws in
            var generator = SystemRandomNumberGenerator()
            let gap = try attack.line {
                $0.prev = EventID.random(using: &generator)
                $0.seq += 1
            }
            let answer = try await attack.send(
                [attack.section(gap)], frontier: VectorClock([gap.position]))
            #expect(answer.refused == nil)
            #expect(answer.taken == 0)
            #expect(answer.lacks.positions == [gap.position])
            #expect(answer.sections.isEmpty)

            let known = try attack.device.frontier().positions
            let first = try #require(known.first)
            let unseen = Position(
                replica: first.replica, seq: 1, id: EventID.random(using: &generator))
            let line = try attack.line { $0.subject = .entry(unseen) }
            let second = try await attack.send([attack.section(line)])
            #expect(second.taken == 0)
            #expect(second.refused == nil)
        }
    }

    @Test func `A line nested too deeply or with a wrong seq is refused, what was before it kept`()
        async throws
    {
        try await TestClinic.running { clinic in
            let device = try await clinic.enrolled("laptop")
            _ = try await device.sync()
            let attack = Attack(
                clinic: clinic, device: device, diary: try #require(device.diary),
                token: try device.token())
            let before = try clinic.eventCount()
            let good = try attack.line { _ in }
            let deep = Array("{\"body\":".utf8) + [UInt8](repeating: 0x5B, count: 5000)
            let answer = try await attack.send([
                attack.section(good),
                Section(lines: [deep], heads: []),
            ])
            #expect(answer.taken == 1)
            #expect(answer.refused == Refusal(section: 1, line: 0, type: .malformed))
            #expect(try clinic.eventCount() == before + 1)
        }
    }

    @Test func `A key that anybody could sign for is refused when joining`() async throws {
        try await TestClinic.running { clinic in
            let code = try clinic.code()
            let start = try await RawHTTP.post(
                "/v1/enrol/start", Array("{\"code\":\"\(code)\"}".utf8), type: "application/json",
                port: clinic.port)
            let challenge = try #require(
                JSONValue(canonical: start.body)["challenge"]?.stringValue)
            let id = String(repeating: "A", count: 22)
            let weak = "AQ" + String(repeating: "A", count: 41)
            let signature = String(repeating: "A", count: 86)
            let finish = """
                {"challenge":"\(challenge)","diary":"\(id)","enrol":1,"label":"x",\
                "replica":"\(id)","signature":"\(signature)"}
                {"body":{"salt":"\(id)","set":{}},"event":{"at":{"ms":0,"offset":0},\
                "body":"\(String(repeating: "A", count: 43))","context":[],"fields":[],\
                "key":"\(weak)","kind":"replica","nonce":"\(id)","replica":"\(id)","seq":1}}
                {"heads":[]}

                """
            let answer = try await RawHTTP.post(
                "/v1/enrol/finish", Array(finish.utf8), port: clinic.port)
            #expect(answer.status == 422)
            #expect(try clinic.eventCount() == 0)
            var device = try clinic.device("laptop")
            try await device.join(clinic, code: code)
        }
    }
}
