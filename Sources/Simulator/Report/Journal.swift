internal import SyncCore

/// What happened, as a digest that two runs can be compared by, and as a story for whoever asks.
struct Journal {
    private let isTelling: Bool
    private(set) var story: [String] = []
    private(set) var digest: [UInt8] = []
    private var step = ""

    init(isTelling: Bool) { self.isTelling = isTelling }

    mutating func begin(_ step: Step) {
        self.step = "\(step.number)"
        note("\(step.number) \(step.action.rawValue)")
    }

    /// Adds to the story.
    mutating func say(_ words: @autoclosure () -> String) {
        if isTelling { story.append("\(step.isEmpty ? "-" : step): \(words())") }
    }

    /// Adds to the digest.
    mutating func note(_ text: String) { note(Array(text.utf8)) }

    mutating func note(_ bytes: [UInt8]) { digest = SHA256Hash.octets(of: digest + bytes) }
}
