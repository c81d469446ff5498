import ClinicServer
import DiaryModel
import Foundation
import Glibc
import SyncCore
import TestSupport
import Testing

/// A25 and A29 to A31: whoever has no token, another's, a closed device's, or guesses at codes.
extension HostileTable {
    struct Access {
        private static let host = "Host: 127.0.0.1\r\n"

        @Test func `a token counts in its one place and for its own diary alone`() async throws {
            let clinic = try await SharedClinic.get()
            let device = try await clinic.device()
            let other = try await clinic.device()
            let body = try device.request([device.section(device.lines(1))])
            func ask(_ fields: String, query: String = "") async throws -> RawHTTP.Answer {
                let head =
                    "POST \(device.path)\(query) HTTP/1.1\r\n\(Self.host)\(fields)"
                    + "Content-Type: application/x-ndjson\r\nContent-Length: \(body.count)\r\n\r\n"
                return try await RawHTTP.exchange(Array(head.utf8) + body, port: clinic.port)
            }
            let right = "Authorization: Bearer \(device.token)\r\n"
            let inputs: [(String, String, String, String)] = [
                ("no token", "", "", "401 not-enrolled"),
                ("a token in the query", "", "?token=\(device.token)", "401 not-enrolled"),
                ("two Authorization headers", right + right, "", "401 not-enrolled"),
                ("Basic", "Authorization: Basic \(device.token)\r\n", "", "401 not-enrolled"),
                ("bearer in small letters", "Authorization: bearer x\r\n", "", "401 not-enrolled"),
                (
                    "a token and more", right.replacing("\r\n", with: "A\r\n"), "",
                    "401 not-enrolled"
                ),
                (
                    "a token nobody was given",
                    "Authorization: Bearer \(String(repeating: "A", count: 43))\r\n", "",
                    "401 not-enrolled"
                ),
                (
                    "another device's token", "Authorization: Bearer \(other.token)\r\n", "",
                    "404 not-found"
                ),
                ("a cookie", "Cookie: token=\(device.token)\r\n", "", "401 not-enrolled"),
            ]
            for (input, fields, query, expected) in inputs {
                try await clinic.row("A25", input) {
                    let answer = try await ask(fields, query: query)
                    #expect(answer.summary == expected)
                    if answer.status == 401 {
                        #expect(answer.header("www-authenticate") == "Bearer")
                    }
                    return answer.summary
                }
            }
            try await clinic.row("A25", "no token is in the server's log") {
                let log = try #require(clinic.household.server?.complaints)
                #expect(log.contains("/v1/diaries/{diary}/sync"))
                #expect(!log.contains(device.token))
                #expect(!log.contains(device.diary.text))
                return "not in \(log.split(separator: "\n").count) lines"
            }
        }

        @Test func `diaries of others, of nobody and of no form get one and the same answer`()
            async throws
        {
            let clinic = try await SharedClinic.get()
            let device = try await clinic.device()
            let other = try await clinic.device()
            let diaries = [
                ("another patient's diary", other.diary.text),
                ("a diary nobody has", String(repeating: "A", count: 22)),
                ("a diary of 21 letters", String(repeating: "A", count: 21)),
                ("a diary that is no id", "nonsense"),
            ]
            var bodies: Set<[UInt8]> = []
            for (input, diary) in diaries {
                try await clinic.row("A29", input) {
                    var times: [Double] = []
                    var summaries: Set<String> = []
                    for _ in 0..<20 {
                        let start = Date()
                        let answer = try await RawHTTP.post(
                            "/v1/diaries/\(diary)/sync", device.request(), token: device.token,
                            port: clinic.port)
                        times.append(Date().timeIntervalSince(start) * 1000)
                        bodies.insert(answer.body)
                        summaries.insert(answer.summary)
                    }
                    #expect(summaries == ["404 not-found"])
                    return "404 not-found; median \(String(format: "%.1f", times.sorted()[10])) ms"
                }
            }
            #expect(bodies.count == 1)
            try await clinic.row("A29", "another diary's request at the right address") {
                let answer = try await device.post(other.request(), port: clinic.port)
                #expect(answer.summary == "400 malformed")
                return answer.summary
            }
        }

