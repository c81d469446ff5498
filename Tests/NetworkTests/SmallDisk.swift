import Foundation
import Glibc
import TestSupport

/// A disk of one or two megabytes over one directory, seen only by who is run under `tool`.
///
/// The kernel's own: what does not fit does not fit. A process that sleeps holds it, and it goes
/// with that process.
final class SmallDisk {
    /// The command under which a process sees this disk.
    let tool: [String]
    private let holder: Child
    private let path: String

    /// What may be done here: as root, or as one who is root in a world of its own, or nothing.
    private enum Leave: CaseIterable {
        case root, ownWorld

        var begin: [String] {
            switch self {
            case .root: ["/usr/bin/env", "unshare", "-m"]
            case .ownWorld: ["/usr/bin/env", "unshare", "-r", "-m"]
            }
        }

        func enter(_ process: Int32) -> [String] {
            switch self {
            case .root: ["/usr/bin/env", "nsenter", "-t", "\(process)", "-m"]
            case .ownWorld:
                [
                    "/usr/bin/env", "nsenter", "-t", "\(process)", "-U", "--preserve-credentials",
                    "-m",
                ]
            }
        }
    }

    /// Lays a disk over a directory and copies what is there onto it; nil, with a printed line, where
    /// nobody may mount one.
    init?(over path: String, in scratch: Scratch, megabytes: Int, isReadOnly: Bool = false) throws {
        let script = """
            umask 077
            mkdir -p "$1" "$1.disk" && mount -t tmpfs -o size=$2m,mode=700 none "$1.disk" || exit 90
            cp -a "$1/." "$1.disk/" && mount --bind "$1.disk" "$1" || exit 91
            if [ "$3" = true ]; then mount -o remount,bind,ro "$1" || exit 92; fi
            echo ready; exec sleep 1000
            """
        var environment = ProcessInfo.processInfo.environment
        environment["PATH"] = "/usr/bin:/bin:/usr/sbin:/sbin"
        for leave in Leave.allCases {
            let line =
                leave.begin + [
                    "/bin/sh", "-c", script, "disk", path, "\(megabytes)", "\(isReadOnly)",
                ]
            let child = try Child(
                line[0], Array(line.dropFirst()), environment: environment, in: scratch)
            try wait(for: "a disk") { child.printed.contains("ready") || !child.isRunning }
            guard child.isRunning else { continue }
            holder = child
            tool = leave.enter(child.pid)
            self.path = path
            return
        }
        print("Disks: nobody may mount one here; only what needs none was tried.")
        return nil
    }

    deinit {
        holder.send(SIGKILL)
        _ = try? holder.wait()
    }

    /// The same directory as everybody sees it.
    var outside: String { "/proc/\(holder.pid)/root" + path }

    /// Fills the disk but for this much.
    func fill(leaving kibibytes: Int = 0) {
        let file = open(outside + "/fill", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        defer { close(file) }
        let block = [UInt8](repeating: 0x78, count: 1024)
        var length = 0
        while write(file, block, block.count) > 0 { length += block.count }
        ftruncate(file, max(0, length - kibibytes * 1024))
    }

    func makeRoom() { unlink(outside + "/fill") }

    var names: [String] {
        let found = (try? FileManager.default.contentsOfDirectory(atPath: outside)) ?? []
        return found.filter { $0 != "fill" }.sorted()
    }
}
