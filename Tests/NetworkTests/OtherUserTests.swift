import Foundation
import Glibc
import Testing
import TestSupport

/// Somebody else on the same computer, with their own rights and somebody's diary in reach.
@Suite(.timeLimit(.minutes(20))) struct OtherUserTests {
    private static let nobody = [
        "/usr/bin/env", "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
    ]

    /// Every file's kind, mode, owner, length and last change.
    private func tree(_ directory: String) throws -> [String: [Int]] {
        var found: [String: [Int]] = [:]
        let names = try FileManager.default.contentsOfDirectory(atPath: directory)
        for name in names.map({ "/" + $0 }) + [""] {
            var status = stat()
            lstat(directory + name, &status)
            found[name] = [
                Int(status.st_mode), Int(status.st_uid), Int(status.st_gid), Int(status.st_size),
                Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec),
            ]
        }
        return found
    }

    private static let commands = [
        ["list"], ["status"], ["log", "note", "Mine."], ["doctor"], ["sync"], ["people"],
        ["backup", "/tmp/never"], ["init", "--for", "Eve", "--zone", "Europe/London"],
    ]

    /// Every command is refused in words with a status that is stated, and changes nothing.
    private func expectRefused(
        _ household: Household, _ directory: String, under tool: [String], _ what: String
    ) throws -> Int {
        let before = try tree(directory)
        for words in Self.commands {
            let ended = try household.start(.laptop, words, under: tool).wait()
            #expect(
                ended.signal == nil && (1...6).contains(ended.status),
                "\(what), \(words): \(ended)")
            #expect(!ended.text.isEmpty && !ended.text.contains("First."), "\(what), \(words)")
            #expect(!ended.text.contains("Fatal error"), "\(what), \(words): \(ended.text)")
        }
        #expect(try tree(directory) == before, "\(what)")
        #expect(!FileManager.default.fileExists(atPath: "/tmp/never"))
        return Self.commands.count
    }

    @Test func `who may not read a diary is told so, and nothing is widened or followed`() throws {
        let household = try Household()
        let home = household.home(.laptop)
        try household.run(.laptop, "init", "--for", "Anna", "--zone", "Europe/London")
        try household.run(.laptop, "log", "note", "First.")
        var tried = 0
        guard geteuid() == 0 else {
            chmod(home + "/diary.db", 0o640)
            tried = try expectRefused(household, home, under: [], "open to a group")
            print("Users: nobody else can be asked without root; \(tried) commands refused")
            return
        }
        chmod(household.scratch.path, 0o711)
        // As it is kept: nobody but root gets in.
        tried += try expectRefused(household, home, under: Self.nobody, "0700")
        // Opened to the group that asks, which is another's diary still.
        for (mode, directory) in [(0o640, 0o750), (0o660, 0o770), (0o644, 0o755)]
            as [(mode_t, mode_t)]
        {
            let names = try FileManager.default.contentsOfDirectory(atPath: home)
            for name in names {
                chown(home + "/" + name, 0, 65534)
                chmod(home + "/" + name, mode)
            }
            chown(home, 0, 65534)
            chmod(home, directory)
            let what = String(mode, radix: 8)
            tried += try expectRefused(household, home, under: Self.nobody, what)
            // Nor does its owner use it unawares.
            tried += try expectRefused(household, home, under: [], "owner, \(what)")
        }
        // A name of nobody's own that leads there.
        let own = household.home(.phone)
        mkdir(own, 0o700)
        chown(own, 65534, 65534)
        symlink(home, own + "/link")
        for name in ["diary.db"] { symlink(home + "/" + name, own + "/" + name) }
        household.drills["DIARY_HOME"] = own + "/link"
        tried += try expectRefused(household, home, under: Self.nobody, "a link to the directory")
        household.drills["DIARY_HOME"] = own
        tried += try expectRefused(household, home, under: Self.nobody, "a link to the file")
        print("Users: \(tried) commands of another user or on an opened diary, all refused")
        household.drills["DIARY_HOME"] = nil
        chown(home, 0, 0)
        for name in try FileManager.default.contentsOfDirectory(atPath: home) {
            chown(home + "/" + name, 0, 0)
            chmod(home + "/" + name, 0o600)
        }
        chmod(home, 0o700)
        try household.run(.laptop, "doctor")
        let list = try household.run(.laptop, "list")
        #expect(list.output.contains("note: First."))
        #expect(!list.output.contains("Mine."))
    }
}
