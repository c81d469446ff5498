import Foundation
import SyncCore
import TestSupport
import Testing

/// What was measured, borne and given, as it is read at home and at the clinic.
@Suite(.timeLimit(.minutes(60))) struct MeasuredTests {
    /// A diary of Anna's alone, on her laptop.
    private func alone() throws -> Household {
        let household = try Household()
        try household.run(
            .laptop, "init", "--for", "Anna", "--zone", "Europe/London", "--emergency", "999")
        return household
    }

    @Test func `the last of each measure is shown with its change, and drawn here or to a file`()
        throws
    {
        let household = try alone()
        #expect(try household.run(.laptop, "measure").output.contains("No measurement yet."))
        try household.run(.laptop, "measure", "grip_l", "60", "--day", "2026-03-08")
        try household.run(.laptop, "measure", "grip_l", "50", "--day", "2026-03-28")
        let last = try household.run(.laptop, "measure").output
        #expect(last.contains("grip of the left hand, Sat 28 Mar 2026: 50.0 kPa, home"), "\(last)")
        #expect(
            last.contains("since 8 Mar 2026: -10.0 kPa, worse, at or over the threshold"), "\(last)"
        )
        let drawn = try household.run(.laptop, "measure", "show", "grip", "--plot").output
        #expect(drawn.contains("2 points; a list follows the picture."), "\(drawn)")
        #expect(drawn.split(separator: "\n").allSatisfy { $0.count <= 100 })
        let file = household.scratch.file("grip.svg")
        try household.run(.laptop, "measure", "show", "grip", "grams", "--svg", file)
        #expect(try String(contentsOfFile: file, encoding: .utf8).contains("</svg>"))
        let grams = household.scratch.file("grip-2.svg")
        #expect(try String(contentsOfFile: grams, encoding: .utf8).contains("Grams each week"))
        let again = try household.run(
            .laptop, "measure", "show", "grip", "--svg", file, status: 1)
        #expect(again.text.contains("is there already. Nothing was written."))
        let wrong = try household.run(.laptop, "measure", "show", "mood", status: 2).text
        #expect(wrong.contains("Names: grip, "), "\(wrong)")
    }

    @Test func `reactions with a red flag come first, and whom to ring stands with a fresh one`()
        throws
    {
        let household = try alone()
        let infusion = try household.infusion(start: "06:05")
        let flagged = try household.run(
            .laptop, "reaction", infusion, "wheeze=yes", "--onset", "07:00", "--yes"
        ).output
        #expect(flagged.contains("Telephone 999 now."), "\(flagged)")
        try household.run(
            .laptop, "reaction", infusion, "headache=1", "--onset", "08:00", "--yes")
        let list = try household.json(.laptop, "reaction")
        let entries = try #require(list["entries"]?.arrayValue)
        #expect(entries.compactMap { $0["redFlags"]?.arrayValue?.count } == [1, 0])
        #expect(list["lastYear"]?["infusionsWithReaction"] == 1)
        let text = try household.run(.laptop, "reaction", "list").output
        #expect(text.contains("RED FLAG: breathing"), "\(text)")
        #expect(text.contains("In the last 12 months: 2 reactions in 1 infusion"), "\(text)")
    }

    @Test func `the clinic sets measures beside grams, and reactions beside lots`() throws {
        let household = try Household.joined()
        let handle = try household.sharedInfusion()
        try household.run(
            .laptop, "reaction", handle, "wheeze=yes", "headache=2", "--onset", "09:00", "--yes")
        try household.run(.laptop, "measure", "grip_l", "54.1")
        try household.meet()
        try household.run(
            .clinic, "log", "measurement", "--patient", "P03", "grip_l", "50.0")
        let report = try household.run(
            .clinic, "report", "P03", "--last-day", "2026-03-29", "--svg",
            household.scratch.file("P03")
        ).output
        #expect(report.contains("Received from every device up to Sunday 29 March"), "\(report)")
        #expect(report.contains("What was measured beside what was given:"), "\(report)")
        #expect(report.contains("50.0-54.1"), "\(report)")
        let picture = household.scratch.file("P03") + "/grip.svg"
        #expect(try String(contentsOfFile: picture, encoding: .utf8).contains("</svg>"))
        let reactions = try household.json(.clinic, "reactions", "P03")
        #expect(reactions["entries"]?.arrayValue?.first?["redFlags"]?.arrayValue?.count == 1)
        let lots = reactions["lots"]?.arrayValue ?? []
        #expect(lots.compactMap { $0["lot"] } == ["P100423917"])
        #expect(lots.first?["withReaction"] == ["high": 1, "low": 1])
        let own = try household.json(.laptop, "report")
        #expect(own["doses"]?["givenHighMilligrams"] == 32_000)
        #expect(own["reactions"]?["infusionsWithReaction"] == 1)
    }

    @Test func `who infuses without a sign-off is told so, where the clinic keeps sign-offs`()
        throws
    {
        let household = try Household.joined()
        let sentence = "No valid training sign-off is known."
        #expect(try !household.run(.laptop, "show", household.infusion()).text.contains(sentence))
        try household.run(
            .clinic, "training", "sign", "P03", "--trainee", "Ben", "--route", "sc",
            "--result", "signed_off", "--valid-until", "2028-03-29")
        try household.meet()
        let saved = try household.run(
            .laptop, "log", "infusion", "--product", "hizentra", "--vials", "8x4g", "--lot",
            "P100423917", "--start", "08:10", "--by", "self")
        #expect(saved.output.contains(sentence), "\(saved.output)")
    }
}
