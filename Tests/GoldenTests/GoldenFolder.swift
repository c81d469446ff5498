import Foundation
import SyncCore
import TestSupport
import Testing

/// What one version wrote: stores, backups, a bundle, messages, and what they said then.
struct GoldenFolder: CustomTestStringConvertible, Sendable {
    /// The stores in a folder, by the name of their archive.
    enum Home: String, CaseIterable, Sendable {
        /// Anna's laptop: most of what a diary can hold, and some that its clinic lacks.
        case device
        /// The same, copied while a process had it open: an entry is in the write-ahead log alone.
        case interrupted
        /// Ben's phone, which was copied, and the copy.
        case phone, copy
        /// A device that the clinic closed.
        case closed
        case clinic

        var file: String { rawValue + ".tar.gz" }
        var isClinic: Bool { self == .clinic }
        /// Whether only its diaries are kept as lines, and not every entry: it is much like `device`.
        var isShort: Bool { self != .device && self != .clinic }
    }

    let name: String

    var testDescription: String { name }
    var path: String { Self.root + "/" + name }

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Golden").path

    /// Every version's folder, the oldest first.
    static let all: [GoldenFolder] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return names.compactMap { name in
            name.wholeMatch(of: /store-(\d+)/).flatMap { Int($0.output.1) }.map { ($0, name) }
        }.sorted { $0.0 < $1.0 }.map { GoldenFolder(name: $0.1) }
    }()

    func bytes(_ file: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(fileURLWithPath: path + "/" + file)))
    }

    func json(_ file: String) throws -> JSONValue {
        try JSONValue(canonical: bytes(file).dropLast())
    }

    /// Canonical JSON, a value a line.
    func lines(_ file: String) throws -> [JSONValue] {
        try bytes(file).split(separator: UInt8(ascii: "\n")).map {
            try JSONValue(canonical: Array($0), depthLimit: 64)
        }
    }

    func write(_ lines: [JSONValue], to file: String) throws {
        let text = lines.map { $0.canonicalText + "\n" }.joined()
        try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + file))
    }

    /// Packs a store's directory with its modes, the same for the same files.
    func pack(_ home: Home, from directory: String, in scratch: Scratch) throws {
        try tar(
            [
                "--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mtime=@0", "-czf",
                path + "/" + home.file, "-C", directory, ".",
            ], in: scratch)
    }

    /// Unpacks a store into a new directory.
    func unpack(_ home: Home, to directory: String, in scratch: Scratch) throws {
        try unpack(home.file, to: directory, in: scratch)
    }

    func unpack(_ file: String, to directory: String, in scratch: Scratch) throws {
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        try tar(["-xpzf", path + "/" + file, "--no-same-owner", "-C", directory], in: scratch)
    }

    func tar(_ words: [String], in scratch: Scratch) throws {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let ended = try Child(
            "/usr/bin/env", ["tar"] + words, environment: ["PATH": path], in: scratch
        ).wait()
        guard ended.status == 0 else { throw Unexpected(ended.text) }
    }
}

extension GoldenFolder {
    /// The backups in `backups.tar.gz`.
    static let backups = "backups.tar.gz"

    static func backup(_ home: Home) -> String { home.rawValue + ".backup" }

    /// What a store said when it was packed, read by the library.
    func said(by home: Home) throws -> [JSONValue] { try lines("\(home).said.jsonl") }

    /// What the command printed for it: `words` and `answer`.
    func printed(for home: Home) throws -> [JSONValue] { try lines("\(home).printed.jsonl") }

    /// The time of the last command, in milliseconds since 1970.
    func now() throws -> Int64 { try #require(json("facts.json")["now"]?.integerValue) }
}
