import Foundation
import SyncCore
import Synchronization
import Testing
import TestSupport

/// A41: answers of good form whose lines, heads, frontiers or receipts lie.
@Suite(.timeLimit(.minutes(60))) struct HostileServerLinesTests {
    private static func strangersKey() -> SigningKey {
        var generator = SystemRandomNumberGenerator()
        return SigningKey.random(using: &generator)
    }

    @Test func `lines that lie are refused, and nothing of their section is stored`() throws {
        let drill = try HostileServerDrill()
        let wrong = "cannot be right"
        let key = Self.strangersKey()

        let elsewhere = drill.household.scratch.file("elsewhere")
        let bundle = drill.household.scratch.file("bundle")
        try drill.household.run(
            .laptop, "init", "--home", elsewhere, "--for", "Cleo", "--zone", "Europe/London")
        try drill.household.run(.laptop, "export", "--home", elsewhere, bundle)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: bundle))
        let foreign = try SyncRequest(Array(bytes), page: .bundle).sections
        #expect(!foreign.isEmpty)
        try drill.expect("another diary's lines", status: 1, says: wrong) { answer, _ in
            answer.sections = foreign
        }
        try drill.expect("heads signed by somebody else", status: 1, says: wrong) { answer, sent in
            try #require(!answer.sections.isEmpty)
            answer.sections[0].heads = answer.sections[0].heads.map {
                Head(position: $0.position, signature: key.sign(.head(sent.diary, $0.position)))
            }
        }
        try drill.expect("no heads", status: 1, says: wrong) { answer, _ in
            try #require(!answer.sections.isEmpty)
            answer.sections[0].heads = []
        }
        try drill.expect("a body that is not what its hash says", status: 1, says: wrong) {
            answer, _ in
            try Self.edit(&answer) { $0.replacingOccurrences(of: "From Ben.", with: "From Dan.") }
        }
        try drill.expect("a line without its body", status: 1, says: wrong) { answer, _ in
            try Self.edit(&answer) { line in
                guard let event = line.range(of: ",\"event\":") else { return line }
                return "{\"event\":" + line[event.upperBound...]
            }
        }
        try drill.expect("a body erased under another key", status: 1, says: wrong) {
            answer, sent in
            try #require(!answer.sections.isEmpty)
            let line = try EventLine(try #require(answer.sections[0].lines.last), diary: sent.diary)
            let signature = key.sign(.erasure(sent.diary, line.id))
            answer.sections[0].lines[answer.sections[0].lines.count - 1] =
                line.erased(by: signature).bytes
        }
        try drill.expect("more taken than was sent", status: 1, says: wrong) { answer, sent in
            answer.taken = sent.sections.count + 1
        }
    }

    private static func edit(
        _ answer: inout SyncAnswer, _ change: (String) -> String
    ) throws {
        try #require(!answer.sections.isEmpty)
        let before = answer.sections
        for section in answer.sections.indices {
            answer.sections[section].lines = answer.sections[section].lines.map {
                Array(change(String(decoding: $0, as: UTF8.self)).utf8)
            }
        }
        try #require(answer.sections != before)
    }

    @Test func `frontiers that lie are not believed, and no sync goes on for ever`() throws {
        let drill = try HostileServerDrill()
        let unsigned = "has not signed"
        let key = Self.strangersKey()
        try drill.expect("a receipt under another key", status: 1, says: unsigned) { answer, sent in
            let frontier = try #require(answer.frontier)
            answer.receipt = Receipt(
                diary: sent.diary, frontier: frontier, milliseconds: 1, key: key)
        }
        try drill.expect("no receipt", status: 1, says: unsigned) { answer, _ in
            answer.receipt = nil
        }
        try drill.expect("a frontier with a tip fewer", status: 1, says: unsigned) { answer, _ in
            answer.frontier = answer.frontier.map { VectorClock($0.positions.dropLast()) }
        }
        try drill.expect(
            "a frontier whose lines never come", status: 1, says: "got no further, at event",
            requests: 2...5
        ) { answer, _ in answer.sections = [] }
        try drill.expect(
            "lacks for ever", status: 1, says: "got no further, at event", requests: 2...5
        ) { answer, sent in
            answer.lacks = sent.frontier
            answer.sections = []
        }
        try drill.expect(
            "refuses for ever", status: 1, says: "Everything here is safe", requests: 2...6
        ) { answer, sent in
            answer.sections = []
            answer.taken = 0
            answer.lacks = sent.frontier
            guard !sent.sections.isEmpty else { return }
            answer.refused = Refusal(section: 0, line: 0, type: .malformed)
        }

        // What the clinic truly signed, but before either wrote again.
        let old = Mutex<[UInt8]>([])
        let meddler = drill.meddler
        meddler.answer { request, write in
            let given = meddler.forward(request)
            old.withLock { $0 = Meddler.message(given.head, given.body) }
            _ = write(old.withLock { $0 })
        }
        try drill.household.run(.laptop, "sync")
        let replayed = old.withLock { $0 }
        #expect(!replayed.isEmpty)
        try drill.expect(
            "an older frontier, for ever", status: 1, says: "got no further, at event"
        ) { _, write in _ = write(replayed) }
    }

    @Test func `a code does not leave for a clinic with another key`() throws {
        let drill = try HostileServerDrill()
        let household = drill.household
        let home = household.scratch.file("third")
        try household.run(
            .laptop, "init", "--home", home, "--for", "Anna", "--zone", "Europe/London")
        let (code, fingerprint) = try drill.letter("carer")
        let before = try StoreSnapshot(home, in: household.scratch)
        let meddler = drill.meddler
        let key = Self.strangersKey().publicKey.text
        meddler.answer { request, write in
            let given = meddler.forward(request)
            guard request.line.hasPrefix("GET /v1/clinic "),
                var about = (try? JSONValue(canonical: given.body))?.objectValue
            else {
                _ = write(Meddler.message(given.head, given.body))
                return
            }
            about["key"] = .string(key)
            _ = write(Meddler.message(given.head, JSONValue.object(about).canonicalBytes))
        }
        let words = ["join", meddler.address, "--home", home, "--code", code, "--as", "Dora"]
        for letter in [["--fingerprint", fingerprint], []] {
            let ended = try household.start(.laptop, words + letter).wait()
            #expect(ended.status == 1, "\(ended.text)")
            #expect(ended.text.contains("code was not sent"), "\(ended.text)")
        }
        let asked = meddler.requests
        #expect(asked.count == 2)
        #expect(asked.allSatisfy { $0.line.hasPrefix("GET ") && !$0.text.contains(code) })
        let isUnchanged = try StoreSnapshot(home, in: household.scratch) == before
        #expect(isUnchanged)
        meddler.answer(nil)
        // It did not leave, so it is still good.
        let next = try household.start(
            .laptop, words + ["--fingerprint", fingerprint, "--role", "carer"]
        ).wait()
        #expect(next.status == 0, "\(next.text)")
        #expect(meddler.requests.contains { $0.text.contains(code) })
        try HostileRow(
            "A41", "another clinic's key at /v1/clinic",
            answer: "exit 1: the code was not sent; \(asked.count) requests, none with it",
            storeIsUnchanged: isUnchanged, nextIsAnswered: next.status == 0
        ).print()
    }
}
