import Glibc
import SyncCore
import TestSupport
import Testing

/// A01 to A07 and A11 to A14: what is not quite HTTP, or not quite an address.
extension HostileTable {
    struct Requests {
        /// What is sent, and which answers are right.
        struct Case: CustomTestStringConvertible, Sendable {
            let number: String
            let input: String
            let bytes: [UInt8]
            let answers: Set<String>

            init(_ number: String, _ input: String, _ text: String, _ answers: Set<String>) {
                self.init(number, input, Array(text.utf8), answers)
            }

            init(_ number: String, _ input: String, _ bytes: [UInt8], _ answers: Set<String>) {
                self.number = number
                self.input = input
                self.bytes = bytes
                self.answers = answers
            }

            var testDescription: String { "\(number) \(input)" }
        }

        static let host = "Host: 127.0.0.1\r\n"
        static let start =
            "POST /v1/enrol/start HTTP/1.1\r\n\(host)Content-Type: application/json\r\n"
        static let malformed: Set<String> = ["400 malformed"]

        /// A request of this target.
        static func get(_ target: String, _ fields: String = host) -> String {
            "GET \(target) HTTP/1.1\r\n\(fields)\r\n"
        }

        static let cases: [Case] =
            lengths + encodings + hosts + marks + sizes + upgrades + targets

        static let lengths: [Case] = [
            ("two different lengths", "Content-Length: 2\r\nContent-Length: 3\r\n"),
            ("two equal lengths", "Content-Length: 2\r\nContent-Length: 2\r\n"),
            ("length 3, 3", "Content-Length: 3, 3\r\n"), ("length +3", "Content-Length: +3\r\n"),
            ("length -3", "Content-Length: -3\r\n"), ("length 0x2", "Content-Length: 0x2\r\n"),
        ].map { Case("A02", $0.0, start + $0.1 + "\r\n{} ", malformed) }

