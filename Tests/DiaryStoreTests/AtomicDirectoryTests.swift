import DiaryStore
import Foundation
import TestSupport
import Testing

@Suite struct AtomicDirectoryTests {
    private func text(_ path: String) throws -> String {
        try String(contentsOfFile: path, encoding: .utf8)
    }

    private func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    @Test func `nothing has the name before all is written, and then all of it has`() throws {
        let scratch = try TestSupport.Scratch()
        let place = scratch.file("out")
        let directory = try AtomicDirectory(path: place)
        try directory.append("a", to: "one.csv")
        try directory.append("b", to: "two.csv")
        try directory.append("c", to: "one.csv")
        #expect(!FileManager.default.fileExists(atPath: place))
        try directory.finish()
        #expect(try text(place + "/one.csv") == "ac")
        #expect(try text(place + "/two.csv") == "b")
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["out"])
    }

    @Test func `it is for this user alone`() throws {
        let scratch = try TestSupport.Scratch()
        let directory = try AtomicDirectory(path: scratch.file("out/"))
        try directory.append("a", to: "one.csv")
        try directory.finish()
        #expect(try mode(scratch.file("out")) == 0o700)
        #expect(try mode(scratch.file("out/one.csv")) == 0o600)
    }

    @Test func `one that is given up leaves nothing`() throws {
        let scratch = try TestSupport.Scratch()
        do {
            let directory = try AtomicDirectory(path: scratch.file("out"))
            try directory.append("a", to: "one.csv")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)
    }

    @Test func `what a process left that was killed is no obstacle`() throws {
        let scratch = try TestSupport.Scratch()
        let left = scratch.file("out.new")
        try FileManager.default.createDirectory(
            atPath: left, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700]
        )
        try Data("half".utf8).write(to: URL(fileURLWithPath: left + "/one.csv"))
        let directory = try AtomicDirectory(path: scratch.file("out"))
        try directory.append("whole", to: "one.csv")
        try directory.finish()
        #expect(try text(scratch.file("out/one.csv")) == "whole")
    }

    @Test func `what has the name already is never touched, not even if it came meanwhile`() throws
    {
        let scratch = try TestSupport.Scratch()
        let place = scratch.file("out")
        let directory = try AtomicDirectory(path: place)
        try directory.append("new", to: "one.csv")
        try FileManager.default.createDirectory(
            atPath: place, withIntermediateDirectories: false)
        try Data("old".utf8).write(to: URL(fileURLWithPath: place + "/one.csv"))
        #expect(throws: StoreError.self) { try directory.finish() }
        #expect(throws: StoreError.self) { try AtomicDirectory(path: place) }
        #expect(try text(place + "/one.csv") == "old")
    }
}
