import ClinicServer
import SyncCore
import Testing
import TestSupport

/// What the HTTP stack lets through and this server does not.
@Suite(.serialized) struct HostileRequestTests {
    @Test func `Requests that are not quite HTTP are refused, and the next is answered`()
        async throws
    {
        try await TestClinic.running { clinic in
            let refused: [(String, [Int])] = [
                ("GET /health HTTP/1.1\r\n\r\n", [400]),
                ("GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", [400]),
                ("GET http://evil/health HTTP/1.1\r\nHost: a\r\n\r\n", [400]),
                ("GET //health HTTP/1.1\r\nHost: a\r\n\r\n", [400]),
                ("GET /v1/./clinic HTTP/1.1\r\nHost: a\r\n\r\n", [400]),
                ("GET /v1/../health HTTP/1.1\r\nHost: a\r\n\r\n", [400]),
                ("GET /%68ealth HTTP/1.1\r\nHost: a\r\n\r\n", [400]),
                ("GET /%zz%00 HTTP/1.1\r\nHost: a\r\n\r\n", [400]),
                ("GET /health HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n", [400]),
                ("TRACE /health HTTP/1.1\r\nHost: a\r\n\r\n", [400, 405]),
                (
                    "POST /v1/enrol/start HTTP/1.1\r\nHost: a\r\n"
                        + "Transfer-Encoding: gzip, chunked\r\n\r\n", [400]
                ),
                (
                    "POST /v1/enrol/start HTTP/1.1\r\nHost: a\r\n"
                        + "Content-Length: 4611686018427387904\r\n\r\n", [413]
                ),
                (
                    "POST /v1/enrol/start HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                        + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", [415]
                ),
                (
                    "POST /v1/enrol/start HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
                        + "\r\n0\r\n\r\n", [400]
                ),
                (
                    "POST /v1/enrol/start HTTP/1.1\r\nHost: a\r\nExpect: a miracle\r\n"
                        + "Content-Length: 2\r\n\r\n{}", [417]
                ),
                (
                    "POST /v1/enrol/start HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n"
                        + "Content-Length: 3\r\n\r\n{}", [400]
                ),
                (
                    "GET /health HTTP/1.1\r\nHost: a\r\nX-Long: "
                        + String(repeating: "a", count: 20_000) + "\r\n\r\n", [400, 431]
                ),
            ]
            for (request, statuses) in refused {
                let answer = try await RawHTTP.exchange(request, port: clinic.port)
                #expect(statuses.contains(answer.status), "\(request.prefix(80)): \(answer.status)")
                #expect(try await RawHTTP.get("/health", port: clinic.port).status == 200)
            }
        }
    }

    @Test func `A refused request is the last of its connection`() async throws {
        try await TestClinic.running { clinic in
            let pair = """
                GET /nothing//here HTTP/1.1\r\nHost: a\r\n\r
                GET /health HTTP/1.1\r\nHost: a\r\n\r\n
                """
            let descriptor = try RawHTTP.connect(clinic.port)
            RawHTTP.send(Array(pair.utf8), to: descriptor)
            #expect(await RawHTTP.receive(from: descriptor).status == 400)
            #expect(await RawHTTP.receive(from: descriptor).status == 0)
        }
    }

    @Test func `A known address with another method says which it has`() async throws {
        try await TestClinic.running { clinic in
            let answer = try await RawHTTP.exchange(
                "DELETE /v1/clinic HTTP/1.1\r\nHost: a\r\n\r\n", port: clinic.port)
            #expect(answer.status == 405)
            #expect(answer.head.contains("GET, HEAD"))
            #expect(
                try await RawHTTP.exchange(
                    "HEAD /v1/clinic HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                    port: clinic.port
                ).status == 200)
            #expect(try await RawHTTP.get("/nothing", port: clinic.port).status == 404)
        }
    }

    @Test func `A body that curl asks leave for is taken`() async throws {
        try await TestClinic.running { clinic in
            let descriptor = try RawHTTP.connect(clinic.port)
            RawHTTP.send(
                Array(
                    """
                    POST /v1/enrol/start HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r
                    Expect: 100-continue\r\nContent-Length: 2\r\n\r\n
                    """.utf8), to: descriptor)
            #expect(await RawHTTP.receive(from: descriptor).status == 100)
            RawHTTP.send(Array("{}".utf8), to: descriptor)
            #expect(await RawHTTP.receive(from: descriptor).status == 400)
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