        @Test func `a closed device gives and reads nothing, from whichever copy`() async throws {
            let clinic = try await SharedClinic.get()
            var device = try await clinic.device(patient: "P30", label: "lost phone")
            let line = try device.line()
            _ = try await device.sync([device.section([line])], port: clinic.port)
            let below = device.tip
            device.tip = line.position
            let late = try device.line()
            try await clinic.row("A30", "closed between the halves of its request", adding: 3) {
                let request = device.wire(device.request([device.section([late])]))
                let descriptor = try RawHTTP.connect(clinic.port)
                defer { close(descriptor) }
                RawHTTP.send(Array(request.dropLast(100)), to: descriptor)
                let page = try clinic.clinic.device(
                    named: "lost phone", ofPatient: "P30", for: .governDevice,
                    by: Household.administrator)
                _ = try clinic.clinic.close(page, because: .lost, by: Household.administrator)
                RawHTTP.send(Array(request.suffix(100)), to: descriptor)
                let answer = try SyncAnswer(await RawHTTP.receive(from: descriptor).body)
                #expect(answer.taken == 1)
                #expect(answer.frontier == nil)
                #expect(answer.sections.isEmpty)
                return answer.summary
            }
            try await clinic.row("A30", "a closed device syncs") {
                let answer = try await device.sync([], port: clinic.port)
                #expect(answer.frontier == nil)
                #expect(answer.receipt == nil)
                #expect(answer.sections.isEmpty)
                return answer.summary
            }
            try await clinic.row("A30", "a copy's branch from below what is relied on", adding: 1) {
                let branch = try device.line(after: below)
                let answer = try await device.sync(
                    [device.section([branch])], frontier: [branch.position], port: clinic.port)
                #expect(answer.taken == 1)
                #expect(answer.frontier == nil)
                return answer.summary
            }
            // All of it is kept and waits for somebody to rely on it.
            let status = try clinic.clinic.devices(ofPatient: "P30", by: Household.administrator)
            #expect(status.first?.isClosed == true)
            #expect(status.first?.eventsToReview == 2)
        }

        @Test func `of thousands of guesses none is right, and the code still works once`()
            async throws
        {
            // Ten thousand in `make hostile`.
            let guesses = Figures.size("DIARY_GUESSES", 2000)
            let clinic = try await HostileClinic.begin()
            let code = try clinic.code()
            let right = code.replacing("-", with: "")
            let wrong = right.prefix(4) + "0000000000"
            let port = clinic.port
            func ask(_ code: some StringProtocol) -> [UInt8] {
                let body = "{\"code\":\"\(code)\"}"
                return Array(
                    ("POST /v1/enrol/start HTTP/1.1\r\n\(Self.host)Content-Type: application/json\r\n"
                        + "Content-Length: \(body.utf8.count)\r\n\r\n" + body).utf8)
            }
            let guess = ask(wrong)
            try await clinic.row("A31", "\(guesses) guesses at one code from 100 addresses") {
                let swarm = Swarm()
                let some = [UInt8]([[UInt8]](repeating: guess, count: guesses / 100).joined())
                for number in 1...100 {
                    try swarm.add(some, from: "127.0.1.\(number)", port: port)
                }
                try wait(for: "all answers") {
                    usleep(20_000)
                    swarm.look()
                    return swarm.answers.count == guesses
                }
                let wrong = swarm.answers.count { $0 == 403 }
                let later = swarm.answers.count { $0 == 429 }
                // Ten, and those that were under way when the tenth was wrong.
                #expect(wrong < 20)
                #expect(wrong + later == guesses)
                return "\(wrong) x 403, \(later) x 429"
            }
            try await clinic.row("A31", "100 codes of no name from one address") {
                var statuses: [Int] = []
                let descriptor = try RawHTTP.connect(port, from: "127.0.2.1")
                defer { close(descriptor) }
                for number in 0..<100 {
                    RawHTTP.send(ask("0\(100 + number)0000000000"), to: descriptor)
                    statuses.append(await RawHTTP.receive(from: descriptor).status)
                }
                #expect(statuses.suffix(30).allSatisfy { $0 == 429 })
                return "\(statuses.count { $0 == 403 }) x 403, then 429"
            }
            // Ten minutes later the letter's code is good, for one device of fifty at once.
            clinic.household.now += 11 * 60_000
            try clinic.household.close()
            try clinic.household.open()
            try await clinic.row("A31", "50 devices at once with the right code", adding: 3) {
                let joined = try await concurrently(Array(0..<50), at: 50) { _ in
                    (try? await HandDevice.join(code: code, port: port)) != nil
                }.count { $0 }
                #expect(joined == 1)
                return "\(joined) joined"
            }
        }
    }
}
