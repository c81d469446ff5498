/// What `make fuzz` feeds with bytes, and the tests with the bytes that it found worth keeping.
public enum FuzzTarget: String, CaseIterable, Sendable {
    /// The canonical JSON reader and writer.
    case json
    /// The same against Foundation's two readers.
    case foundation
    /// One event line, whole, or bent with its hashes set right again.
    case line
    /// A sync request, and what a store makes of its sections.
    case request
    /// A sync answer, and what a device makes of it.
    case answer
    /// A carried file, as `diary import` reads it.
    case bundle
    /// Lots, vials and fields, as typed and as received.
    case lot
    /// Dates, typed times, zone files and their rules.
    case time

    /// Whether what has to hold does for these bytes; it throws `Broken` if not, and never traps.
    public func check(_ bytes: [UInt8]) throws {
        switch self {
        case .json: try JSONProperty.check(bytes)
        case .foundation: try FoundationProperty.check(bytes)
        case .line: try LineProperty.check(bytes)
        case .request: try RequestProperty.check(bytes)
        case .answer: try AnswerProperty.check(bytes)
        case .bundle: try BundleProperty.check(bytes)
        case .lot: try LotProperty.check(bytes)
        case .time: try TimeProperty.check(bytes)
        }
    }
}

/// Something that has to hold does not.
public struct Broken: Error, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

/// Throws what is broken unless it holds.
func hold(_ holds: Bool, _ otherwise: @autoclosure () -> String) throws {
    guard holds else { throw Broken(otherwise()) }
}
