import ClinicServer
import DiaryModel
import DiaryStore
import ServiceLifecycle
import SyncClient
import SyncCore
import Synchronization
import Testing
import TestSupport

@Suite(.serialized) struct SyncOverHTTPTests {
    @Test func `An ordinary sync is one request`() async throws {
        try await TestClinic.running { clinic in
            let laptop = try await clinic.enrolled("laptop")
            let phone = try await clinic.enrolled("phone", role: .carer)
            for device in [laptop, phone, laptop] { _ = try await device.sync() }
            try laptop.write()
            let pushed = try await laptop.sync()
            #expect(pushed.requests == 1)
            #expect(pushed.sent == 1)
            #expect(pushed.confirmedMs != nil)
            try phone.write()
            let both = try await phone.sync()
            #expect(both.requests == 1)
            #expect(both.sent == 1)
            #expect(both.fetched == 1)
            #expect(both.touched.count == 1)
            #expect(both.mergedCount == 0)
        }
    }

    @Test func `What comes to an entry that was here counts as merged`() async throws {
        try await TestClinic.running { clinic in
            let laptop = try await clinic.enrolled("laptop")
            let entry = try laptop.write()
            _ = try await laptop.sync()
            let phone = try await clinic.enrolled("phone", role: .carer)
            _ = try await phone.sync()
            let diary = try #require(phone.diary)
            _ = try phone.database.write { transaction in
                try transaction.record(in: diary, at: .test, label: "phone") { commit, generator in
                    try commit.write(
                        EventDraft(.entry(entry), context: [entry], set: ["sites": "thigh-L"]),
                        using: &generator)
                }
            }
            _ = try await phone.sync()
            let outcome = try await laptop.sync()
            #expect(outcome.mergedCount == 1)
            #expect(outcome.touched.first == entry.id)
        }
    }

    @Test func `With eight replicas a sync of nothing is at most a kibibyte each way`() async throws
    {
        try await TestClinic.running { clinic in
            let device = try await clinic.enrolled("device 0")
            for number in 1..<7 {
                _ = try await clinic.enrolled("device \(number)", role: .carer).sync()
            }
            _ = try await device.sync()
            #expect(try device.frontier().positions.count == 8)
            let diary = try #require(device.diary)
            let request = SyncRequest(diary: diary, frontier: try device.frontier(), sections: [])
            #expect(request.bytes.count <= 1024)
            let answer = try await RawHTTP.post(
                "/v1/diaries/\(diary.text)/sync", request.bytes, token: device.token(),
                port: clinic.port)
            #expect(answer.status == 200)
            #expect(answer.body.count <= 1024)
        }
    }

    @Test func `A long diary goes in pages and tells how far it is`() async throws {
        try await TestClinic.running { clinic in
            let device = try await clinic.enrolled("laptop")
            let text = JSONValue.string(String(repeating: "a", count: 30_000))
            for _ in 0..<80 { try device.write(["text": text]) }
            let seen = Mutex<[SyncDriver.Progress]>([])
            let outcome = try await device.sync { step in seen.withLock { $0.append(step) } }
            #expect(outcome.result == .equal)
            #expect(outcome.requests >= 3)
            #expect(outcome.sent >= 80)
            let steps = seen.withLock { $0 }
            #expect(steps.last?.sent == outcome.sent)
            #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.sent <= $1.sent })
            let fresh = try await clinic.enrolled("phone", role: .carer)
            #expect(try await fresh.sync().result == .equal)
            #expect(try fresh.eventCount() == clinic.eventCount())
        }
    }

    @Test func `A closed device goes on giving and reads nothing`() async throws {
        try await TestClinic.running { clinic in
            let laptop = try await clinic.enrolled("laptop")
            let phone = try await clinic.enrolled("phone", role: .carer)
            for device in [laptop, phone] { _ = try await device.sync() }
            try clinic.close("phone")
            try phone.write()
            try laptop.write()
            _ = try await laptop.sync()
            let before = try clinic.eventCount()
            let outcome = try await phone.sync()
            #expect(outcome.result == .closed)
            #expect(outcome.fetched == 0)
            #expect(try clinic.eventCount() == before + 1)
            var status = try clinic.clinic.devices(
                ofPatient: "P01", by: TestClinic.administrator
            ).first { $0.label == "phone" }
            #expect(status?.isClosed == true)
            #expect(status?.eventsToReview == 1)
            #expect(try clinic.trust("phone"))
            status = try clinic.clinic.devices(ofPatient: "P01", by: TestClinic.administrator)
                .first { $0.label == "phone" }
            #expect(status?.isClosed == true)
            #expect(status?.eventsToReview == 0)
        }
    }

