import Glibc
import SyncCore
import TestSupport
import Testing

/// A08, A15 to A19 and A21: bodies that are too long, of the wrong type, or no canonical JSON.
extension HostileTable {
    struct Bodies {
        private static let host = "Host: 127.0.0.1\r\n"

        @Test(arguments: ["4611686018427387904", "4194305", "99999999999999999999999"])
        func `a length beyond the limit is refused before a body is sent`(length: String)
            async throws
        {
            let clinic = try await SharedClinic.get()
            try await clinic.row("A08", "Content-Length: \(length), no body") {
                let answer = try await RawHTTP.exchange(
                    "POST \(clinic.honest.path) HTTP/1.1\r\n\(Self.host)"
                        + "Content-Type: application/x-ndjson\r\n"
                        + "Authorization: Bearer \(clinic.honest.token)\r\n"
                        + "Content-Length: \(length)\r\n\r\n", port: clinic.port)
                // Beyond any number it is no length at all.
                let expected = length.count > 20 ? "400 malformed" : "413 too-large"
                #expect(answer.summary == expected)
                return answer.summary
            }
        }

        @Test func `a body that ends before its length has sent no request`() async throws {
            let clinic = try await SharedClinic.get()
            let device = clinic.honest
            let body = try device.request([device.section(device.lines(1))])
            let whole = String(decoding: device.wire(body, length: body.count + 9), as: UTF8.self)
            let chunked = whole.replacing(
                "Content-Length: \(body.count + 9)\r\n\r\n",
                with: "Transfer-Encoding: chunked\r\n\r\n\(String(body.count, radix: 16))\r\n")
            for (name, bytes) in [("length", whole), ("chunks", chunked)] {
                try await clinic.row("A08", "half a body by \(name), then the end") {
                    let descriptor = try RawHTTP.connect(clinic.port)
                    defer { close(descriptor) }
                    RawHTTP.send(Array(bytes.utf8), to: descriptor)
                    shutdown(descriptor, Int32(SHUT_WR))
                    let answer = await RawHTTP.receive(from: descriptor)
                    #expect(["400 malformed", "closed"].contains(answer.summary))
                    return answer.summary
                }
            }
        }

        @Test(arguments: [
            "Content-Type: text/plain\r\n", "Content-Type: application/json\r\n",
            "Content-Type: application/x-www-form-urlencoded\r\n",
            "Content-Type: multipart/form-data; boundary=x\r\n", "",
            "Content-Type: application/x-ndjson\r\nContent-Type: text/plain\r\n",
        ])
        func `a sync of a type that a form could send is refused`(type: String) async throws {
            let clinic = try await SharedClinic.get()
            let device = clinic.honest
            let body = String(
                decoding: try device.request([device.section(device.lines(1))]), as: UTF8.self)
            let name = type.isEmpty ? "no type" : type.replacing("\r\n", with: " ")
            try await clinic.row("A15", "a sync with \(name)") {
                let answer = try await RawHTTP.exchange(
                    "POST \(device.path) HTTP/1.1\r\n\(Self.host)\(type)"
                        + "Authorization: Bearer \(device.token)\r\n"
                        + "Content-Length: \(body.utf8.count)\r\n\r\n" + body, port: clinic.port)
                #expect(answer.summary == "415 media-type")
                return answer.summary
            }
        }

        /// Headers of a sync that are no canonical JSON of the right form.
        struct Header: CustomTestStringConvertible, Sendable {
            let number: String
            let input: String
            let bytes: [UInt8]
            var answers: Set<String> = ["400 malformed"]
            var testDescription: String { "\(number) \(input)" }
        }

        private static func header(
            _ number: String, _ input: String, _ text: String,
            _ answers: Set<String> = [
                "400 malformed"
            ]
        ) -> Header {
            Header(number: number, input: input, bytes: Array((text + "\n").utf8), answers: answers)
        }

        private static func nested(_ depth: Int) -> String {
            "{\"x\":" + String(repeating: "[", count: depth - 1)
                + String(repeating: "]", count: depth - 1) + "}"
        }

        private static let depths =
            [17, 513, 500_000].map { header("A16", "a header nested \($0) deep", nested($0)) } + [
                header(
                    "A16", "a header nested 1,000,000 deep", nested(1_000_000), ["413 too-large"])
            ]

