import Foundation
import Glibc
import SyncCore
import TestSupport
import Testing

/// The Debian package and its units, made of the built command and tried in a directory of its own.
@Suite(.timeLimit(.minutes(60)), .serialized) struct PackageTests {
    private let scratch: Scratch
    /// Where the sources are.
    private static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    init() throws { scratch = try Scratch() }

    @discardableResult
    private func run(
        _ words: [String], status: Int32 = 0, environment: [String: String] = [:]
    ) throws -> Ended {
        var variables = ["HOME": scratch.path, "LC_ALL": "C", "SWIFT_BACKTRACE": "enable=no"]
        variables["PATH"] = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin"
        if let path = ProcessInfo.processInfo.environment["PATH"] {
            variables["PATH"] = path + ":/usr/sbin:/sbin"
        }
        let ended = try Child(
            "/usr/bin/env", words, environment: variables.merging(environment) { $1 }, in: scratch
        ).wait()
        #expect(ended.status == status, "\(words.joined(separator: " ")):\n\(ended.text)")
        return ended
    }

    private func has(_ program: String) throws -> Bool {
        try Child(
            "/bin/sh", ["-c", "command -v \(program)"],
            environment: ["PATH": "/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin"], in: scratch
        ).wait().status == 0
    }

    /// The package of the command as it was built for these tests, packed once.
    private static let packed = Result {
        let tests = try PackageTests()
        let ended = try tests.run([
            project + "/scripts/deb", "--binary", Child.diary, "--output", tests.scratch.path,
            "--uncompressed",
        ])
        let path = ended.output.trimmingCharacters(in: .whitespacesAndNewlines)
        return (path, tests.scratch)
    }

    private func package() throws -> String { try Self.packed.get().0 }

    /// `dpkg` over a directory that stands for a computer.
    private func dpkg(_ root: String, _ words: String...) throws -> Ended {
        let privilege = getuid() == 0 ? [] : ["fakeroot"]
        return try run(
            privilege + [
                "dpkg", "--root=\(root)", "--force-script-chrootless", "--force-depends",
                "--log=/dev/null",
            ] + words)
    }

    /// Every file and link below `root` but dpkg's own, without its start.
    private func files(_ root: String) throws -> [String] {
        try run(["find", root, "!", "-type", "d"]).output.split(separator: "\n")
            .map { String($0.dropFirst(root.count)) }
            .filter { !$0.hasPrefix("/var/lib/dpkg/") && !$0.hasPrefix("/etc/passwd") }
            .filter { !["/etc/group", "/etc/shadow", "/etc/gshadow"].contains($0) }
            .filter { !$0.hasPrefix("/etc/.") && !$0.hasSuffix("-") }.sorted()
    }

    private func mode(_ path: String) throws -> Int {
        let value = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        return try #require(value as? Int)
    }

    @Test func `the package installs, runs, and leaves nothing but data`() throws {
        let package = try package()
        let root = scratch.file("computer")
        try FileManager.default.createDirectory(
            atPath: root + "/var/lib/dpkg", withIntermediateDirectories: true)
        try FileManager.default.createDirectory(
            atPath: root + "/etc", withIntermediateDirectories: true)
        try "".write(toFile: root + "/var/lib/dpkg/status", atomically: true, encoding: .utf8)

        _ = try dpkg(root, "--install", package)
        let installed = try files(root)
        #expect(
            installed == [
                "/etc/diary/clinic.json", "/usr/bin/diary",
                "/usr/lib/systemd/system/diary-clinic.service",
                "/usr/lib/systemd/user/diary-sync.service",
                "/usr/lib/systemd/user/diary-sync.timer", "/usr/lib/sysusers.d/diary.conf",
                "/usr/share/bash-completion/completions/diary",
                "/usr/share/doc/diary/changelog.gz", "/usr/share/doc/diary/copyright",
                "/usr/share/doc/diary/operating.md",
                "/usr/share/fish/vendor_completions.d/diary.fish",
                "/usr/share/man/man1/diary.1.gz", "/usr/share/man/man8/diary-clinic.8.gz",
                "/usr/share/zsh/vendor-completions/_diary",
            ])
        for file in installed {
            #expect(try mode(root + file) == (file == "/usr/bin/diary" ? 0o755 : 0o644), "\(file)")
        }
        let version = try run([root + "/usr/bin/diary", "--version"]).output
        #expect(package.contains("diary_\(version.dropLast())_"))
        #expect(try run([Child.diary, "--version"]).output == version)

        let config = root + "/etc/diary/clinic.json"
        try run([root + "/usr/bin/diary", "clinic", "serve", "--check-config", "--config", config])

        _ = try dpkg(root, "--remove", "diary")
        #expect(try files(root) == ["/etc/diary/clinic.json"])
        let data = root + "/var/lib/diary"
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        try "a diary".write(toFile: data + "/clinic.db", atomically: true, encoding: .utf8)
        let purged = try dpkg(root, "--purge", "diary")
        #expect(purged.text.contains("holds a clinic's diaries and is kept"), "\(purged.text)")
        #expect(try files(root) == ["/var/lib/diary/clinic.db"])
    }

    @Test func `where the system makes users, the clinic's directory is its user's alone`() throws {
        guard try has("systemd-sysusers") else { return }
        let root = scratch.file("computer")
        for directory in ["/var/lib/dpkg", "/etc"] {
            try FileManager.default.createDirectory(
                atPath: root + directory, withIntermediateDirectories: true)
        }
        try "".write(toFile: root + "/var/lib/dpkg/status", atomically: true, encoding: .utf8)
        _ = try dpkg(root, "--install", package())
        #expect(try mode(root + "/var/lib/diary") == 0o700)
        let users = try String(contentsOfFile: root + "/etc/passwd", encoding: .utf8)
        #expect(users.contains("diary:x:"))
        _ = try dpkg(root, "--purge", "diary")
        #expect(!FileManager.default.fileExists(atPath: root + "/var/lib/diary"))
    }

    @Test func `the manual pages name every command, option and exit status`() throws {
        let package = try package()
        let tree = scratch.file("tree")
        try run(["dpkg-deb", "--extract", package, tree])
        let device = try run(["gzip", "-dc", tree + "/usr/share/man/man1/diary.1.gz"]).output
        let clinic = try run(["gzip", "-dc", tree + "/usr/share/man/man8/diary-clinic.8.gz"]).output
        #expect(device.contains(".SS diary log infusion\n"))
        #expect(device.contains(#"\fB\-\-ca\fR \fICA\fR"#))
        #expect(clinic.contains(".SS diary clinic serve\n"))
        #expect(clinic.contains(#"\fB\-\-check\-config\fR"#))
        for code in 0...6 {
            #expect(device.contains("\n.TP\n.B \(code)\n"))
            #expect(clinic.contains("\n.TP\n.B \(code)\n"))
        }
        guard try has("man") else { return }
        for page in ["man1/diary.1.gz", "man8/diary-clinic.8.gz"] {
            let words = ["man", "--warnings", "-E", "UTF-8", "-l", tree + "/usr/share/man/" + page]
            let ended = try run(words, environment: ["MANWIDTH": "80"])
            #expect(ended.errors.isEmpty, "\(ended.errors)")
        }
    }

    @Test func `systemd is told once the clinic answers`() throws {
        let household = try Household()
        try household.beginClinic()
        let path = household.scratch.file("notify")
        let manager = try NotifySocket(path: path)
        household.drills["NOTIFY_SOCKET"] = path
        try household.open()
        #expect(manager.receive() == "READY=1")
    }

    @Test func `systemd finds nothing wrong with the units, and little exposed`() throws {
        guard try has("systemd-analyze") else { return }
        let units = Self.project + "/packaging/systemd/"
        for name in ["diary-clinic.service", "user/diary-sync.service", "user/diary-sync.timer"] {
            let unit = try String(contentsOfFile: units + name, encoding: .utf8)
            // The command is not installed where it is tested.
            try unit.replacing("/usr/bin/diary", with: Child.diary).write(
                toFile: scratch.file((name as NSString).lastPathComponent), atomically: true,
                encoding: .utf8)
        }
        let runtime = ["XDG_RUNTIME_DIR": scratch.path]
        let clinic = try run([
            "systemd-analyze", "verify", "--man=no", scratch.file("diary-clinic.service"),
        ])
        #expect(!clinic.text.contains("diary-"), "\(clinic.text)")
        let device = try run(
            [
                "systemd-analyze", "verify", "--man=no", "--user",
                scratch.file("diary-sync.service"), scratch.file("diary-sync.timer"),
            ], environment: runtime)
        #expect(!device.text.contains("diary-"), "\(device.text)")

        let exposure = try run([
            "systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=20",
            units + "diary-clinic.service",
        ])
        #expect(exposure.text.contains("Overall exposure level"))
    }
}
