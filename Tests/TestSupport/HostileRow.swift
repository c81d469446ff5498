import Foundation

/// One row of the table of hostile inputs: what came, what was answered, and what it did to the rest.
///
/// Rows are kept as files under `build/hostile`, so that tests of all kinds, each in its own order,
/// make one table; `scripts/hostile` prints it.
package struct HostileRow: Sendable {
    /// The stable name of the row, as in `A08`.
    package var number: String
    package var input: String
    /// What was answered, as a reader wants it: `413 too-large`.
    package var answer: String
    package var storeIsUnchanged: Bool
    package var nextIsAnswered: Bool

    package init(
        _ number: String, _ input: String, answer: String, storeIsUnchanged: Bool,
        nextIsAnswered: Bool
    ) {
        self.number = number
        self.input = input
        self.answer = answer
        self.storeIsUnchanged = storeIsUnchanged
        self.nextIsAnswered = nextIsAnswered
    }

    /// Adds this row to the table.
    package func print() throws {
        let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let table = project.appendingPathComponent("build/hostile")
        try FileManager.default.createDirectory(at: table, withIntermediateDirectories: true)
        let cells = [
            number, input, answer, storeIsUnchanged ? "yes" : "NO", nextIsAnswered ? "yes" : "NO",
        ]
        let name = "\(number)-\(UUID().uuidString)"
        try Data((cells.joined(separator: "\t") + "\n").utf8)
            .write(to: table.appendingPathComponent(name))
    }
}
