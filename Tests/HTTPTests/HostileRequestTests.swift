import ClinicServer
import SyncCore
import Testing
import TestSupport

/// What the HTTP stack lets through and this server does not.
@Suite(.serialized) struct HostileRequestTests {
    @Test func `A refused request is the last of its connection`() async throws {
        try await TestClinic.running { clinic in
            let pair = """
                GET /nothing//here HTTP/1.1\r\nHost: 127.0.0.1\r\n\r
                GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n
                """
            let descriptor = try RawHTTP.connect(clinic.port)
            RawHTTP.send(Array(pair.utf8), to: descriptor)
            #expect(await RawHTTP.receive(from: descriptor).status == 400)
            #expect(await RawHTTP.receive(from: descriptor).status == 0)
        }
    }

    @Test func `Every answer has the security headers`() async throws {
        try await TestClinic.running { clinic in
            for path in ["/v1/clinic", "/nothing"] {
                let head = try await RawHTTP.get(path, port: clinic.port).head.lowercased()
                #expect(head.contains("x-content-type-options: nosniff"))
                #expect(head.contains("cache-control: no-store"))
                #expect(head.contains("content-security-policy: default-src 'none'"))
            }
        }
    }

    @Test func `The log names routes and never people, diaries or tokens`() async throws {
        try await TestClinic.running { clinic in
            let device = try await clinic.enrolled("Anna's laptop")
            _ = try await device.sync()
            let lines = clinic.log.all.joined(separator: "\n")
            #expect(lines.contains("/v1/diaries/{diary}/sync"))
            let diary = try #require(device.diary)
            for secret in [diary.text, try device.token(), "Anna", "P01"] {
                #expect(!lines.contains(secret))
            }
        }
    }

    @Test func `A refusal says and logs no name, diary, token or code that it was sent`()
        async throws
    {
        try await TestClinic.running { clinic in
            let device = try await clinic.enrolled("Anna's laptop")
            let (diary, token) = (try #require(device.diary).text, try device.token())
            let code = "K7QM-4TZN8-PWC2X"
            let named = Array(#"{"name":"Anna","code":"\#(code)","diary":"\#(diary)"}"#.utf8)
            let sync = "/v1/diaries/\(diary)/sync"
            let port = clinic.port
            let answers = try await [
                RawHTTP.post(sync, named, token: token, port: port),
                RawHTTP.post(sync, named, token: String(token.reversed()), port: port),
                RawHTTP.post(sync, named, type: "text/Anna", token: token, port: port),
                RawHTTP.post("/v1/enrol/start", named, type: "application/json", port: port),
                RawHTTP.post("/v1/enrol/finish", named, token: token, port: port),
                RawHTTP.get("/v1/Anna?token=\(token)&code=\(code)", port: port),
                RawHTTP.get(sync, port: port),
                RawHTTP.exchange(
                    "DELETE \(sync) HTTP/1.1\r\nHost: Anna\r\nX-Name: Anna\r\n\r\n", port: port),
            ]
            for answer in answers { #expect((400..<500).contains(answer.status), "\(answer)") }
            let said = answers.map { $0.head + String(decoding: $0.body, as: UTF8.self) }
            for text in said + [clinic.log.all.joined(separator: "\n")] {
                for secret in [diary, token, String(token.reversed()), code, "Anna", "P01"] {
                    #expect(!text.contains(secret), "\(text)")
                }
            }
            #expect(!clinic.log.all.isEmpty)
        }
    }

    @Test func `Without TLS only this computer is listened to`() throws {
        for host in ["0.0.0.0", "::", "192.0.2.1", "clinic.example", "127.evil.example"] {
            #expect(throws: ListenAddress.Refusal.insecure(host: host)) {
                try ListenAddress(host: host, port: 0)
            }
        }
        for host in ["127.0.0.1", "::1", "localhost"] {
            #expect(throws: Never.self) { try ListenAddress(host: host, port: 0) }
        }
        #expect(try ListenAddress(host: "0.0.0.0", port: 0, insecureHTTP: true).port == 0)
        #expect(throws: ListenAddress.Refusal.port(70_000)) { try ListenAddress(port: 70_000) }
    }
}
