import Foundation
import SyncCore
import Testing

/// The vector files and protocol.md, as they stand in the repository.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let vectors = root.appendingPathComponent("Tests/ConformanceVectors")

    static func bytes(of vectorFile: String) throws -> [UInt8] {
        try Array(Data(contentsOf: vectors.appendingPathComponent(vectorFile)))
    }

    static func protocolText() throws -> String {
        try String(contentsOf: root.appendingPathComponent("protocol.md"), encoding: .utf8)
    }

    static func source(_ path: String) throws -> String {
        try String(
            contentsOf: root.appendingPathComponent("Sources/" + path), encoding: .utf8)
    }

    /// A vector file as a value.
    static func vectors(_ name: String) throws -> JSONValue {
        try JSONValue(canonical: withoutLayout(bytes(of: name + ".json")), depthLimit: 64)
    }

    /// The cases of a vector file.
    static func cases(_ name: String, _ member: String? = nil) throws -> [JSONValue] {
        let value = try vectors(name)
        return try #require((member.map { value[$0] } ?? value)?.arrayValue)
    }

    /// The bytes without the line breaks and spaces that lay the file out for people.
    private static func withoutLayout(_ bytes: [UInt8]) -> [UInt8] {
        var inString = false
        var escaped = false
        return bytes.filter { byte in
            defer {
                if byte == UInt8(ascii: "\""), !escaped { inString.toggle() }
                escaped = inString && byte == UInt8(ascii: "\\") && !escaped
            }
            return inString || (byte != UInt8(ascii: " ") && byte != UInt8(ascii: "\n"))
        }
    }
}

extension JSONValue {
    func text(_ key: String) throws -> String { try #require(self[key]?.stringValue, "\(key)") }
    func items(_ key: String) throws -> [JSONValue] {
        try #require(self[key]?.arrayValue, "\(key)")
    }
    func number(_ key: String) throws -> Int64 { try #require(self[key]?.integerValue, "\(key)") }

    func id<ID: OpaqueIdentifier>(_ key: String, _: ID.Type = ID.self) throws -> ID {
        try #require(ID(try text(key)), "\(key)")
    }

    func hex(_ key: String) throws -> [UInt8] { try octets(ofHex: text(key)) }

    func position(_ key: String) throws -> Position {
        try #require(self[key].flatMap(Position.init(json:)), "\(key)")
    }

    func clock(_ key: String) throws -> VectorClock {
        try #require(self[key].flatMap(VectorClock.init(json:)), "\(key)")
    }

    /// A section as the vectors write it.
    func section() throws -> Section {
        let heads = try items("heads").map { head in
            let parts = try #require(head.arrayValue)
            return Head(
                position: try #require(Position(json: .array(Array(parts.prefix(3))))),
                signature: try #require(parts.last?.stringValue.flatMap { Signature($0) }))
        }
        let lines = try items("lines").map { Array(try #require($0.stringValue).utf8) }
        return Section(lines: lines, heads: heads)
    }

    func sections(_ key: String) throws -> [Section] { try items(key).map { try $0.section() } }

    /// A store that holds the case's sections.
    func store(holding key: String, clinic: String = "clinic") throws -> MemoryEventStore {
        let pin = try self[clinic].map { try #require($0.stringValue.flatMap { PublicKey($0) }) }
        var store = MemoryEventStore(diary: try id("diary"), pinnedClinic: pin)
        let sections = try sections(key)
        #expect(try store.take(sections).taken == sections.count)
        return store
    }
}

func octets(ofHex text: String) throws -> [UInt8] {
    let digits = Array(text)
    return try stride(from: 0, to: digits.count, by: 2).map {
        try #require(UInt8(String(digits[$0...($0 + 1)]), radix: 16))
    }
}
