import Foundation
import Glibc

/// What a device's directory holds: the raw lines of its diary, and each file with its mode.
///
/// The state of the sync may change with an attempt; it is left out.
package struct StoreSnapshot: Equatable {
    package let lines: [Substring]
    package let modes: [String: UInt32]

    package init(_ directory: String, in scratch: Scratch) throws {
        let sql = "SELECT hex(line) FROM event ORDER BY arrival"
        let ended = try Child(
            "/usr/bin/env", ["sqlite3", "-readonly", directory + "/diary.db", sql],
            environment: ProcessInfo.processInfo.environment, in: scratch
        ).wait()
        guard ended.status == 0 else { throw Unexpected(ended.text) }
        lines = ended.output.split(separator: "\n")
        let names = try FileManager.default.contentsOfDirectory(atPath: directory)
        var modes: [String: UInt32] = [:]
        for name in names where !name.hasPrefix("sync") {
            modes[name] = Self.mode(directory + "/" + name)
        }
        self.modes = modes
    }

    /// Kind and permissions of what has this name, a link itself and not what it names.
    package static func mode(_ path: String) -> UInt32? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode : nil
    }
}
