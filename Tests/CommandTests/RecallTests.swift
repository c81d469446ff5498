import Foundation
import SyncCore
import TestSupport
import Testing

/// Who has had a lot, asked at the command line.
@Suite(.timeLimit(.minutes(60))) struct RecallTests {
    private static let pharmacist = "p.lin"

    private func ask(
        _ household: Household, _ words: String..., status: Int32 = 0, staff: String = pharmacist
    ) throws -> Ended {
        let ended = try household.start(.clinic, ["recall"] + words, staff: staff).wait()
        #expect(ended.status == status, "\(words): \(ended.text)")
        return ended
    }

    private func withPharmacist(_ household: Household) throws {
        try household.run(
            .clinic, "staff", "add", Self.pharmacist, "--name", "P. Lin", "--role", "pharmacist",
            staff: Household.administrator)
    }

    /// Ten minutes on, also by the server's clock, which stands still from where it was opened.
    private func meetLater(_ household: Household) throws {
        household.now += 600_000
        try household.close()
        try household.open()
        try household.meet()
    }

    @Test func `twenty invented patients are found as their plan says, each in its class`() throws {
        let household = try Household()
        // The morning after the last of its days.
        household.now = 1_790_838_000_000
        let home = household.home(.clinic)
        let made = try Child(
            Child.diary, ["clinic", "demo", "--patients", "20", "--home", home, "--json"],
            environment: household.environment(.clinic), in: household.scratch
        ).wait().json()
        let expected = try #require(made["expected"])
        let product = try #require(expected["product"]?.stringValue)
        let lot = try #require(expected["lot"]?.stringValue)
        let asOf = try #require(expected["asOf"]?.stringValue)
        let answered = try household.start(
            .clinic, ["recall", "--product", product, lot, "--as-of", asOf, "--json"],
            staff: "p.khan"
        ).wait().json()
        let patients = answered["answer"]?["patients"]?.arrayValue ?? []
        func found(_ headline: String) -> [String] {
            patients.filter { $0["class"]?.stringValue == headline }
                .compactMap { $0["reference"]?.stringValue }
        }
        let classes = try #require(expected["classes"]?.objectValue)
        for headline in classes.members {
            let wanted = (headline.value.arrayValue ?? []).compactMap {
                $0["patient"]?.stringValue
            }
            #expect(found(headline.key) == wanted.sorted(), "\(headline.key)")
        }
        #expect(classes.count == 6)
        #expect(patients.count == expected["inScope"]?.integerValue.map(Int.init))
        #expect(!found("UNKNOWN").isEmpty && !found("INFUSED").isEmpty)
        let said = (answered["mayBeSaid"]?.arrayValue ?? []).compactMap(\.stringValue)
        #expect(!said.contains { $0.contains("No patient affected") })
    }

    @Test func `a search is kept, asked again as it was, and says what has changed`() throws {
        let household = try Household.joined()
        try withPharmacist(household)
        _ = try household.infusion()
        // Written, and not yet at the clinic: nobody may be told that they are not affected.
        let question = ["--product", "hizentra", "P100423917", "--as-of", "now"]
        let first = try ask(
            household, question[0], question[1], question[2], question[3], question[4])
        #expect(
            first.output.hasPrefix("1 patient in scope; 0 diaries complete to 2026-03-29 "),
            "\(first.output)")
        #expect(first.output.contains("\nINFUSED        none\n"), "\(first.output)")
        #expect(first.output.contains("UNKNOWN        P03 not heard since today"))
        #expect(first.output.contains("No \"not affected\" can be said: 1 unknown."))
        #expect(first.output.contains("Search kept as recall 1, signed "))

        try household.meet()
        let again = try ask(household, "--repeat", "1")
        #expect(again.output.contains("P03 was UNKNOWN, is INFUSED: 32.0 g"), "\(again.output)")
        #expect(again.output.contains("Search kept as recall 2, signed "), "\(again.output)")
        let kept = try ask(household, "--show", "1").output
        #expect(kept == first.output)
        let listed = try ask(household, "--list", staff: Household.nurse).output
        #expect(listed.contains("recall 1 again"), "\(listed)")
        #expect(listed.contains("INFUSED 1"), "\(listed)")
        _ = try ask(household, "--repeat", "7", status: 1)
        _ = try ask(household, "--list", "--show", "1", status: 2)

        // A nurse sees what was found and does not ask.
        let nurse = try ask(
            household, question[0], question[1], question[2], status: 1, staff: Household.nurse)
        #expect(nurse.text.contains("It is for: pharmacist."), "\(nurse.text)")
        let audit = try household.json(.clinic, "audit", "P03", staff: Household.administrator)
        let acts = audit["lines"]?.arrayValue?.map { $0["act"]?.stringValue } ?? []
        #expect(acts.count { $0 == "recall" } >= 1)
    }

    @Test func `a device that was put back holds nothing back, and a copy that goes on does`()
        throws
    {
        let household = try Household.joined()
        try withPharmacist(household)
        let file = household.scratch.file("laptop.backup")
        try household.run(.laptop, "backup", file)
        _ = try household.infusion()
        try household.meet()
        try household.lose(.laptop)
        try household.run(.laptop, "restore", file)
        try household.run(.laptop, "log", "note", "after the restore")
        try meetLater(household)
        let words = ["--product", "hizentra", "P999", "--as-of"]
        func scope() throws -> String {
            // When the last of them met; the commands since then moved the clock on.
            let instant = household.now - 600_000
            let minute = Date(timeIntervalSince1970: TimeInterval(instant / 1000))
            let text = minute.formatted(.iso8601).prefix(16) + "Z"
            return try ask(household, words[0], words[1], words[2], words[3], String(text)).output
        }
        // Every device has been heard since the last of it was put back.
        try meetLater(household)
        #expect(try scope().hasPrefix("1 patient in scope; 1 diary complete"))

        try household.copy(.laptop, to: .copy)
        for turn in 1...2 {
            household.now += 600_000
            try household.close()
            try household.open()
            for place in [Household.Place.laptop, .copy] {
                try household.run(place, "log", "note", "turn \(turn)")
                try household.run(place, "sync", "--quiet")
            }
        }
        // The copy is silent from here on, and it may hold more.
        try meetLater(household)
        let said = try scope()
        #expect(said.hasPrefix("1 patient in scope; 0 diaries complete"), "\(said)")
    }
}
