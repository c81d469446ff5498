internal import SyncCore

/// The two fields of a body that a row of the read model needs, found without building the rest.
struct BodyGlance {
    private(set) var status: JSONValue?
    private(set) var time: JSONValue?

    /// - Returns: nil where the body was erased, or is not as it was when it was taken.
    init?(_ line: EventLine) {
        guard case .body(let range) = line.content else { return nil }
        var scanner = CanonicalJSONScanner(Array(line.bytes[range]))
        var status: JSONValue?
        var time: JSONValue?
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
                        time = try scanner.scanValue()
                    } else {
                        try scanner.skipValue()
                    }
                }
            }
        } catch { return nil }
        self.status = status
        self.time = time
    }
}
