/// Why bytes are no message; nothing of it was looked at further.
public enum MessageFlaw: Error, Equatable, Sendable {
    /// Not canonical JSON: which line from 0, and where in it.
    case json(line: Int, CanonicalJSONError)
    /// A header member is missing or is not what it has to be.
    case header(String)
    /// A header member has to be a list of positions and is not.
    case clock(String)
    /// The header names a version this side does not speak.
    case version
    /// The last line has no newline, or lines stand after the last heads.
    case truncated
    /// A line that is neither an event nor heads.
    case unknownLine(Int)
    /// More bytes of header or lines than a message may have.
    case tooLarge
}
