import Foundation
import Glibc
import TestSupport

/// A real file system of a few pages, mounted over one directory for the processes that enter it.
///
/// A process keeps the mount; whoever is started under `tool` sees it, and nobody else does.
final class SmallDisk {
    private let keeper: Child
    private let directory: String
    /// The command under which a process sees this disk.
    let tool: [String]
    private let household: Household

    static let pageLength = 4096

    /// How a mount is made here: as root, or in a user namespace of one's own; nil if by neither.
    private static func way(_ household: Household) -> (unshare: [String], enter: [String])? {
        let ways: [(unshare: [String], enter: [String])] = [
            (["unshare", "-m"], ["-m"]),
            (["unshare", "-Urm"], ["-U", "-m", "--preserve-credentials"]),
        ]
        return ways.first { way in
            let trial = try? Child(
                "/usr/bin/env", way.unshare + ["mount", "-t", "tmpfs", "none", "/mnt"],
                environment: household.environment(.clinic), in: household.scratch
            ).wait()
            return trial?.status == 0
        }
    }

    /// Mounts a disk over the directory, with what the directory holds; nil where nobody may mount.
    init?(over directory: String, bytes: Int, _ household: Household) throws {
        guard let way = Self.way(household) else {
            print(
                "No mount is permitted here: full disks are tried by the preloaded library alone.")
            return nil
        }
        self.directory = directory
        self.household = household
        let script = """
            copy=$(mktemp -d) && cp -a "$0/." "$copy" \
            && mount -t tmpfs -o size=\(bytes),mode=700 none "$0" && cp -a "$copy/." "$0" \
            && rm -r "$copy" && echo mounted && exec sleep 1000
            """
        keeper = try Child(
            "/usr/bin/env", way.unshare + ["/bin/sh", "-c", script, directory],
            environment: household.environment(.clinic), in: household.scratch)
        let keeper = keeper
        try wait(for: "the disk") { keeper.printed.contains("mounted") || !keeper.isRunning }
        guard keeper.isRunning else { throw Unexpected(try keeper.wait().text) }
        tool = ["/usr/bin/env", "nsenter", "-t", "\(keeper.pid)"] + way.enter + ["--"]
    }

    deinit {
        keeper.send(SIGKILL)
        _ = try? keeper.wait()
    }

    /// A file of this disk as this process sees it.
    func seen(_ path: String) -> String { "/proc/\(keeper.pid)/root" + path }

    /// Fills all of the disk but so many pages.
    func fill(butPages pages: Int) throws {
        let script = """
            dd if=/dev/zero of="$0/fill" bs=\(Self.pageLength) 2>/dev/null
            have=$(stat -c %s "$0/fill")
            truncate -s $((have > \(pages) * 4096 ? have - \(pages) * 4096 : 0)) "$0/fill"
            """
        try run(["/bin/sh", "-c", script, directory])
    }

    func makeRoom() throws { try run(["rm", "-f", directory + "/fill"]) }

    /// Runs something on the disk.
    @discardableResult
    func run(_ line: [String]) throws -> Ended {
        let all = tool + line
        let ended = try Child(
            all[0], Array(all.dropFirst()), environment: household.environment(.clinic),
            in: household.scratch
        ).wait()
        guard ended.status == 0 else { throw Unexpected(ended.text) }
        return ended
    }

    /// The texts of all notes in a store on this disk, read from its file and not by the diary.
    func notes(_ path: String) throws -> String {
        try run([
            "sqlite3", "-readonly", path, "SELECT CAST(line AS TEXT) FROM event ORDER BY arrival",
        ]).output
    }
}
