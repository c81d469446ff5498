import Foundation
import TestSupport

/// What came of the faults of one kind in one command.
struct FaultTally {
    enum Flaw: String, CaseIterable {
        /// Something that was saved is gone.
        case lost
        /// Neither the old state nor the new one, or one that the next command cannot go on from.
        case third = "third states"
        /// The exit status or the text tells something else.
        case words
    }

    let command: String
    let fault: DiskFault
    let goesOn: Bool
    var calls = 0
    private(set) var runs = 0
    private(set) var statuses: [String: Int] = [:]
    private(set) var texts: [String: Int] = [:]
    private(set) var flaws: [Flaw: [String]] = [:]

    init(command: String, fault: DiskFault, goesOn: Bool) {
        self.command = command
        self.fault = fault
        self.goesOn = goesOn
    }

    mutating func note(_ ended: Ended) {
        runs += 1
        statuses[ended.signal.map { "signal \($0)" } ?? "\(ended.status)", default: 0] += 1
        let lines = ended.text.split(separator: "\n")
        if ended.status != 0, ended.signal == nil {
            texts["\(ended.status): \(lines.joined(separator: " | "))", default: 0] += 1
        }
    }

    mutating func add(_ flaw: Flaw, _ text: String) { flaws[flaw, default: []].append(text) }

    /// The first of each kind, for a person who has to look.
    var complaints: String {
        flaws.map { flaw, texts in
            "\(command), \(fault.rawValue): \(texts.count) \(flaw.rawValue)\n"
                + texts.prefix(6).joined(separator: "\n")
        }.joined(separator: "\n")
    }

    /// Adds this row to the table that `scripts/faults` prints.
    func print() throws {
        let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let table = project.appendingPathComponent("build/faults")
        try FileManager.default.createDirectory(at: table, withIntermediateDirectories: true)
        let ends = statuses.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        let cells =
            [
                command, fault.rawValue + (goesOn ? " on" : ""), "\(calls)", "\(runs)",
                ends.joined(separator: ", "),
            ] + Flaw.allCases.map { "\(flaws[$0]?.count ?? 0)" }
        let name = "\(command)-\(UUID().uuidString)".replacing("/", with: "-")
        try Data((cells.joined(separator: "\t") + "\n").utf8)
            .write(to: table.appendingPathComponent(name + ".row"))
        let said = texts.sorted { $0.key < $1.key }.map { "\($0.value)\t\($0.key)\n" }.joined()
        try Data((said + complaints).utf8)
            .write(to: table.appendingPathComponent(name + ".texts"))
    }
}
