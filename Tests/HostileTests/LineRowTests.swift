import ClinicServer
import DiaryStore
import Foundation
import SyncCore
import TestSupport
import Testing

/// A20, A22 to A24 and A26 to A28: what an enrolled device may write and should not.
extension HostileTable {
    struct Lines {
        @Test func `a seq out of range or above a gap is not stored, a second line is a branch`()
            async throws
        {
            let clinic = try await SharedClinic.get()
            let device = try await clinic.device()
            let good = try device.line()
            let text = String(decoding: good.bytes, as: UTF8.self)
            for seq in ["0", "-1", "9007199254740992", "9223372036854775807", "1", "3"] {
                try await clinic.row("A20", "seq \(seq) after seq 1") {
                    let line = Array(text.replacing("\"seq\":2", with: "\"seq\":\(seq)").utf8)
                    let answer = try await device.sync(
                        [Section(lines: [line], heads: [device.head(good.position)])],
                        port: clinic.port)
                    #expect(answer.refused?.type == .malformed)
                    return answer.summary
                }
            }
            let three = try device.lines(3)
            try await clinic.row("A20", "a gap: the line before is not held") {
                let above = three[2].position
                let answer = try await device.sync(
                    [device.section([three[2]])], frontier: [above], port: clinic.port)
                #expect(answer.taken == 0)
                #expect(answer.refused == nil)
                #expect(answer.lacks.positions == [above])
                #expect(answer.sections.isEmpty)
                return answer.summary
            }
            try await clinic.row("A20", "a line, and the same again", adding: 1) {
                let first = try await device.sync([device.section([good])], port: clinic.port)
                let again = try await device.sync([device.section([good])], port: clinic.port)
                #expect(first.taken == 1)
                #expect(again.taken == 1)
                return again.summary
            }
            try await clinic.row("A20", "another line after the same prev", adding: 1) {
                let other = try device.line(set: ["text": "the other copy"])
                let answer = try await device.sync([device.section([other])], port: clinic.port)
                #expect(answer.taken == 1)
                // Both branches are kept.
                let tips = answer.frontier?.positions.filter { $0.replica == device.replica }
                #expect(Set(tips ?? []) == [good.position, other.position])
                return answer.summary
            }
        }

        @Test func `one bad line among five hundred stops there, and what was before is kept`()
            async throws
        {
            let clinic = try await SharedClinic.get()
            let device = try await clinic.device()
            let lines = try device.lines(500)
            var sections = lines.map { device.section([$0]) }
            let text = String(decoding: lines[250].bytes, as: UTF8.self)
            sections[250].lines = [Array(text.replacing("\"at home\"", with: "\"at  home\"").utf8)]
            try await clinic.row(
                "A22", "line 250 of 500 has another body than its hash", adding: 250
            ) {
                let answer = try await device.sync(sections, port: clinic.port)
                #expect(answer.taken == 250)
                #expect(answer.refused == Refusal(section: 250, line: 0, type: .malformed))
                return answer.summary
            }
        }

        @Test func `what is signed by nobody who may is refused alike`() async throws {
            let clinic = try await SharedClinic.get()
            let device = try await clinic.device()
            let other = try await clinic.device()
            var generator = SystemRandomNumberGenerator()
            let line = try device.line()
            let right = device.head(line.position)
            func section(_ heads: String) -> [UInt8] {
                device.request() + line.bytes + Array("\n{\"heads\":[\(heads)]}\n".utf8)
            }
            func head(_ signature: String) -> String {
                let position = String(
                    decoding: line.position.json.canonicalBytes.dropLast(), as: UTF8.self)
                return position + ",\"\(signature)\"]"
            }
            let diary = SignedText.head(other.diary, line.position)
            let purpose = SignedText.erasure(device.diary, line.id)
            let forged: [(String, String)] = [
                (
                    "a signature of another key",
                    SigningKey.random(using: &generator).sign(
                        .head(device.diary, line.position)
                    ).text
                ),
                (
                    "a signature of another device",
                    other.key.sign(
                        .head(device.diary, line.position)
                    ).text
                ),
                ("a signature for another diary", device.key.sign(diary).text),
                ("a signature for another purpose", device.key.sign(purpose).text),
                ("the constant signature of weak keys", "AQ" + String(repeating: "A", count: 84)),
                ("a signature of zeros", String(repeating: "A", count: 86)),
            ]
            var answers: Set<[UInt8]> = []
            for (input, signature) in forged {
                try await clinic.row("A23", input) {
                    let answer = try await device.post(section(head(signature)), port: clinic.port)
                    let said = try SyncAnswer(answer.body)
                    #expect(said.refused == Refusal(section: 0, line: 0, type: .wronglySigned))
                    answers.insert(said.refused.map { $0.json.canonicalBytes } ?? [])
                    return said.summary
                }
            }
            #expect(answers.count == 1)
            try await clinic.row("A23", "a signature of 63 octets") {
                let short = String(right.signature.text.dropLast(2))
                let answer = try await device.post(section(head(short)), port: clinic.port)
                #expect(answer.summary == "400 malformed")
                return answer.summary
            }
            try await clinic.row("A23", "no head") {
                let answer = try await device.post(section(""), port: clinic.port)
                let said = try SyncAnswer(answer.body)
                #expect(said.refused?.type == .section)
                return said.summary
            }
            try await clinic.row("A23", "the clinic's log, signed by a device") {
                let own = try #require(
                    try clinic.clinic.database.read { try $0.ownLog(in: device.diary)?.tip })
                let line = try device.line(after: own) { $0.replica = own.replica }
                let answer = try await device.sync([device.section([line])], port: clinic.port)
                #expect(answer.refused?.type == .wronglySigned)
                return answer.summary
            }
            try await clinic.row("A23", "5,000 times one head in a section", adding: 1) {
                let heads = [Head](repeating: right, count: 5000)
                let answer = try await device.sync(
                    [Section(lines: [line.bytes], heads: heads)], port: clinic.port)
                #expect(answer.taken == 1)
                return answer.summary
            }
        }

