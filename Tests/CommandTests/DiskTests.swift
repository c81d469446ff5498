import Foundation
import SyncCore
import Testing
import TestSupport

/// What is told "saved" has been waited for: `fdatasync` comes first, as the kernel sees it.
@Suite(.timeLimit(.minutes(60))) struct DiskTests {
    /// System calls as `strace` saw them end, in order.
    private func calls(_ file: String) throws -> [String] {
        try wait(for: "the end of the trace") {
            try String(contentsOfFile: file, encoding: .utf8).contains("+++ exited")
        }
        var begun: [Substring: Substring] = [:]
        var calls: [String] = []
        for line in try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n") {
            guard let space = line.firstIndex(of: " ") else { continue }
            let thread = line[..<space]
            let call = line[space...].drop { $0 == " " }
            if call.hasSuffix("<unfinished ...>") {
                begun[thread] = call
                // What leaves counts from its beginning, a wait for the disk from its end.
                if !call.hasPrefix("fdatasync") { calls.append(String(call)) }
            } else if call.hasPrefix("<..."), let start = begun.removeValue(forKey: thread) {
                if start.hasPrefix("fdatasync") { calls.append("\(start)\(call)") }
            } else {
                calls.append(String(call))
            }
        }
        return calls
    }

    private func tracer(_ file: String) -> [String] {
        [
            "/usr/bin/strace", "-D", "-f", "-y", "-s", "64", "-o", file, "-e",
            "trace=fdatasync,fsync,write,writev,pwrite64,sendto,sendmsg",
        ]
    }

    /// The last write to the WAL before `index` has been waited for before `index`.
    private func isSafe(_ calls: [String], before index: Int, wal: String) -> Bool {
        let earlier = calls[..<index]
        guard let write = earlier.lastIndex(where: { $0.hasPrefix("pwrite64") && $0.contains(wal) })
        else { return false }
        return earlier[write...].contains {
            $0.hasPrefix("fdatasync") && $0.contains(wal) && $0.contains("= 0")
        }
    }

    @Test(arguments: [
        ["log", "note", "The new needles hurt less."], ["amend", "last", "text=Hurts less."],
        ["people", "add", "Cleo"],
    ])
    func `the disk has it before the screen says saved`(words: [String]) throws {
        let household = try Household()
        try household.run(.laptop, "init", "--for", "Anna", "--zone", "Europe/London")
        try household.run(.laptop, "log", "note", "A first one.")
        let trace = household.scratch.file("trace")
        let ended = try household.start(.laptop, words, under: tracer(trace)).wait()
        #expect(ended.status == 0, "\(ended.text)")
        #expect(ended.output.contains("Saved here"))
        let calls = try calls(trace)
        let said = try #require(calls.firstIndex { $0.hasPrefix("write(1<") })
        #expect(isSafe(calls, before: said, wal: "diary.db-wal"), "\(calls)")
    }

    @Test func `the clinic's disk has it before the device hears so`() throws {
        let household = try Household.joined()
        try household.close()
        let trace = household.scratch.file("trace")
        try household.open(under: tracer(trace))
        try household.run(.laptop, "log", "note", "The new needles hurt less.")
        #expect(try household.json(.laptop, "sync")["sent"] == 1)
        try household.close()
        let calls = try calls(trace)
        let answers = calls.indices.filter {
            calls[$0].contains("HTTP/1.1 200") && calls[$0].contains("socket:")
        }
        #expect(!answers.isEmpty, "\(calls)")
        for answer in answers {
            #expect(isSafe(calls, before: answer, wal: "clinic.db-wal"), "\(calls[answer])")
        }
    }
}
