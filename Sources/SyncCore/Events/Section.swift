/// Lines of one or several logs in causal order, then a head for each branch tip among them.
///
/// It is taken whole or not at all, and never cut; neighbouring sections may be joined.
public struct Section: Sendable, Hashable {
    /// The most bytes the lines of a section have together, newlines counted, unless it is one line.
    public static let lengthLimit = 64 * 1024

    /// Lines as received: not yet known to be events.
    public var lines: [[UInt8]]
    public var heads: [Head]

    public init(lines: [[UInt8]], heads: [Head]) {
        self.lines = lines
        self.heads = heads
    }

    /// Bytes of the lines on the wire, newlines counted.
    public var length: Int { lines.reduce(0) { $0 + $1.count + 1 } }

    /// `{"heads":[…]}`, the line that closes a section.
    public static func headsLine(_ heads: [Head]) -> [UInt8] {
        let heads = heads.sorted { $0.position < $1.position }
        return JSONValue.object(["heads": .array(heads.map(\.json))]).canonicalBytes
    }
}
