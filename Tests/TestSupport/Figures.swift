import Foundation

/// One line of the table that `make torture` prints: what was done to the processes, how often, and
/// what it cost.
package struct Figures {
    private let cells: [String]

    /// - Parameters:
    ///   - lost: what somebody was told is saved, and what is nowhere any more.
    ///   - wrong: what was shown, unmarked, and is not what was recorded.
    package init(_ what: String, count: Int, lost: Int = 0, wrong: Int = 0, note: String = "") {
        cells = [what, "\(count)", "\(lost)", "\(wrong)", note]
    }

    /// Adds this line to the table.
    package func print() throws {
        let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let table = project.appendingPathComponent("build/torture")
        try FileManager.default.createDirectory(at: table, withIntermediateDirectories: true)
        try Data((cells.joined(separator: "\t") + "\n").utf8)
            .write(to: table.appendingPathComponent(UUID().uuidString))
    }

    /// How much of a test is done: a share in every run, all with this variable.
    package static func size(_ variable: String, _ share: Int) -> Int {
        ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } ?? share
    }
}

/// How often each of a few things happened, in words.
package struct Tally: Sendable {
    private var counts: [String: Int] = [:]

    package init() {}

    package mutating func note(_ what: String) { counts[what, default: 0] += 1 }

    package var words: String {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }
}
