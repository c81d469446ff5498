import Foundation
import TestSupport
import Testing

/// A client that shares no code with this project, written from `protocol.md` alone.
@Suite(.timeLimit(.minutes(60))) struct StrangerTests {
    @Test func `a stranger's client passes all vectors and lives through its story`() throws {
        let scratch = try Scratch()
        let run = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Stranger/run.py").path
        let ended = try Child(
            "/usr/bin/python3", ["-B", run, "--diary", Child.diary],
            environment: [
                "HOME": scratch.path, "PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no",
                "TMPDIR": scratch.path,
            ], in: scratch
        ).wait()
        #expect(ended.status == 0, "\(ended.text)")
        #expect(ended.output.hasSuffix("ok\n"), "\(ended.text)")
    }
}
