internal import SyncCore

/// The two fields of a body that a row of the read model needs, found without building the rest.
struct BodyGlance {
    private(set) var status: JSONValue?
    /// The instant in `time`.
    private(set) var startMs: Int64?

    /// - Returns: nil where the body was erased, or is not as it was when it was taken.
    init?(_ line: EventLine) {
        guard case .body(let range) = line.content else { return nil }
        var scanner = CanonicalJSONScanner(line.bytes, in: range)
        var status: JSONValue?
        var startMs: Int64?
        do throws(CanonicalJSONError) {
            try scanner.scanObject { (scanner, key) throws(CanonicalJSONError) in
                guard scanner.bytes[key].elementsEqual("set".utf8) else {
                    try scanner.skipValue()
                    return
                }
                try scanner.scanObject { (scanner, key) throws(CanonicalJSONError) in
                    if scanner.bytes[key].elementsEqual(Vocabulary.status.utf8) {
                        status = try scanner.scanValue()
                    } else if scanner.bytes[key].elementsEqual(EntryRow.time.utf8) {
                        startMs = try scanner.scanStart()
                    } else {
                        try scanner.skipValue()
                    }
                }
            }
        } catch { return nil }
        self.status = status
        self.startMs = startMs
    }
}

extension CanonicalJSONScanner {
    /// Steps over the value of `time`: the integer at `start`, `ms`, where there is one.
    fileprivate mutating func scanStart() throws(Failure) -> Int64? {
        try scanMember("start") { (scanner) throws(Failure) in
            try scanner.scanMember("ms") { (scanner) throws(Failure) in
                try scanner.scanValue().integerValue
            }
        }
    }

    /// Steps over any value; of an object, what `read` makes of the member of this name.
    private mutating func scanMember(
        _ name: String, _ read: (inout Self) throws(Failure) -> Int64?
    ) throws(Failure) -> Int64? {
        guard try peek() == UInt8(ascii: "{") else {
            try skipValue()
            return nil
        }
        var found: Int64?
        try scanObject { (scanner, key) throws(Failure) in
            if scanner.bytes[key].elementsEqual(name.utf8) {
                found = try read(&scanner)
            } else {
                try scanner.skipValue()
            }
        }
        return found
    }
}
