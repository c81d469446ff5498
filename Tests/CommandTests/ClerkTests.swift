import SyncCore
import TestSupport
import Testing

/// A clerk copies paper diaries, and sees of a diary what they copied (domain 6.1).
@Suite(.timeLimit(.minutes(60))) struct ClerkTests {
    private static let clerk = "c.brown"

    @Test func `a clerk sees the entries they typed, and nobody else's`() throws {
        let household = try Household.joined()
        let foreign = try household.infusion()
        try household.meet()
        try household.run(
            .clinic, "staff", "add", Self.clerk, "--name", "C. Brown", "--role", "clerk",
            staff: Household.administrator)

        // Before anything is typed there is nothing to see.
        let none = try household.json(.clinic, "list", "P03", staff: Self.clerk)
        #expect(none["count"] == 0)
        try household.run(
            .clinic, "log", "infusion", "--patient", "P03", "--from-paper", "--product",
            "hizentra", "--vials", "8x4g", "--lot", "P100423917", "--day", "2026-03-15", "--sites",
            "abdomen-L,abdomen-R", "--by", "self", staff: Self.clerk)
        let typed = try household.json(.clinic, "list", "P03", staff: Self.clerk)
        #expect(typed["count"] == 1)
        let handle = try #require(typed["entries"]?.arrayValue?.first?["handle"]?.stringValue)
        try household.run(.clinic, "show", handle, staff: Self.clerk)
        try household.run(.clinic, "history", handle, staff: Self.clerk)

        for words in [
            ["show", foreign], ["history", foreign], ["conflicts"],
            ["plan", "show", "P03"], ["stock", "P03"],
        ] {
            let ended = try household.start(.clinic, words, staff: Self.clerk).wait()
            #expect(ended.status == 1, "\(words): \(ended.text)")
            #expect(ended.errors.contains("Your role may not read a diary."), "\(ended.text)")
            #expect(!ended.output.contains("Hizentra"), "\(words): \(ended.output)")
        }
        // An entry voided by a nurse stays the clerk's to see.
        try household.run(.clinic, "show", handle, staff: Household.nurse)
        try household.run(
            .clinic, "void", handle, "--reason", "never_happened", staff: Household.nurse)
        try household.run(.clinic, "show", handle, staff: Self.clerk)
        try household.close()
    }
}
