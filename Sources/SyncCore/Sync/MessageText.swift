/// A header line, then sections: the one form of requests, answers and bundles (NDJSON).
struct MessageText {
    let header: JSONObject
    let sections: [Section]

    /// Reads a message of this version; event lines are only told apart, not looked into.
    init(_ bytes: [UInt8], page: PageLimit) throws(MessageFlaw) {
        let newline = UInt8(ascii: "\n")
        guard let headerEnd = bytes.firstIndex(of: newline) else { throw .truncated }
        guard headerEnd <= SyncLimits.headerLength else { throw .tooLarge }
        header = try Self.object(Array(bytes[..<headerEnd]), line: 0)
        // A newer version may have other lines below: nothing of them is looked at.
        try header.checkVersion()
        guard bytes.last == newline else { throw .truncated }
        var sections: [Section] = []
        var lines: [[UInt8]] = []
        var length = 0
        var number = 0
        var start = headerEnd + 1
        while start < bytes.endIndex, let end = bytes[start...].firstIndex(of: newline) {
            let slice = bytes[start..<end]
            number += 1
            start = end + 1
            if slice.starts(with: Self.headsPrefix) {
                guard slice.count <= SyncLimits.headerLength else { throw .tooLarge }
                let heads = try Self.heads(Array(slice), line: number)
                sections.append(Section(lines: lines, heads: heads))
                lines = []
            } else if slice.starts(with: Self.bodyPrefix) || slice.starts(with: Self.erasedPrefix) {
                length += slice.count + 1
                guard length <= page.bytes else { throw .tooLarge }
                lines.append(Array(slice))
            } else {
                throw .unknownLine(number)
            }
        }
        guard lines.isEmpty else { throw .truncated }
        self.sections = sections
    }

    private static let headsPrefix = Array("{\"heads\":".utf8)
    private static let bodyPrefix = Array("{\"body\":".utf8)
    private static let erasedPrefix = Array("{\"erased\":".utf8)

    private static func object(_ bytes: [UInt8], line: Int) throws(MessageFlaw) -> JSONObject {
        do {
            let value = try JSONValue(canonical: bytes)
            if let object = value.objectValue { return object }
        } catch { throw .json(line: line, error) }
        throw .header("an object was expected")
    }

    private static func heads(_ bytes: [UInt8], line: Int) throws(MessageFlaw) -> [Head] {
        var scanner = CanonicalJSONScanner(bytes)
        var heads: [Head] = []
        do {
            try scanner.scanObject { (scanner, key) throws(CanonicalJSONError) in
                guard scanner.bytes[key].elementsEqual("heads".utf8) else {
                    try scanner.skipValue()
                    return
                }
                try scanner.scanArray { (scanner) throws(CanonicalJSONError) in
                    let (position, signature) = try scanner.scanSignedPosition()
                    heads.append(Head(position: position, signature: signature))
                }
            }
            try scanner.expectEnd()
        } catch { throw .json(line: line, error) }
        return heads
    }

    /// The bytes of a message.
    static func write(header: JSONObject, sections: [Section]) -> [UInt8] {
        var bytes = JSONValue.object(header).canonicalBytes
        bytes.append(UInt8(ascii: "\n"))
        for section in sections {
            for line in section.lines {
                bytes += line
                bytes.append(UInt8(ascii: "\n"))
            }
            bytes += Section.headsLine(section.heads)
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }
}

extension JSONObject {
    func clock(_ member: String) throws(MessageFlaw) -> VectorClock {
        guard let clock = self[member].flatMap(VectorClock.init(json:)) else {
            throw .clock(member)
        }
        return clock
    }

    fileprivate func checkVersion() throws(MessageFlaw) {
        guard let version = self["sync"]?.integerValue else {
            throw .header("sync has to be a version number")
        }
        guard version == SyncLimits.version else { throw .version }
    }
}
