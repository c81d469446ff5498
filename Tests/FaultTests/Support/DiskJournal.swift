import Foundation
import TestSupport

/// Every change that processes made to a disk, and every wait for it, in their order.
struct DiskJournal {
    enum Record {
        case create(inode: UInt, path: String, isDirectory: Bool)
        case write(inode: UInt, at: Int, bytes: ArraySlice<UInt8>)
        case truncate(inode: UInt, length: Int)
        case rename(from: String, to: String)
        case exchange(String, String)
        case link(from: String, to: String)
        case unlink(String)
        case sync(inode: UInt)
        /// Set by the test between two commands.
        case mark(Int)
    }

    let records: [Record]

    init(_ path: String) throws {
        let bytes = [UInt8](FileManager.default.contents(atPath: path) ?? Data())
        var records: [Record] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let cells = String(decoding: rest[..<end], as: UTF8.self)
                .split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            rest = rest[rest.index(after: end)...]
            func number(_ index: Int) throws -> Int {
                guard index < cells.count, let number = Int(cells[index]) else {
                    throw Unexpected("a record of the journal: \(cells)")
                }
                return number
            }
            func text(_ index: Int) throws -> String {
                guard index < cells.count else {
                    throw Unexpected("a record of the journal: \(cells)")
                }
                return cells[index]
            }
            switch cells[0] {
            case "C", "D":
                records.append(
                    .create(
                        inode: UInt(try number(1)), path: try text(2),
                        isDirectory: cells[0] == "D"))
            case "W":
                let length = try number(3)
                records.append(
                    .write(
                        inode: UInt(try number(1)), at: try number(2), bytes: rest.prefix(length)))
                rest = rest.dropFirst(length)
            case "T": records.append(.truncate(inode: UInt(try number(1)), length: try number(2)))
            case "R": records.append(.rename(from: try text(1), to: try text(2)))
            case "X": records.append(.exchange(try text(1), try text(2)))
            case "L": records.append(.link(from: try text(1), to: try text(2)))
            case "U": records.append(.unlink(try text(1)))
            case "S": records.append(.sync(inode: UInt(try number(1))))
            case "M": records.append(.mark(try number(1)))
            default: throw Unexpected("a record of the journal: \(cells)")
            }
        }
        self.records = records
    }

    /// Adds a mark to a journal that is being written.
    static func mark(_ number: Int, in path: String) throws {
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.seekToEnd()
        try file.write(contentsOf: Data("M\t\(number)\n".utf8))
        try file.close()
    }
}