        @Test(arguments: weakKeys)
        func `a key that anybody can sign for neither joins nor writes`(
            name: String, octets: [UInt8]
        ) async throws {
            let clinic = try await SharedClinic.get()
            let device = try await clinic.device()
            let weak = String(decoding: Base64URL.encode(octets), as: UTF8.self)
            let good = device.introduction
            let key = device.key.publicKey.text
            let line = Array(
                String(decoding: good.bytes, as: UTF8.self).replacing(key, with: weak).utf8)
            try await clinic.row("A23", "an introduction with a key of \(name)") {
                let answer = try await device.sync(
                    [Section(lines: [line], heads: [device.head(good.position)])],
                    port: clinic.port)
                #expect(answer.refused?.type == .malformed)
                return answer.summary
            }
            let code = try clinic.code()
            try await clinic.row("A23", "joining with a key of \(name)") {
                let start = try await RawHTTP.post(
                    "/v1/enrol/start", Array("{\"code\":\"\(code)\"}".utf8),
                    type: "application/json", port: clinic.port)
                let challenge = try #require(
                    JSONValue(canonical: start.body)["challenge"]?.stringValue)
                let header: JSONObject = [
                    "challenge": .string(challenge), "diary": .string(device.diary.text),
                    "enrol": 1, "label": "x", "replica": .string(device.replica.text),
                    "signature": .string(String(repeating: "A", count: 86)),
                ]
                let body =
                    JSONValue.object(header).canonicalBytes + [0x0A] + line
                    + Array("\n{\"heads\":[]}\n".utf8)
                let answer = try await RawHTTP.post("/v1/enrol/finish", body, port: clinic.port)
                #expect(answer.summary == "422 weak-key")
                return answer.summary
            }
        }

        private static let order8: [UInt8] = [
            0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10,
            0x67, 0x0F, 0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77,
            0x92, 0xAC, 0x03, 0x7A,
        ]

        private static let ones = [UInt8](repeating: 0xFF, count: 30)
        private static let zeros = [UInt8](repeating: 0, count: 31)
        private static let weakKeys: [(String, [UInt8])] = [
            ("all zeros", zeros + [0]), ("the identity", [1] + zeros),
            ("order 2", [0xEC] + ones + [0x7F]), ("y = p + 1", [0xEE] + ones + [0x7F]),
            ("order 8", order8), ("order 8, other sign", order8.dropLast() + [0xFA]),
        ]

        @Test func `ten years fast or slow a clock refuses nothing`() async throws {
            let clinic = try await SharedClinic.get()
            var device = try await clinic.device()
            for (input, ms) in [
                ("ten years ahead", 2_090_000_000_000), ("ten years behind", 1_459_000_000_000),
                ("before 1970", -9_007_199_254_740_991),
                ("the last instant", 9_007_199_254_740_991),
            ] as [(String, Int64)] {
                let line = try device.line { $0.at = Timestamp(milliseconds: ms, offset: 0) }
                try await clinic.row("A26", "a clock \(input)", adding: 1) {
                    let answer = try await device.sync([device.section([line])], port: clinic.port)
                    #expect(answer.taken == 1)
                    return answer.summary
                }
                device.tip = line.position
            }
        }
    }
}
