import Foundation
import Glibc
import Testing
import TestSupport

/// A42: disks that take nothing, and files that may only be read.
@Suite(.timeLimit(.minutes(60))) struct HostileFileDiskTests {
    /// Whether this process may mount a small disk of its own.
    static let mayMount: Bool = {
        guard let scratch = try? Scratch() else { return false }
        let trial = try? Child(
            "/usr/bin/env", ["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"],
            environment: ["PATH": "/usr/bin:/bin:/usr/sbin:/sbin"], in: scratch
        ).wait()
        return trial?.status == 0
    }()

    private func row(_ input: String, _ answer: String, _ isUnchanged: Bool, _ next: Ended) throws {
        let first = answer.split(separator: "\n").first.map(String.init) ?? answer
        try HostileRow(
            "A42", input, answer: first, storeIsUnchanged: isUnchanged,
            nextIsAnswered: next.status == 0
        ).print()
    }

    @Test(.enabled(if: mayMount, "needs to mount a disk of its own"))
    func `a full disk takes nothing, gives everything back, and recovers`() throws {
        let household = try Household()
        let script = """
            mount -t tmpfs -o size=1m,mode=700 none "$DISK" || exit 90
            export DIARY_HOME="$DISK/home"
            "$DIARY" init --for Anna --zone Europe/London && "$DIARY" log note First. || exit 91
            held() { sqlite3 -readonly "$DIARY_HOME/diary.db" 'SELECT hex(line) FROM event'; }
            before=$(held)
            dd if=/dev/zero of="$DISK/fill" bs=4096 2>/dev/null
            "$DIARY" log note Second.; echo "full: $?"
            "$DIARY" list; echo "read: $?"
            [ "$before" = "$(held)" ] && echo unchanged
            rm "$DISK/fill"
            "$DIARY" log note Third.; echo "room: $?"
            "$DIARY" doctor; echo "doctor: $?"
            """
        let disk = household.scratch.file("disk")
        mkdir(disk, 0o700)
        var environment = household.environment(.laptop)
        environment["DISK"] = disk
        environment["DIARY"] = Child.diary
        let ended = try Child(
            "/usr/bin/env", ["unshare", "-m", "/bin/sh", "-c", script], environment: environment,
            in: household.scratch
        ).wait()
        #expect(ended.status == 0, "\(ended.text)")
        #expect(ended.errors.contains("The disk is full. Nothing was written."), "\(ended.text)")
        for line in ["full: 1", "read: 0", "unchanged", "room: 0", "doctor: 0"] {
            #expect(ended.output.contains(line + "\n"), "\(line): \(ended.text)")
        }
        #expect(ended.output.contains("note: First."))
        try row(
            "a full disk", "exit 1: \(ended.errors)", ended.output.contains("unchanged"), ended)
    }

    @Test func `a limit on the size of files is said in words and costs nothing`() throws {
        // The thread sanitizer keeps a file of its own that is longer than the limit.
        guard Sanitizer.permits("a limit on the size of files") else { return }
        let household = try Household()
        let home = household.home(.laptop)
        try household.run(.laptop, "init", "--for", "Anna", "--zone", "Europe/London")
        try household.run(.laptop, "log", "note", "First.")
        let before = try StoreSnapshot(home, in: household.scratch)
        let tight = ["/usr/bin/env", "prlimit", "--fsize=4096"]
        let ended = try household.start(.laptop, ["log", "note", "Second."], under: tight).wait()
        #expect(ended.status == 6, "\(ended.text)")
        #expect(ended.text.contains("The disk failed while writing"), "\(ended.text)")
        let after = try StoreSnapshot(home, in: household.scratch)
        #expect(after.lines == before.lines)
        try household.run(.laptop, "list")
        let next = try household.run(.laptop, "log", "note", "Third.")
        try household.run(.laptop, "doctor")
        try row(
            "no file may grow", "exit \(ended.status): \(ended.text)", after.lines == before.lines,
            next)
    }

    @Test func `what may only be read is read, and nothing is written`() throws {
        let household = try Household()
        let home = household.home(.laptop)
        // Root may write everything, so somebody else is asked.
        let somebody =
            geteuid() == 0
            ? ["/usr/bin/env", "setpriv", "--reuid", "65534", "--clear-groups"] : []
        chmod(household.scratch.path, 0o711)
        mkdir(home, 0o700)
        if geteuid() == 0 { chown(home, 65534, 65534) }
        func run(_ words: String...) throws -> Ended {
            try household.start(.laptop, words, under: somebody).wait()
        }
        #expect(try run("init", "--for", "Anna", "--zone", "Europe/London").status == 0)
        #expect(try run("log", "note", "First.").status == 0)
        let before = try StoreSnapshot(home, in: household.scratch)
        chmod(home + "/diary.db", 0o400)
        chmod(home, 0o500)
        let refused = try run("log", "note", "Second.")
        #expect(refused.status == 1, "\(refused.text)")
        #expect(refused.text.contains("can be read but not written"), "\(refused.text)")
        let list = try run("list")
        #expect(list.status == 0)
        #expect(list.output.contains("note: First."))
        #expect(StoreSnapshot.mode(home + "/diary.db") == S_IFREG | 0o400)
        #expect(StoreSnapshot.mode(home) == S_IFDIR | 0o500)
        let bundle = try run("export", home + "/bundle")
        #expect(bundle.status == 1)
        #expect(bundle.text.contains("Permission denied"), "\(bundle.text)")
        chmod(home, 0o700)
        chmod(home + "/diary.db", 0o600)
        let isUnchanged = try StoreSnapshot(home, in: household.scratch) == before
        #expect(isUnchanged)
        let next = try run("log", "note", "Third.")
        #expect(next.status == 0, "\(next.text)")
        try row("a store that may only be read", "exit 1: \(refused.text)", isUnchanged, next)
    }
}
