import Foundation
import Glibc
import Testing
import TestSupport

/// A42: files of a device that somebody has put in the way, against the real command.
@Suite(.timeLimit(.minutes(60))) struct HostileFileTests {
    let household: Household
    var home: String { household.home(.laptop) }

    init() throws {
        household = try Household()
        try household.run(.laptop, "init", "--for", "Anna", "--zone", "Europe/London")
        try household.run(.laptop, "log", "note", "A first one.")
    }

    private func snapshot() throws -> StoreSnapshot {
        try StoreSnapshot(home, in: household.scratch)
    }

    /// What is put in a file's place, and how the refusal names it.
    enum Harm: String, CaseIterable, Sendable {
        case symbolicLink = "a symbolic link"
        case fifo = "not an ordinary file"
        case directory = "not an ordinary file "
        case hardLink = "it has a second name"
        case otherOwner = "it belongs to somebody else"
        case openToAll = "others on this computer can read or write it"

        var sentence: String { rawValue.trimmingCharacters(in: .whitespaces) }

        /// Who is not root can give nothing away.
        static var possible: [Harm] { allCases.filter { $0 != .otherOwner || geteuid() == 0 } }

        /// Puts it there; gives back what undoes it.
        func put(at path: String, beside spare: String) -> () -> Void {
            switch self {
            case .symbolicLink, .fifo, .directory:
                rename(path, spare)
                switch self {
                case .symbolicLink: symlink(spare, path)
                case .fifo: mkfifo(path, 0o600)
                default: mkdir(path, 0o700)
                }
                return {
                    remove(path)
                    rename(spare, path)
                }
            case .hardLink:
                link(path, spare)
                return { unlink(spare) }
            case .otherOwner:
                chown(path, 65534, 65534)
                return { chown(path, 0, 0) }
            case .openToAll:
                chmod(path, 0o666)
                return { chmod(path, 0o600) }
            }
        }
    }

    @Test(arguments: ["diary.db", "high-water.json", "writer.lock"])
    func `a file that is not this person's alone is refused and not followed`(name: String) throws {
        let path = home + "/" + name
        let spare = household.scratch.file("spare")
        for harm in Harm.possible {
            let before = try snapshot()
            let undo = harm.put(at: path, beside: spare)
            let (mode, kept) = (
                StoreSnapshot.mode(path), FileManager.default.contents(atPath: spare)
            )
            for words in [["log", "note", "A second one."], ["list"], ["doctor"]] {
                let ended = try household.start(.laptop, words).wait()
                #expect(ended.status == 6, "\(name) \(harm) \(words): \(ended.text)")
                #expect(ended.text.contains("\(path) is not safe for a diary"), "\(ended.text)")
                #expect(ended.text.contains(harm.sentence), "\(ended.text)")
            }
            #expect(StoreSnapshot.mode(path) == mode)
            #expect(FileManager.default.contents(atPath: spare) == kept)
            undo()
            let isUnchanged = try snapshot() == before
            #expect(isUnchanged, "\(name) \(harm)")
            let next = try household.start(.laptop, ["log", "note", "A second one."]).wait()
            #expect(next.output.contains("Saved here"), "\(next.text)")
            try HostileRow(
                "A42", "\(name), \(harm)", answer: "exit 6: \(harm.sentence)",
                storeIsUnchanged: isUnchanged, nextIsAnswered: next.status == 0
            ).print()
        }
    }

    @Test func `a directory that others may write, or a link to one, is refused`() throws {
        let spare = household.scratch.file("elsewhere")
        let home = home
        var harms: [(String, String, () -> () -> Void)] = [
            (
                "open to all", "others on this computer can read or write it",
                {
                    chmod(home, 0o777)
                    return { chmod(home, 0o700) }
                }
            ),
            (
                "a symbolic link", "it is a symbolic link",
                {
                    rename(home, spare)
                    symlink(spare, home)
                    return {
                        unlink(home)
                        rename(spare, home)
                    }
                }
            ),
        ]
        if geteuid() == 0 {
            harms.append(
                (
                    "of somebody else", "it belongs to somebody else",
                    {
                        chown(home, 65534, 65534)
                        return { chown(home, 0, 0) }
                    }
                ))
        }
        for (input, words, harm) in harms {
            let before = try snapshot()
            let undo = harm()
            let mode = StoreSnapshot.mode(home)
            let ended = try household.run(.laptop, "log", "note", "A second one.", status: 6)
            #expect(ended.text.contains(words), "\(ended.text)")
            #expect(StoreSnapshot.mode(home) == mode)
            undo()
            let isUnchanged = try snapshot() == before
            #expect(isUnchanged, "\(input)")
            let next = try household.run(.laptop, "log", "note", "A second one.")
            try HostileRow(
                "A42", "the directory, \(input)", answer: "exit 6: \(words)",
                storeIsUnchanged: isUnchanged, nextIsAnswered: next.status == 0
            ).print()
        }
    }

    @Test func `no bundle is written over what is there or read from what is no file`() throws {
        let bundle = household.scratch.file("bundle")
        let target = household.scratch.file("target")
        let kinds: [(String, () -> Void)] = [
            ("a pipe", { mkfifo(bundle, 0o600) }), ("a directory", { mkdir(bundle, 0o700) }),
            ("a link to nowhere", { symlink(target, bundle) }),
            (
                "a link to a file",
                {
                    _ = FileManager.default.createFile(atPath: target, contents: Data("x".utf8))
                    symlink(target, bundle)
                }
            ),
        ]
        for (input, make) in kinds {
            make()
            let mode = StoreSnapshot.mode(bundle)
            let before = try snapshot()
            let out = try household.run(.laptop, "export", bundle, status: 1)
            #expect(out.text.contains("\(bundle) is there already. Nothing was written."))
            let back = try household.start(.laptop, ["import", bundle]).wait()
            #expect([1, 2].contains(back.status), "\(back.text)")
            #expect(
                back.text.contains("cannot be read") || back.text.contains("is no diary bundle"),
                "\(back.text)")
            #expect(StoreSnapshot.mode(bundle) == mode)
            // Neither made nor written through the link.
            let held = FileManager.default.contents(atPath: target)
            #expect(held == nil || held == Data("x".utf8))
            let isUnchanged = try snapshot() == before
            #expect(isUnchanged)
            remove(bundle)
            let next = try household.run(.laptop, "export", bundle)
            #expect(StoreSnapshot.mode(bundle) == S_IFREG | 0o600)
            remove(bundle)
            remove(target)
            try HostileRow(
                "A42", "a bundle's name is \(input)",
                answer: "export exit 1: there already; import exit \(back.status)",
                storeIsUnchanged: isUnchanged, nextIsAnswered: next.status == 0
            ).print()
        }
    }

    @Test func `new files are this person's alone, whatever the umask`() throws {
        let household = try Household()
        let open = ["/bin/sh", "-c", "umask 0; exec \"$@\"", "sh"]
        let bundle = household.scratch.file("bundle")
        for words in [
            ["init", "--for", "Anna", "--zone", "Europe/London"], ["log", "note", "One."],
            ["export", bundle],
        ] {
            let ended = try household.start(.laptop, words, under: open).wait()
            #expect(ended.status == 0, "\(ended.text)")
        }
        let home = household.home(.laptop)
        #expect(StoreSnapshot.mode(home) == S_IFDIR | 0o700)
        #expect(StoreSnapshot.mode(bundle) == S_IFREG | 0o600)
        let modes = try StoreSnapshot(home, in: household.scratch).modes
        #expect(modes.count >= 3)
        let isPrivate = modes.values.allSatisfy { $0 == S_IFREG | 0o600 }
        #expect(isPrivate, "\(modes)")
        let next = try household.run(.laptop, "list")
        try HostileRow(
            "A42", "umask 0", answer: "files 0600, directory 0700", storeIsUnchanged: isPrivate,
            nextIsAnswered: next.status == 0
        ).print()
    }
}
