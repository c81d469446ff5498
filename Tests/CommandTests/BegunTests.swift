import Foundation
import SyncCore
import TestSupport
import Testing

/// What was begun at a terminal one day and finished on another is of the day it was begun.
@Suite(.timeLimit(.minutes(60))) struct BegunTests {
    private let household: Household
    private static let dayMs: Int64 = 86_400_000

    init() throws {
        household = try Household()
        try household.run(.laptop, "init", "--for", "Anna", "--zone", "Europe/London")
    }

    /// Types a command at a terminal, then these answers, and then nothing more; or Ctrl-C, once the
    /// store holds the text `interrupted`.
    private func type(
        _ answers: [String], interrupted text: String? = nil, _ words: String..., status: Int32
    ) throws -> Ended {
        let lines = answers.map { $0 + "\\n" }.joined()
        let store = household.home(.laptop)
        let rest = text.map {
            "; for i in $(seq 600); do grep -qaF '\($0)' \(store)/* && break; sleep 0.1; done; printf '\\003'"
        }
        let typing = "(printf '\(lines)'\(rest ?? ""))"
        let ended = try household.start(
            .laptop, words,
            under: ["/bin/sh", "-c", "\(typing) | script -qec \"$*\" /dev/null", "sh"]
        ).wait()
        #expect(ended.status == status, "\(ended.text)")
        return ended
    }

    private func last(_ field: String) throws -> JSONValue? {
        let shown = try household.json(.laptop, "show", "last")
        return shown["fields"]?[field]?.arrayValue?.first?["value"]
    }

    @Test func `a time of day that was answered on Sunday is Sunday's on Monday`() throws {
        _ = try type(["hizentra"], "log", "infusion", "--start", "08:05", status: 2)
        household.now += Self.dayMs
        let ended = try type(["y", "8x4g", "P1", "", "self"], "log", "infusion", status: 0)
        #expect(ended.text.contains("You had begun one on Sunday 29 March 2026."), "\(ended.text)")
        #expect(try last("time")?["start"]?["wall"] == "2026-03-29T08:05")
    }

    @Test func `one that names no time is of the day it was begun`() throws {
        _ = try type(["hizentra"], "log", "infusion", "--pump", "Freedom", status: 2)
        household.now += Self.dayMs
        _ = try type(["y", "8x4g", "P1", "", "self"], "log", "infusion", status: 0)
        #expect(try last("time")?["start"]?["wall"] == "2026-03-29")
        #expect(try last("pump")?["model"] == "Freedom")
    }

    @Test
    func `gone on with after midnight, now is now and a time of day is the day's it was begun`()
        throws
    {
        for (answer, start) in [("08:05", "2026-03-29T08:05"), ("now", "2026-03-30")] {
            _ = try type(["hizentra"], "log", "infusion", "--rate", "35", status: 2)
            household.now += Self.dayMs
            let answers = ["y", "8x4g", "P1", "", "self", "ok", answer, ""]
            _ = try type(answers, "log", "infusion", status: 0)
            let wall = try last("time")?["start"]?["wall"]?.stringValue
            #expect(wall?.hasPrefix(start) == true, "\(wall ?? "none")")
            household.now -= Self.dayMs
        }
    }

    @Test func `what was refused is asked again, and the rest is kept`() throws {
        _ = try type(
            ["hizentra", "2x10g+1x4g", "P1"], interrupted: #"lots":["P1"]"#, "log", "infusion",
            status: 130)
        let refused = try type(
            ["y", "P2", "self", "ok", "2026-03-29T08:05"], "log", "infusion", "--end",
            "2026-03-29T07:05", status: 2)
        #expect(refused.text.contains("Lot of the 1 x 4.0 g, as printed?"), "\(refused.text)")
        let ended = try type(["y", "08:10", "08:40"], "log", "infusion", status: 0)
        #expect(ended.text.contains("Start?"), "\(ended.text)")
        #expect(try last("vials.2")?["lot"] == "P2")
        #expect(try last("time")?["end"]?["wall"] == "2026-03-29T08:40")
    }

    @Test func `a day that was said stays said`() throws {
        _ = try type(["hizentra"], "log", "infusion", "--day", "friday", status: 2)
        household.now += Self.dayMs
        _ = try type(["y", "8x4g", "P1", "", "self"], "log", "infusion", status: 0)
        #expect(try last("time")?["start"]?["wall"] == "2026-03-27")
    }

    @Test func `an end that is said before the start is of the day of the start`() throws {
        _ = try type(
            ["hizentra", "8x4g", "P1", "", "self", "ok", "saturday 09:05", ""], "log", "infusion",
            "--end", "10:20", status: 0)
        #expect(try last("time")?["start"]?["wall"] == "2026-03-28T09:05")
        #expect(try last("time")?["end"]?["wall"] == "2026-03-28T10:20")
    }

    @Test func `a start of another day than the one begun is another infusion`() throws {
        _ = try type(["hizentra"], "log", "infusion", "--day", "friday", status: 2)
        let other = try type(
            ["hizentra", "8x4g", "P1", "", "self"], "log", "infusion", "--start", "07:05", status: 0
        )
        #expect(other.text.contains("You had begun another one. It stays"), "\(other.text)")
        #expect(try last("time")?["start"]?["wall"] == "2026-03-29T07:05")
        let begun = try type(["y", "4x4g", "P2", "", "self"], "log", "infusion", status: 0)
        #expect(begun.text.contains("You had begun one."), "\(begun.text)")
        try household.run(.laptop, "show", "2026-03-27")
    }

    @Test func `a checklist is of the day on which it was answered`() throws {
        _ = try type(["y"], interrupted: "feels_well=y", "check", "--ask", status: 130)
        household.now += Self.dayMs
        let ended = try type(["y", "n"], "check", "--ask", status: 0)
        #expect(ended.text.contains("You had begun one on Sunday 29 March 2026."), "\(ended.text)")
        #expect(try last("time")?["start"]?["wall"] == "2026-03-29")
        #expect(try last("answer.feels_well") == "yes")
        #expect(try last("answer.infection_or_antibiotics") == "no")
        household.now += 60_000
        let next = try type([], "check", "--ask", status: 2)
        #expect(!next.text.contains("You had begun"), "\(next.text)")
    }
}
