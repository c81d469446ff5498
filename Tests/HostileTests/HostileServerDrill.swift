import Foundation
import SyncCore
import Synchronization
import Testing
import TestSupport

/// Anna's laptop, whose clinic answers through a meddler; Ben's phone syncs with the clinic itself.
struct HostileServerDrill {
    let household: Household
    let meddler: Meddler

    init() throws {
        household = try Household()
        try household.beginClinic()
        try household.open()
        let port = try #require(household.address.split(separator: ":").last.flatMap { Int($0) })
        meddler = try Meddler(clinic: port)
        try household.run(
            .laptop, "init", "--for", "Anna", "--device", "laptop", "--zone", "Europe/London")
        let (code, fingerprint) = try letter("patient")
        try household.run(
            .laptop, "join", meddler.address, "--code", code, "--fingerprint", fingerprint,
            "--role", "patient")
        try household.join(
            .phone, "--for", "Anna", "--as", "Ben", "--device", "phone", "--zone",
            "Europe/London", role: "carer")
        for place in [Household.Place.phone, .laptop] {
            try household.run(place, "sync", "--quiet")
        }
    }

    func letter(_ role: String) throws -> (code: String, fingerprint: String) {
        let letter = try household.json(
            .clinic, "enrol", "P03", "--role", role, staff: Household.administrator)
        return (
            try #require(letter["code"]?.stringValue),
            try #require(letter["fingerprint"]?.stringValue)
        )
    }

    /// Both have written, and the laptop syncs with somebody who answers so.
    ///
    /// - Parameter requests: how many requests it may make.
    func expect(
        _ input: String, status: Int32, says words: String, requests: ClosedRange<Int> = 1...1,
        peakKiB: Int? = nil, sourceLocation: SourceLocation = #_sourceLocation,
        _ answering: @escaping Meddler.Answering
    ) throws {
        let home = household.home(.laptop)
        try household.run(.phone, "log", "note", "From Ben.")
        try household.run(.phone, "sync", "--quiet")
        try household.run(.laptop, "log", "note", "From Anna.")
        let before = try StoreSnapshot(home, in: household.scratch)
        meddler.answer(answering)
        let child = try household.start(.laptop, ["sync"])
        let memory = PeakMemory(of: child.pid)
        let ended = try child.wait()
        let asked = meddler.requests.count
        meddler.answer(nil)
        let isUnchanged = try StoreSnapshot(home, in: household.scratch) == before
        let next = try household.start(.laptop, ["sync"]).wait()
        let held = try household.lines(.laptop)
        let isWhole = Set(held) == Set(try household.lines(.clinic))
        let isNext = next.status == 0 && held.count == before.lines.count + 1 && isWhole
        #expect(ended.status == status, "\(input): \(ended.text)", sourceLocation: sourceLocation)
        #expect(
            ended.text.contains(words), "\(input): \(ended.text)", sourceLocation: sourceLocation)
        #expect(requests.contains(asked), "\(input): \(asked)", sourceLocation: sourceLocation)
        #expect(isUnchanged, "\(input)", sourceLocation: sourceLocation)
        #expect(isNext, "\(input): \(next.text)", sourceLocation: sourceLocation)
        if let peakKiB, Sanitizer.permits("memory of \(input)") {
            #expect(memory.kibibytes > 0 && memory.kibibytes < peakKiB, "\(memory.kibibytes) KiB")
        }
        let said = ended.text.split(separator: "\n").first.map(String.init) ?? ""
        let times = asked == 1 ? "1 request" : "\(asked) requests"
        try HostileRow(
            "A41", "the clinic's answer: \(input)",
            answer: "exit \(ended.status), \(times): \(said)",
            storeIsUnchanged: isUnchanged, nextIsAnswered: isNext
        ).print()
    }

    /// As above, with the clinic's own answer changed.
    func expect(
        _ input: String, status: Int32, says words: String, requests: ClosedRange<Int> = 1...1,
        sourceLocation: SourceLocation = #_sourceLocation,
        meddling: @escaping @Sendable (inout SyncAnswer, SyncRequest) throws -> Void
    ) throws {
        try expect(
            input, status: status, says: words, requests: requests, sourceLocation: sourceLocation
        ) { [meddler] request, write in
            do {
                let sent = try SyncRequest(request.body)
                let given = meddler.forward(request)
                var answer = try SyncAnswer(given.body)
                try meddling(&answer, sent)
                _ = write(Meddler.message(given.head, answer.bytes))
            } catch {
                Issue.record("\(input): \(error)", sourceLocation: sourceLocation)
            }
        }
    }
}

/// The most memory a process had, as the kernel counted it until its end.
final class PeakMemory: Sendable {
    private let peak = Mutex(0)

    init(of process: Int32) {
        Thread.detachNewThread { [self] in
            while let status = try? String(
                contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
                let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
            {
                let number = line.split(separator: " ").compactMap { Int($0) }.first ?? 0
                peak.withLock { $0 = max($0, number) }
                usleep(5000)
            }
        }
    }

    var kibibytes: Int { peak.withLock { $0 } }
}
