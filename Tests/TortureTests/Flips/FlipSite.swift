import Foundation
import SeededRandom
import TestSupport

/// A single bit of a file, drawn from a seed, and what lies there.
struct FlipSite: CustomStringConvertible {
    let offset: Int
    let bit: UInt8

    init(seed: UInt64, length: Int) {
        var generator = SplitMix64(seed: seed)
        offset = generator.below(length)
        bit = UInt8(generator.below(8))
    }

    var description: String { "bit \(bit) of byte \(offset)" }

    func flip(_ path: String) throws {
        let url = URL(fileURLWithPath: path)
        var bytes = try Data(contentsOf: url)
        bytes[offset] ^= 1 << bit
        try bytes.write(to: url)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    /// What lies in each page of a database, by SQLite's own account.
    static func pages(of path: String, in scratch: Scratch) throws -> [Int: String] {
        let ended = try Child(
            "/usr/bin/env",
            ["sqlite3", "-readonly", path, "SELECT pageno, name, pagetype FROM dbstat"],
            environment: ["PATH": "/usr/bin:/bin"], in: scratch
        ).wait()
        guard ended.status == 0 else { throw Unexpected(ended.text) }
        var pages: [Int: String] = [:]
        for line in ended.output.split(separator: "\n") {
            let cells = line.split(separator: "|")
            guard cells.count == 3, let number = Int(cells[0]) else { continue }
            let name = cells[1].hasPrefix("sqlite_") ? "the schema or an index" : String(cells[1])
            pages[number] = cells[2] == "leaf" ? name : "\(name) (\(cells[2]))"
        }
        return pages
    }
}
