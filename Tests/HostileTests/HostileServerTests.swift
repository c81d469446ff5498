import Foundation
import SyncClient
import SyncCore
import Synchronization
import Testing
import TestSupport

/// A41: a server that means ill, against the real command.
@Suite(.timeLimit(.minutes(60))) struct HostileServerTests {
    private static let ndjson = "application/x-ndjson"

    @Test func `a flood without an end is cut off and costs little memory`() throws {
        let drill = try HostileServerDrill()
        let block = [UInt8](repeating: UInt8(ascii: "x"), count: 65536)
        let limit = 256 * 1024
        try drill.expect(
            "a body of 10 GB", status: 4, says: "more than a clinic would", peakKiB: limit
        ) { _, write in
            let head = "HTTP/1.1 200 OK\r\nContent-Type: \(Self.ndjson)\r\n"
            _ = write(Array((head + "Content-Length: 10000000000\r\n\r\n").utf8))
            while write(block) {}
        }
        try drill.expect(
            "chunks without an end", status: 4, says: "more than a clinic would", peakKiB: limit
        ) { _, write in
            let head = "HTTP/1.1 200 OK\r\nContent-Type: \(Self.ndjson)\r\n"
            _ = write(Array((head + "Transfer-Encoding: chunked\r\n\r\n").utf8))
            while write(Array("10000\r\n".utf8) + block + Array("\r\n".utf8)) {}
        }
        try drill.expect(
            "a page without an end", status: 4, says: "not the clinic", peakKiB: limit
        ) { _, write in
            _ = write(Array("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".utf8))
            while write(block) {}
        }
        try drill.expect(
            "a head without an end", status: 4, says: "safe here", requests: 1...3,
            peakKiB: limit
        ) { _, write in
            _ = write(Array("HTTP/1.1 200 OK\r\nX-Long: ".utf8))
            while write(block) {}
        }
    }

    @Test func `who is not the clinic is told from it, and no redirect is followed`() throws {
        let drill = try HostileServerDrill()
        let other = try Impostor(
            "HTTP/1.1 200 OK\r\nContent-Type: \(Self.ndjson)\r\nContent-Length: 0\r\n\r\n")
        for status in ["307 Temporary Redirect", "302 Found"] {
            try drill.expect(
                "\(status) to another host", status: 4, says: "sends to another address"
            ) { _, write in
                _ = write(
                    Meddler.message(
                        "HTTP/1.1 \(status)\r\nLocation: http://127.0.0.1:\(other.port)/", []))
            }
        }
        #expect(other.requests == 0)
        try drill.expect("a portal's page", status: 4, says: "not the clinic") { _, write in
            _ = write(Meddler.answer("200 OK", "text/html", "<h1>Welcome, sign in</h1>"))
        }
        try drill.expect("401 with a page, for ever", status: 4, says: "not the clinic") {
            _, write in
            _ = write(Meddler.answer("401 Unauthorized", "text/html", "<h1>Sign in</h1>"))
        }
        try drill.expect("401 for ever", status: 5, says: "does not know this device") {
            _, write in
            let type = ProblemType.notEnrolled.uri
            _ = write(
                Meddler.answer(
                    "401 Unauthorized", "application/problem+json", "{\"type\":\"\(type)\"}"))
        }
        try drill.expect(
            "503 for ever", status: 4, says: "too much to do", requests: 2...3
        ) { _, write in
            _ = write(Meddler.answer("503 Service Unavailable", "text/plain", "later"))
        }
        try drill.expect(
            "a full disk for ever", status: 4, says: "people have to act", requests: 2...3
        ) { _, write in
            let type = ProblemType.full.uri
            _ = write(
                Meddler.answer(
                    "507 Insufficient Storage", "application/problem+json",
                    "{\"type\":\"\(type)\"}"))
        }
        try drill.expect(
            "a problem of a newer version, for ever", status: 4, says: "too much to do",
            requests: 2...3
        ) { _, write in
            let type = ProblemType.busy.uri + "-by-night"
            _ = write(
                Meddler.answer(
                    "503 Service Unavailable", "application/problem+json",
                    "{\"type\":\"\(type)\"}"))
        }
        try drill.expect("a network's 511, for ever", status: 4, says: "not the clinic") {
            _, write in
            _ = write(
                Meddler.answer("511 Network Authentication Required", "text/html", "sign in"))
        }
    }

    @Test func `an answer that is no message, or half of one, is not taken`() throws {
        let drill = try HostileServerDrill()
        let wrong = "cannot be right"
        for (input, body) in [
            ("invalid JSON", "{\"sync\":1,\n"), ("no line", ""), ("a number", "1\n"),
            ("600,000 brackets", String(repeating: "[", count: 600_000) + "\n"),
            ("U+0000", "{\"sync\":\"\u{0}\"}\n"),
        ] {
            try drill.expect(input, status: 1, says: wrong) { _, write in
                _ = write(Meddler.answer("200 OK", Self.ndjson, body))
            }
        }
        try drill.expect("a version still to come", status: 1, says: "newer version") { _, write in
            _ = write(Meddler.answer("200 OK", Self.ndjson, "{\"sync\":99}\n"))
        }
        let meddler = drill.meddler
        try drill.expect("a message without its last line", status: 1, says: wrong) {
            request, write in
            let given = meddler.forward(request)
            let last = given.body.dropLast().lastIndex(of: UInt8(ascii: "\n")) ?? 0
            _ = write(Meddler.message(given.head, Array(given.body[...last])))
        }
        try drill.expect(
            "an answer cut in the middle", status: 4, says: "did not answer in time",
            requests: 2...3
        ) { request, write in
            let given = meddler.forward(request)
            let whole = Meddler.message(given.head, given.body)
            _ = write(Array(whole.dropLast(given.body.count / 2)))
        }
    }

    @Test func `a body that drips ends with its time`() async throws {
        let meddler = try Meddler(clinic: 1)
        let transport = HTTPTransport(
            base: try ClinicAddress(meddler.address), timeoutSeconds: 1)
        meddler.answer { _, write in
            let head = "HTTP/1.1 200 OK\r\nContent-Type: \(Self.ndjson)\r\nContent-Length: 12000"
            _ = write(Array((head + "\r\n\r\n").utf8))
            for _ in 0..<12_000 {
                guard write([UInt8(ascii: "x")]) else { return }
                usleep(50_000)
            }
        }
        let slow = await transport.post("/v1/x", [1], type: Self.ndjson, accept: Self.ndjson)
        meddler.answer { _, write in _ = write(Meddler.answer("200 OK", Self.ndjson, "x")) }
        let next = await transport.post("/v1/x", [1], type: Self.ndjson, accept: Self.ndjson)
        await transport.close()
        #expect(slow == .notReached(.noAnswer))
        #expect(next == .answer(Array("x".utf8)))
        try HostileRow(
            "A41", "the clinic's answer: a byte now and then, for ever",
            answer: "given up when the time is over: not reached, \(NotReached.noAnswer.rawValue)",
            storeIsUnchanged: true, nextIsAnswered: next == .answer(Array("x".utf8))
        ).print()
    }

    @Test func `a lock of the sync that somebody put there is refused and not followed`() throws {
        let drill = try HostileServerDrill()
        let household = drill.household
        let path = household.home(.laptop) + "/sync.lock"
        let spare = household.scratch.file("spare")
        for harm in HostileFileTests.Harm.possible {
            let before = try StoreSnapshot(household.home(.laptop), in: household.scratch)
            let undo = harm.put(at: path, beside: spare)
            let ended = try household.run(.laptop, "sync", status: 6)
            #expect(ended.text.contains("\(path) is not safe for a diary"), "\(ended.text)")
            undo()
            let after = try StoreSnapshot(household.home(.laptop), in: household.scratch)
            #expect(after == before, "\(harm)")
            let next = try household.run(.laptop, "sync")
            try HostileRow(
                "A42", "sync.lock, \(harm)", answer: "exit 6: \(harm.sentence)",
                storeIsUnchanged: after == before, nextIsAnswered: next.status == 0
            ).print()
        }
        #expect(drill.meddler.requests.count >= HostileFileTests.Harm.possible.count)
    }
}