        private static let keys = [
            header("A17", "a key twice", #"{"sync":1,"sync":1}"#),
            header("A17", "a key twice, once escaped", #"{"sync":1,"\u0073ync":1}"#),
            header(
                "A17", "a key composed and decomposed", "{\"\u{E9}\":1,\"e\u{301}\":1,\"sync\":1}"),
            header("A17", "keys out of order", #"{"sync":1,"frontier":[]}"#),
        ]

        private static let forms =
            [
                ("a trailing comma", #"{"sync":1,}"#), ("a comment", #"{"sync":1/*x*/}"#),
                ("NaN", #"{"sync":NaN}"#), ("bytes behind", #"{"sync":1} x"#),
                ("a lone surrogate", #"{"sync":"\ud800"}"#), ("a space", #"{"sync": 1}"#),
                ("U+0000", #"{"sync":"\u0000"}"#), ("single quotes", "{'sync':1}"),
                ("an array", "[1]"), ("nothing", ""), ("an open string", #"{"sync":"x"#),
            ].map { header("A18", $0.0, $0.1) } + [
                Header(
                    number: "A18", input: "a byte order mark",
                    bytes: [0xEF, 0xBB, 0xBF] + Array("{\"sync\":1}\n".utf8)),
                Header(
                    number: "A18", input: "UTF-16",
                    bytes: "{\"sync\":1}\n".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }),
                Header(
                    number: "A18", input: "an overlong letter",
                    bytes: Array("{\"".utf8) + [0xC1, 0xB3] + Array("ync\":1}\n".utf8)),
                Header(
                    number: "A18", input: "no newline at the end", bytes: Array("{\"sync\":1}".utf8)
                ),
            ]

        private static let numbers =
            [
                "1.0", "1e0", "-0", "01", "+1", "9007199254740992", "9223372036854775808", "1e400",
                "-1e-400",
            ].map { header("A19", "sync \($0)", "{\"sync\":\($0)}") } + [
                header(
                    "A19", "a number of a million digits",
                    "{\"sync\":" + String(repeating: "9", count: 1_000_000) + "}",
                    // With its name it is a little more than a header may have.
                    ["400 malformed", "413 too-large"]),
                header(
                    "A19", "the largest number, as a version", "{\"sync\":9007199254740991}",
                    [
                        "400 version"
                    ]),
            ]

        @Test(arguments: depths + keys + forms + numbers)
        func `a header that is no canonical JSON is refused, whatever it says`(header: Header)
            async throws
        {
            let clinic = try await SharedClinic.get()
            try await clinic.row(header.number, header.input) {
                let answer = try await clinic.honest.post(header.bytes, port: clinic.port)
                #expect(header.answers.contains(answer.summary), "\(header.testDescription)")
                return answer.summary
            }
        }

        @Test func `in a line the same ends the taking, and the answer says where`() async throws {
            let clinic = try await SharedClinic.get()
            let device = try await clinic.device()
            let good = try device.line()
            let text = String(decoding: good.bytes, as: UTF8.self)
            let bad: [(String, String, String)] = [
                (
                    "A16", "a line nested 17 deep",
                    text.replacing("\"at home\"", with: Self.nested(17))
                ),
                (
                    "A16", "a line nested 100,000 deep",
                    text.replacing("\"at home\"", with: Self.nested(100_000))
                ),
                (
                    "A17", "a key twice in a line",
                    text.replacing("\"text\":", with: "\"text\":1,\"text\":")
                ),
                (
                    "A18", "a trailing comma in a line",
                    text.replacing("\"at home\"", with: "\"at home\",")
                ),
                ("A19", "1e3 in a line", text.replacing("\"at home\"", with: "1e3")),
                ("A19", "2^53 in a line", text.replacing("\"at home\"", with: "9007199254740992")),
            ]
            for (number, input, line) in bad {
                try await clinic.row(number, input) {
                    let section = Section(
                        lines: [Array(line.utf8)], heads: [device.head(good.position)])
                    let answer = try await device.sync([section], port: clinic.port)
                    #expect(answer.refused == Refusal(section: 0, line: 0, type: .malformed))
                    #expect(answer.taken == 0)
                    return answer.summary
                }
            }
        }

        @Test func `a page may be full and not a byte more`() async throws {
            let clinic = try await SharedClinic.get()
            let device = try await clinic.device()
            let line = try device.line(set: [
                "text": .string(String(repeating: "x", count: 260_000))
            ])
            let page = [UInt8](repeating: 0x20, count: SyncLimits.pageLength)
            let lines = Array("{\"body\":{".utf8) + page
            try await clinic.row("A21", "a page of 1 MiB of lines and a byte") {
                let answer = try await device.post(
                    device.request([Section(lines: [lines], heads: [])]), port: clinic.port)
                #expect(answer.summary == "413 too-large")
                let limits = try JSONValue(canonical: answer.body)["limits"]
                #expect(limits?["page"]?.integerValue == 1_048_576)
                #expect(limits?["message"]?.integerValue == 4_194_304)
                return answer.summary
            }
            try await clinic.row("A21", "a line of 256 KiB and a byte") {
                let over = Array("{\"body\":".utf8) + [UInt8](repeating: 0x31, count: 262_137)
                let answer = try await device.sync(
                    [Section(lines: [over], heads: [])], port: clinic.port)
                #expect(answer.refused?.type == .malformed)
                return answer.summary
            }
            try await clinic.row("A21", "a section of two lines above 64 KiB") {
                let next = try device.line(after: line.position)
                let answer = try await device.sync(
                    [device.section([line, next])], port: clinic.port)
                #expect(answer.refused?.type == .section)
                return answer.summary
            }
            try await clinic.row("A21", "a header of 1 MiB and more") {
                let text = String(repeating: "x", count: SyncLimits.headerLength)
                let answer = try await device.post(
                    Array("{\"sync\":1,\"x\":\"\(text)\"}\n".utf8), port: clinic.port)
                #expect(answer.summary == "413 too-large")
                return answer.summary
            }
            try await clinic.row("A21", "an empty page") {
                let answer = try await device.sync([], port: clinic.port)
                #expect(answer.taken == 0)
                #expect(answer.receipt != nil)
                return answer.summary
            }
        }
    }
}
