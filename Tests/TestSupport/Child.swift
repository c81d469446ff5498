import Foundation
package import SyncCore
import Synchronization

/// How a process ended, and what it printed.
package struct Ended: Sendable {
    package let status: Int32
    /// The signal that ended it; `status` then has the same number, which may also be an exit status.
    package let signal: Int32?
    package let output: String
    package let errors: String

    package var text: String { output + errors }

    /// The one object that was printed, read strictly: anything but canonical JSON fails.
    package func json() throws -> JSONValue {
        guard output.hasSuffix("\n") else { throw Unexpected("no line: \(text)") }
        return try JSONValue(canonical: Array(output.utf8.dropLast()))
    }
}

package struct Unexpected: Error, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}

/// A real process of the built command, its output in files.
package final class Child: Sendable {
    private let process: Spawned
    private let words: [String]
    private let outputPath: String
    private let errorPath: String

    /// The directory in which this test bundle was built, with the command beside it.
    package static let built: String = {
        let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return ((own ?? "/") as NSString).deletingLastPathComponent
    }()
    /// The command that tests start: this build's, or DIARY_BIN.
    package static let diary =
        ProcessInfo.processInfo.environment["DIARY_BIN"] ?? built + "/diary"
    package static let loadTool = built + "/LoadTool"

    private static let count = Mutex(0)

    package init(
        _ program: String, _ words: [String], environment: [String: String], in scratch: Scratch
    ) throws {
        let number = Self.count.withLock { count in
            count += 1
            return count
        }
        outputPath = scratch.file("out-\(number)")
        errorPath = scratch.file("err-\(number)")
        for path in [outputPath, errorPath] {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        self.words = words
        let watched = Sanitizer.isWatching ? Sanitizer.variables : [:]
        process = try Spawned(
            program, words, environment: watched.merging(environment) { _, own in own },
            output: outputPath, errors: errorPath)
    }

    package var pid: Int32 { process.pid }

    package var isRunning: Bool { process.status == nil }

    package func send(_ signal: Int32) { process.send(signal) }

    /// What it has printed so far.
    package var printed: String { (try? String(contentsOfFile: outputPath, encoding: .utf8)) ?? "" }

    /// What it has said on its error output so far.
    package var complaints: String {
        (try? String(contentsOfFile: errorPath, encoding: .utf8)) ?? ""
    }

    package func wait() throws -> Ended {
        let end = Date().addingTimeInterval(120)
        while process.status == nil, Date() < end { usleep(1000) }
        guard let status = process.status else {
            send(SIGKILL)
            throw Unexpected("still running after two minutes: \(words)")
        }
        return Ended(
            status: status, signal: process.signal, output: printed,
            errors: (try? String(contentsOfFile: errorPath, encoding: .utf8)) ?? "")
    }
}

/// Waits until `condition` holds; fails after `seconds`.
package func wait(
    for what: String, seconds: Double = 60, until condition: () throws -> Bool
) throws {
    let end = Date().addingTimeInterval(seconds)
    while try !condition() {
        guard Date() < end else { throw Unexpected("waited in vain for \(what)") }
        usleep(2000)
    }
}
