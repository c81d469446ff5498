import Foundation
import TestSupport
import Testing

/// The figures of a synthetic clinic, worked out a second time from its export by a program of its own.
@Suite(.timeLimit(.minutes(30))) struct CohortExportTests {
    private let tools = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Interchange")

    private func run(_ words: [String], in scratch: Scratch) throws -> Ended {
        let environment = ProcessInfo.processInfo.environment.merging(
            ["PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": scratch.path]) { _, own in own }
        let child = try Child("/usr/bin/env", words, environment: environment, in: scratch)
        // The first time packages have to come over the network.
        try wait(for: words[0], seconds: 1500) { !child.isRunning }
        return try child.wait()
    }

    @Test func `a calculation from the export alone finds what the commands say`() throws {
        let scratch = try Scratch()
        let made = try run([tools.appendingPathComponent("setup").path], in: scratch)
        guard made.status == 0 else {
            throw Unexpected("no FHIR validator, so nothing was validated: \(made.text)")
        }
        let python = made.output.trimmingCharacters(in: .whitespacesAndNewlines)
        let ended = try run(
            [
                "python3", tools.appendingPathComponent("cohort.py").path, Child.diary,
                "--patients", "8", "--validator", python,
            ], in: scratch)
        #expect(ended.status == 0, "\(ended.text)")
        #expect(ended.text.contains(", 0 differ"))
    }
}
