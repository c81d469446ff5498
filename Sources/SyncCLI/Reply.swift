import SyncCore

/// What a command has to say: lines for a person, one object for a program, and how it ended.
struct Reply {
    var lines: [String] = []
    var json: JSONObject = [:]
    var exit: ExitStatus = .done
    /// Done where the answer cannot be written, for one that is not shown twice; says what became of it.
    var ifUnwritten: (() throws -> String)?

    init(_ lines: String..., json: JSONObject = [:], exit: ExitStatus = .done) {
        self.lines = lines
        self.json = json
        self.exit = exit
    }

    mutating func say(_ line: String) { lines.append(line) }

    /// Says all that another reply says; of a member that both have, the other's stands.
    mutating func add(_ other: Reply) {
        lines += other.lines
        for member in other.json.members { json[member.key] = member.value }
        note(other.exit)
    }

    mutating func note(_ status: ExitStatus) { exit = max(exit, status) }
}

/// How a command ended; the highest that applies.
enum ExitStatus: Int32, Comparable {
    case done = 0
    case failed = 1
    case usage = 2
    /// Something waits for a person.
    case waits = 3
    /// The clinic was not reached; everything is safe here.
    case notReached = 4
    /// The clinic does not know this device; safe here, phone them.
    case notKnown = 5
    /// The store is damaged or newer; nothing was written.
    case damaged = 6

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// An error in words, with how the command ends.
struct Refused: Error {
    var lines: [String]
    var exit: ExitStatus
    /// A stable code for programs.
    var code: String

    init(_ lines: String..., code: String, exit: ExitStatus = .failed) {
        self.lines = lines
        self.code = code
        self.exit = exit
    }

    /// The terminal ended at a question that only a person can answer.
    static var unanswered: Refused {
        Refused(
            "Nobody answered. Nothing was saved, and what you had begun is kept.",
            code: "unanswered")
    }
}
