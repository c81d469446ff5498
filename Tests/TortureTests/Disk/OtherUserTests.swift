import Foundation
import Glibc
import TestSupport
import Testing

/// Stores whose files belong to somebody else, or that others may read, and disks mounted read-only.
///
/// As root every case is tried as another user; somebody who is not root can only try what may be
/// done to files of their own, and the output says so.
@Suite(.timeLimit(.minutes(60))) struct OtherUserTests {
    /// A user who has no name here and belongs to no group.
    private static let stranger: UInt32 = 31_337
    private static let isRoot = geteuid() == 0

    private static let commands = [
        ["list"], ["status"], ["doctor"], ["log", "note", "Not mine."], ["sync"],
        ["show", "last"], ["doctor", "--repair"],
    ]

    /// Files that no command may touch, and what commands do there.
    private struct Case {
        let what: String
        /// Whether files keep their owner, root, while a stranger asks.
        var isForeign = false
        var home: UInt32 = 0o700
        var files: UInt32 = 0o600
    }

    private static let cases: [Case] = [
        Case(what: "another user's, closed", isForeign: true),
        Case(
            what: "another user's, in a directory anybody may enter", isForeign: true, home: 0o755),
        Case(
            what: "another user's, that anybody may read", isForeign: true, home: 0o755,
            files: 0o644),
        Case(
            what: "another user's, that anybody may write", isForeign: true, home: 0o777,
            files: 0o666),
        Case(what: "one's own, that one's group may read", home: 0o750, files: 0o640),
        Case(what: "one's own, that anybody may read", files: 0o644),
        Case(what: "one's own, in a directory one's group may enter", home: 0o710),
    ]

    @Test func `what is another's or open to others is refused in words and not touched`() throws {
        if !Self.isRoot {
            print("Not root: only files of one's own are tried, no other user's.")
        }
        var tried = 0
        for one in Self.cases where Self.isRoot || !one.isForeign {
            let household = try Household()
            chmod(household.scratch.path, 0o711)
            let home = household.home(.laptop)
            try household.run(.laptop, "init", "--for", "Anna", "--zone", "Europe/London")
            try household.run(.laptop, "log", "note", "First.")
            for name in try FileManager.default.contentsOfDirectory(atPath: home) {
                let path = home + "/" + name
                chmod(path, one.files)
                if Self.isRoot, !one.isForeign { chown(path, Self.stranger, Self.stranger) }
            }
            chmod(home, one.home)
            if Self.isRoot, !one.isForeign { chown(home, Self.stranger, Self.stranger) }
            let before = try StoreSnapshot(home, in: household.scratch)
            for words in Self.commands {
                let ended = try household.start(.laptop, words, under: Self.tool).wait()
                tried += 1
                #expect([1, 6].contains(ended.status), "\(one.what), \(words): \(ended.text)")
                #expect(!ended.text.contains("did not expect"), "\(one.what): \(ended.text)")
                #expect(!ended.output.contains("First."), "\(one.what), \(words)")
                #expect(!ended.errors.isEmpty, "\(one.what), \(words)")
            }
            #expect(try StoreSnapshot(home, in: household.scratch) == before, "\(one.what)")
        }
        try Figures(
            "commands on another's files or open ones", count: tried,
            note: Self.isRoot ? "all refused, nothing touched" : "one's own files only: not root"
        ).print()
    }

    private static var tool: [String] {
        isRoot
            ? [
                "/usr/bin/env", "setpriv", "--reuid", "\(stranger)", "--regid", "\(stranger)",
                "--clear-groups",
            ] : []
    }

    @Test func `a server does not start on a clinic that is another's or open to others`() throws {
        var tried = 0
        for one in Self.cases where Self.isRoot || !one.isForeign {
            let household = try Household()
            chmod(household.scratch.path, 0o711)
            try household.beginClinic()
            let home = household.home(.clinic)
            for name in try FileManager.default.contentsOfDirectory(atPath: home) {
                chmod(home + "/" + name, one.files)
                if Self.isRoot, !one.isForeign {
                    chown(home + "/" + name, Self.stranger, Self.stranger)
                }
            }
            chmod(home, one.home)
            if Self.isRoot, !one.isForeign { chown(home, Self.stranger, Self.stranger) }
            tried += 1
            do {
                try household.open(under: Self.tool)
                try household.close()
                Issue.record("a server started: \(one.what)")
            } catch let refused as Household.NotOpened {
                #expect([1, 6].contains(refused.ended.status), "\(refused.ended.text)")
                #expect(!refused.ended.text.isEmpty, "\(one.what)")
            }
        }
        try Figures("servers on another's files or open ones", count: tried).print()
    }

    @Test func `on a disk that is mounted read-only all is shown and nothing written`() throws {
        let household = try Household()
        try household.run(.laptop, "init", "--for", "Anna", "--zone", "Europe/London")
        try household.run(.laptop, "log", "note", "First.")
        let home = household.home(.laptop)
        guard let disk = try SmallDisk(over: home, bytes: 1 << 20, household) else { return }
        let before = try disk.notes(household.store(.laptop))
        try disk.run(["mount", "-o", "remount,ro", home])
        var ends: [Int32] = []
        for words in [["list"], ["status"], ["doctor"]] {
            let ended = try household.start(.laptop, words, under: disk.tool).wait()
            ends.append(ended.status)
            #expect([0, 1].contains(ended.status), "\(words): \(ended.text)")
            if words == ["list"], ended.status == 0 {
                #expect(ended.output.contains("First."), "\(ended.text)")
            }
        }
        let refused = try household.start(.laptop, ["log", "note", "Second."], under: disk.tool)
            .wait()
        #expect(refused.status == 1, "\(refused.text)")
        #expect(refused.text.contains("read but not written"), "\(refused.text)")
        try disk.run(["mount", "-o", "remount,rw", home])
        let isUnchanged = try disk.notes(household.store(.laptop)) == before
        #expect(isUnchanged)
        let room = try household.start(.laptop, ["log", "note", "Third."], under: disk.tool).wait()
        #expect(room.status == 0, "\(room.text)")
        try Figures(
            "commands on a read-only disk", count: 4, lost: isUnchanged ? 0 : 1,
            note: "list, status and doctor ended with \(ends)"
        ).print()
    }
}