    @Test func `A receipt from a wrong key is not believed`() async throws {
        try await TestClinic.running { clinic in
            let device = try await clinic.enrolled("laptop")
            let diary = try #require(device.diary)
            var generator = SystemRandomNumberGenerator()
            let frontier = try device.frontier()
            let receipt = Receipt(
                diary: diary, frontier: frontier, milliseconds: 1,
                key: SigningKey.random(using: &generator))
            let answer = SyncAnswer(
                frontier: frontier, taken: 0, lacks: VectorClock(), receipt: receipt)
            let body = String(decoding: answer.bytes, as: UTF8.self)
            let outcome = try await device.syncing(
                with: """
                    HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r
                    Content-Length: \(body.utf8.count)\r\n\r\n\(body)
                    """)
            #expect(outcome.result == .notTheClinic)
            #expect(outcome.confirmedMs == nil)
            let kept = try device.database.read {
                try ClinicLink.confirmation(of: diary, in: $0)
            }
            #expect(kept == nil)
        }
    }

    @Test func `A portal's page, a redirect and a flood are not the clinic`() async throws {
        try await TestClinic.running { clinic in
            let device = try await clinic.enrolled("laptop")
            let before = try device.eventCount()
            let portal = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi"
            #expect(
                try await device.syncing(with: portal).result == .notReached(.somebodyElse))
            let other = try Impostor(portal)
            let redirect = """
                HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:\(other.port)/\r
                Content-Length: 0\r\n\r\n
                """
            #expect(
                try await device.syncing(with: redirect).result == .notReached(.redirected))
            #expect(other.requests == 0)
            let flood = """
                HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r
                Content-Length: 5000000\r\n\r\n\(String(repeating: "x", count: 5_000_000))
                """
            #expect(try await device.syncing(with: flood).result == .notReached(.tooMuch))
            let nonsense = """
                HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r
                Content-Length: 3\r\n\r\n{}\n
                """
            #expect(try await device.syncing(with: nonsense).result == .badAnswer)
            #expect(try device.eventCount() == before)
            #expect(try await device.sync().result == .equal)
        }
    }

    @Test func `Where nobody listens the sync gives up and says when to try again`() async throws {
        try await TestClinic.running { clinic in
            let device = try await clinic.enrolled("laptop")
            try device.point(at: 1)
            let outcome = try await device.sync()
            #expect(outcome.result == .notReached(.noConnection))
            #expect(outcome.requests == 2)
            #expect(outcome.retryAfterMs != nil)
            #expect(SyncOutcome(.notJoined).json["result"] == "not_joined")
        }
    }

    @Test func `Two syncs of one store at once are one after the other`() async throws {
        try await TestClinic.running { clinic in
            let device = try await clinic.enrolled("laptop")
            try device.write()
            async let first = device.sync()
            async let second = device.sync()
            let outcomes = try await [first, second]
            #expect(outcomes.allSatisfy { $0.result == .equal })
            #expect(try clinic.eventCount() == device.eventCount())
        }
    }

    @Test func `A diary that has not joined says so`() async throws {
        let scratch = try Scratch()
        let database = try DiaryDatabase.create(
            in: scratch.file("device"), purpose: .device)
        var generator = SystemRandomNumberGenerator()
        let diary = DiaryID.random(using: &generator)
        try database.write { try $0.addDiary(diary, name: "Anna") }
        #expect(try await SyncDriver(database: database).sync(diary).result == .notJoined)
    }

    @Test func `A shutdown finishes what has begun`() async throws {
        let scratch = try Scratch()
        let (clinic, _) = try Clinic.create(
            in: scratch.file("clinic"), name: "Invented Clinic",
            administrator: StaffRecord(login: "a.obi", name: "A. Obi", role: .administrator))
        try await TestClinic.withServer(clinic) { port, group in
            let body = Array("{\"code\":\"K7QM-00000-00000\"}".utf8)
            let head = """
                POST /v1/enrol/start HTTP/1.1\r\nHost: 127.0.0.1\r
                Content-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n
                """
            let descriptor = try RawHTTP.connect(port)
            RawHTTP.send(Array(head.utf8) + body.prefix(5), to: descriptor)
            // Another exchange shows that the first half has been received.
            #expect(try await RawHTTP.get("/health", port: port).status == 200)
            #expect(try await RawHTTP.get("/ready", port: port).status == 200)
            await group.triggerGracefulShutdown()
            RawHTTP.send(Array(body.dropFirst(5)), to: descriptor)
            #expect(await RawHTTP.receive(from: descriptor).status == 403)
        }
    }
}

extension TestDevice {
    /// Makes this device believe that its clinic is at another port.
    func point(at port: Int) throws {
        guard let diary else { throw NoDiary() }
        try database.write { transaction in
            var link = try transaction.setting("clinic.link", in: diary)?.objectValue ?? [:]
            link["address"] = .string("http://127.0.0.1:\(port)")
            try transaction.setSetting("clinic.link", .object(link), in: diary)
        }
    }

    /// Syncs with somebody who always answers with these bytes, then is itself again.
    func syncing(with answer: String) async throws -> SyncOutcome {
        guard let diary else { throw NoDiary() }
        let kept = try database.read { try $0.setting("clinic.link", in: diary) }
        let impostor = try Impostor(answer)
        try point(at: impostor.port)
        let outcome = try await sync()
        try database.write { try $0.setSetting("clinic.link", kept, in: diary) }
        return withExtendedLifetime(impostor) { outcome }
    }
}