        static let encodings: [Case] =
            [
                Case(
                    "A04", "Transfer-Encoding: gzip, chunked",
                    start + "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                    malformed),
                Case(
                    "A04", "Transfer-Encoding: chunked, identity",
                    start + "Transfer-Encoding: chunked, identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                    malformed),
                Case(
                    "A04", "HTTP/1.0 and chunked",
                    "POST /v1/enrol/start HTTP/1.0\r\n\(host)Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                    malformed),
            ]
            + ["gzip", "br", "deflate", "identity"].map { name in
                Case(
                    "A04", "Content-Encoding: \(name)",
                    start + "Content-Encoding: \(name)\r\nContent-Length: 2\r\n\r\n{}",
                    ["415 media-type"])
            }

        static let hosts: [Case] = [
            Case("A05", "no Host", get("/health", ""), malformed),
            Case("A05", "two Hosts", get("/health", host + host), malformed),
            Case(
                "A05", "a foreign Host", get("/health", "Host: evil.example\r\n"), ["421 not-found"]
            ),
            Case(
                "A05", "a foreign Host with our port",
                get("/health", "Host: evil.example:80\r\n"), ["421 not-found"]),
            Case(
                "A05", "an empty Host", get("/health", "Host: \r\n"),
                ["421 not-found", "400 malformed"]),
            Case(
                "A05", "a target with another host", get("http://evil.example/health"), malformed),
            Case(
                "A05", "our name, a dot and a port", get("/health", "Host: LocalHost.:81\r\n"),
                ["200"]),
        ]

        static let marks: [Case] = [
            Case(
                "A06", "lines that end in LF alone", "GET /health HTTP/1.1\nHost: 127.0.0.1\n\n",
                malformed),
            Case(
                "A06", "a bare CR", "GET /health HTTP/1.1\r\nHost: 127.0.0.1\rX: y\r\n\r\n",
                malformed),
            Case("A06", "a folded field", get("/health", host + "X: a\r\n b\r\n"), malformed),
            Case("A06", "NUL in a field", get("/health", host + "X: a\0b\r\n"), malformed),
            Case("A06", "NUL in the target", get("/hea\0lth"), malformed),
            Case("A06", "a space before a colon", get("/health", host + "X : a\r\n"), malformed),
            Case(
                "A06", "octets FF FE in a field",
                Array("GET /health HTTP/1.1\r\n\(host)X: ".utf8) + [0xFF, 0xFE]
                    + Array("\r\n\r\n".utf8), malformed),
            Case("A06", "HTTP/9.9", "GET /health HTTP/9.9\r\n\(host)\r\n", malformed),
            Case("A06", "HTTP/0.9", "GET /health\r\n\r\n", malformed),
        ]

        static let sizes: [Case] = [
            Case(
                "A07", "8,000 fields",
                get("/health", host + String(repeating: "X: y\r\n", count: 8000)), malformed),
            Case(
                "A07", "101 fields",
                get("/health", host + String(repeating: "X: y\r\n", count: 101)), malformed),
            Case(
                "A07", "a field of 79 kB",
                get("/health", host + "X: " + String(repeating: "y", count: 79_000) + "\r\n"),
                malformed),
            Case(
                "A07", "a target of 90 kB", get("/" + String(repeating: "y", count: 90_000)),
                malformed),
        ]

        static let upgrades: [Case] = [
            Case("A12", "the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", malformed),
            Case(
                "A12", "an upgrade to h2c",
                get("/health", host + "Connection: Upgrade\r\nUpgrade: h2c\r\n"), malformed),
            Case(
                "A12", "an upgrade to WebSocket",
                get(
                    "/health",
                    host + "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAA\r\n"), malformed),
            Case(
                "A12", "CONNECT", "CONNECT 127.0.0.1:22 HTTP/1.1\r\n\(host)\r\n", malformed),
            Case("A12", "TRACE", "TRACE /health HTTP/1.1\r\n\(host)\r\n", malformed),
            Case("A12", "OPTIONS *", "OPTIONS * HTTP/1.1\r\n\(host)\r\n", malformed),
        ]

        static let targets: [Case] =
            [
                "//v1/clinic", "/v1//clinic", "/v1/./clinic", "/v1/x/../clinic", "/v1/clinic/",
                "/v1/%63linic", "/v1/%2e%2e/health", "/v1/clinic%00", "/%zz", "/%c0%af", "health",
                "/v1/diaries/..%2f..%2fhealth/sync", "/v1/clinic;x=1", "/v1\\clinic",
            ].map { Case("A13", $0, get($0), malformed) } + [
                Case(
                    "A13", "10,000 segments",
                    get("/" + String(repeating: "a/", count: 10_000) + "a"),
                    malformed),
                Case("A13", "an address that is not there", get("/v1/clinics"), ["404 not-found"]),
                Case("A13", "another letter case", get("/V1/Clinic"), ["404 not-found"]),
            ]

        @Test(arguments: cases)
        func `what is not quite HTTP, or no plain address, is refused whole`(one: Case) async throws
        {
            let clinic = try await SharedClinic.get()
            try await clinic.row(one.number, one.input) {
                let answer = try await RawHTTP.exchange(one.bytes, port: clinic.port)
                #expect(
                    one.answers.contains(answer.summary), "\(one.testDescription): \(answer.head)")
                if answer.status != 200 {
                    #expect(answer.header("content-type") == "application/problem+json")
                }
                return answer.summary
            }
        }

        @Test(arguments: [
            ("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "length, then chunked"),
            ("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "chunked, then length"),
            (
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\nContent-Length: 4\r\n",
                "chunked, identity and length"
            ),
            ("Transfer-Encoding : chunked\r\nContent-Length: 4\r\n", "chunked behind a space"),
            ("Transfer-Encoding: xchunked\r\n", "xchunked"),
        ])
        func `of two requests in one, the second is never reached`(fields: String, name: String)
            async throws
        {
            let clinic = try await SharedClinic.get()
            try await clinic.row("A01", name) {
                let descriptor = try RawHTTP.connect(clinic.port)
                defer { close(descriptor) }
                let pair = Self.start + fields + "\r\n1\r\nx\r\n0\r\n\r\n" + Self.get("/v1/clinic")
                RawHTTP.send(Array(pair.utf8), to: descriptor)
                let first = await RawHTTP.receive(from: descriptor)
                let second = await RawHTTP.receive(from: descriptor)
                #expect(first.summary == "400 malformed")
                #expect(second.status == 0)
                return "\(first.summary), then \(second.summary)"
            }
        }

        @Test func `chunks cost no more than what they bring`() async throws {
            let clinic = try await SharedClinic.get()
            let begin = Self.start + "Transfer-Encoding: chunked\r\n\r\n"
            let extended = "2;x=" + String(repeating: "y", count: 1 << 20) + "\r\n{}\r\n0\r\n\r\n"
            // As a device's sync, whose body may be long.
            let device = clinic.honest
            let sync = """
                POST \(device.path) HTTP/1.1\r\n\(Self.host)Content-Type: application/x-ndjson\r
                Authorization: Bearer \(device.token)\r\nTransfer-Encoding: chunked\r\n\r\n
                """
            let million = [UInt8](
                Array(repeating: Array("1\r\n \r\n".utf8), count: 1_000_000).joined())
            let inputs: [(String, [UInt8])] = [
                ("a chunk with an extension of 1 MB", Array((begin + extended).utf8)),
                ("a million chunks of one byte", Array(sync.utf8) + million),
                (
                    "a chunk longer than any number",
                    Array((begin + "fffffffffffffffff\r\n{}").utf8)
                ),
                ("chunks that end in LF alone", Array((begin + "2\n{}\n0\n\n").utf8)),
            ]
            for (input, bytes) in inputs {
                try await clinic.row("A03", input) {
                    let answer = try await RawHTTP.exchange(bytes, port: clinic.port)
                    #expect(answer.summary == "400 malformed", "\(input)")
                    return answer.summary
                }
            }
        }

        @Test func `a body that waits for leave gets it, and another expectation does not`()
            async throws
        {
            let clinic = try await SharedClinic.get()
            try await clinic.row("A11", "Expect: 100-continue") {
                let descriptor = try RawHTTP.connect(clinic.port)
                defer { close(descriptor) }
                let head = Self.start + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n"
                RawHTTP.send(Array(head.utf8), to: descriptor)
                let leave = await RawHTTP.receive(from: descriptor)
                RawHTTP.send(Array("{}".utf8), to: descriptor)
                let answer = await RawHTTP.receive(from: descriptor)
                #expect(leave.status == 100)
                #expect(answer.summary == "400 malformed")
                return "\(leave.status), then \(answer.summary)"
            }
            try await clinic.row("A11", "Expect: something else") {
                let answer = try await RawHTTP.exchange(
                    Self.start + "Expect: tea\r\nContent-Length: 2\r\n\r\n{}", port: clinic.port)
                #expect(answer.status == 417)
                return answer.summary
            }
        }

        @Test(arguments: ["DELETE", "PUT", "PATCH", "OPTIONS", "POST"])
        func `another method on a known address is told which there are`(method: String)
            async throws
        {
            let clinic = try await SharedClinic.get()
            try await clinic.row("A14", "\(method) /v1/clinic") {
                let answer = try await RawHTTP.exchange(
                    "\(method) /v1/clinic HTTP/1.1\r\n\(Self.host)Content-Length: 0\r\n\r\n",
                    port: clinic.port)
                #expect(answer.summary == "405 method-not-allowed")
                #expect(answer.header("allow") == "GET, HEAD")
                return answer.summary
            }
        }

        @Test func `HEAD is answered like GET, without the body`() async throws {
            let clinic = try await SharedClinic.get()
            try await clinic.row("A14", "HEAD /v1/clinic, HEAD on a sync") {
                let about = try await RawHTTP.exchange(
                    "HEAD /v1/clinic HTTP/1.1\r\n\(Self.host)Connection: close\r\n\r\n",
                    port: clinic.port)
                let sync = try await RawHTTP.exchange(
                    "HEAD \(clinic.honest.path) HTTP/1.1\r\n\(Self.host)Connection: close\r\n\r\n",
                    port: clinic.port)
                #expect(about.status == 200)
                #expect(about.body.isEmpty)
                #expect(sync.status == 405)
                return "\(about.status), then \(sync.status)"
            }
        }

        @Test func `behind a proxy only the names that it hands on are answered`() async throws {
            let household = try Household()
            household.serverWords = ["--name", "Clinic.Example", "--name", "127.0.0.1"]
            let clinic = try await HostileClinic.begin(household)
            for (name, expected) in [
                ("clinic.example", "200"), ("clinic.example:443", "200"),
                ("localhost", "421 not-found"), ("example", "421 not-found"),
                ("x.clinic.example", "421 not-found"),
            ] {
                try await clinic.row("A05", "Host: \(name), names given") {
                    let answer = try await RawHTTP.exchange(
                        Self.get("/health", "Host: \(name)\r\n"), port: clinic.port)
                    #expect(answer.summary == expected)
                    return answer.summary
                }
            }
        }

        @Test func `the header by which the server refuses cannot be forged`() async throws {
            let clinic = try await SharedClinic.get()
            for forged in ["malformed", "timeout/200", "busy", "x/999", "/"] {
                try await clinic.row("A06", "a forged header Diary-Refused: \(forged)") {
                    let answer = try await RawHTTP.exchange(
                        Self.get("/health", Self.host + "Diary-Refused: \(forged)\r\n"),
                        port: clinic.port)
                    #expect(answer.status == 200)
                    return answer.summary
                }
            }
        }
    }
}
