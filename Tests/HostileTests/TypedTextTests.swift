import Foundation
import SyncCore
import Testing
import TestSupport

/// A32, A35 and A36: texts, times and doses as somebody might type them.
@Suite(.timeLimit(.minutes(60))) struct TypedTextTests {
    let household: Household

    init() throws {
        household = try Household()
        try household.run(.laptop, "init", "--for", "Anna", "--zone", "Europe/London")
        // What was typed before and not yet saved.
        try household.sql(
            .laptop,
            "INSERT INTO setting SELECT number, 'draft.infusion', CAST('{}' AS BLOB) FROM diary")
    }

    private func draft() throws -> String {
        try household.sql(
            .laptop, isReading: true, "SELECT hex(value) FROM setting WHERE name = 'draft.infusion'"
        )
    }

    private func snapshot() throws -> StoreSnapshot {
        try StoreSnapshot(household.home(.laptop), in: household.scratch)
    }

    /// Types this and expects that it is refused in words that hold `words`, with all as it was.
    private func refuses(
        _ number: String, _ input: String, _ typed: [String], says words: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let (before, draft) = (try snapshot(), try draft())
        let ended = try household.start(.laptop, typed).wait()
        let isUnchanged = try snapshot() == before && draft == self.draft() && draft == "7B7D\n"
        let next = try household.start(.laptop, ["list"]).wait()
        #expect(ended.status == 2, "\(input): \(ended.text)", sourceLocation: sourceLocation)
        #expect(
            ended.text.contains(words) && !ended.text.lowercased().contains("invalid"),
            "\(input): \(ended.text)", sourceLocation: sourceLocation)
        #expect(isUnchanged, "\(input)", sourceLocation: sourceLocation)
        #expect(next.status == 0, sourceLocation: sourceLocation)
        let said = ended.text.split(separator: "\n").first.map(String.init) ?? ""
        try HostileRow(
            number, "typed: \(input)", answer: "exit \(ended.status): \(said)",
            storeIsUnchanged: isUnchanged, nextIsAnswered: next.status == 0
        ).print()
    }

    private static func infusion(
        vials: String = "8x4g", start: String = "08:05", _ further: String...
    ) -> [String] {
        [
            "log", "infusion", "--product", "hizentra", "--vials=\(vials)", "--lot", "P100423917",
            "--expiry", "2028-12", "--start=\(start)", "--sites", "abdomen-L,abdomen-R", "--by",
            "self",
        ] + further
    }

    @Test func `a time that is none is refused in words, and the draft stays`() throws {
        for time in [
            "2026-02-30", "2026-02-30T08:05", "24:00", "08:60", "08:05:60", "99999-03-29T08:05",
            "2026-03-29T08:05+25:00", "1e308", "-1", "٠٨:٠٥", "08：05", "2026-13-01", "0000-00-00",
        ] {
            try refuses(
                "A35", "a start of \(time)", Self.infusion(start: time),
                says: "is no time I can read. Type 09:05")
        }
    }

    @Test(arguments: [
        ("2026-03-29T01:30", "The clocks were put forward: that time did not exist.", "02:30"),
        ("2025-10-26T01:30", "The clocks were put back: that time came twice.", "01:30"),
    ])
    func `a time that was never or twice is saved with a word that says so`(
        time: String, warning: String, shown: String
    ) throws {
        let before = try snapshot()
        let ended = try household.start(.laptop, Self.infusion(start: time)).wait()
        #expect(ended.status == 0, "\(ended.text)")
        #expect(ended.text.contains(warning), "\(ended.text)")
        #expect(ended.text.contains(shown), "\(ended.text)")
        let show = try household.run(.laptop, "show", "last")
        #expect(show.text.contains(warning), "\(show.text)")
        let after = try snapshot()
        let isAdded = after.lines.starts(with: before.lines)
        let next = try household.run(.laptop, "list")
        try HostileRow(
            "A35", "typed: a start of \(time) in London",
            answer: "saved as \(shown), exit 0, warned: \(warning)", storeIsUnchanged: isAdded,
            nextIsAnswered: next.status == 0
        ).print()
    }

    @Test func `a dose that is none is refused, never rounded, and the draft stays`() throws {
        for vials in [
            "8x-1g", "-8x4g", "8x0g", "0x4g", "8x1e9g", "8x3,7g", "8x4,0g", "8x４g", "８x4g", "8x4",
            "8x4ml", "8x3.9999999g", "8xNaNg", "8x4g4g",
        ] {
            try refuses(
                "A36", "vials of \(vials)", Self.infusion(vials: vials),
                says: "is no number of vials I can read. Type 8x4g")
        }
    }

    @Test func `more vials than a person has are refused, and an odd size is warned about`() throws
    {
        try refuses(
            "A36", "vials of 1000000000x4g", Self.infusion(vials: "1000000000x4g"),
            says: "1 to 99")
        let before = try snapshot()
        let odd = try household.start(.laptop, Self.infusion(vials: "8x4.051g")).wait()
        #expect(odd.status == 0)
        #expect(odd.text.contains("This vial size is not known for this product."), "\(odd.text)")
        let show = try household.json(.laptop, "show", "last")
        let line = show.candidates("vials.1").first?["value"]
        #expect(line?.canonicalText.contains("4051") == true, "\(show.canonicalText)")
        try HostileRow(
            "A36", "typed: vials of 8x4.051g",
            answer: "exit 0, warned about, kept to the milligram",
            storeIsUnchanged: try snapshot().lines.starts(with: before.lines), nextIsAnswered: true
        ).print()
    }

    @Test func `a text that is too long is refused, one that is not is kept whole`() throws {
        let says = "A note has 1 to 4000 bytes"
        for (input, text) in [
            ("a note of 4,001 bytes", String(repeating: "a", count: 4001)),
            ("a letter with 60,000 marks", "e" + String(repeating: "\u{301}", count: 60_000)),
            ("a note of nothing", ""),
        ] {
            try refuses("A32", input, ["log", "note", text], says: says)
        }
        let long = String(repeating: "é", count: 2000)
        try household.run(.laptop, "log", "note", long)
        let show = try household.json(.laptop, "show", "last")
        #expect(show.candidates("text").first?["value"]?.stringValue == long)
    }

    @Test func `texts that play tricks are kept byte by byte and printed without them`() throws {
        let household = try Household.joined()
        for (input, text) in [
            ("bidi overrides", "before \u{202E}after\u{202C} \u{2066}x\u{2069}"),
            ("a line painted over", "a\u{9B}2K\u{1B}[1A\rb"),
            ("U+FFFE", "a\u{FFFE}b\u{FFFF}"),
            ("a letter with 1,900 marks", "e" + String(repeating: "\u{301}", count: 1900)),
            ("emoji joined by ZWJ", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{FE0F} 🏳️‍🌈"),
        ] {
            let before = try household.lines(.phone)
            try household.run(.laptop, "log", "note", text)
            try household.meet()
            try household.run(.phone, "sync")
            let show = try household.json(.phone, "show", "last")
            let kept = show.candidates("text").first?["value"]?.stringValue
            // Strings compare by what they look like; bytes are what has to stay.
            let isWhole = kept.map { Array($0.utf8) } == Array(text.utf8)
            #expect(isWhole, "\(input)")
            for words in [["list"], ["show", "last"], ["history", "last"]] {
                let printed = try household.start(.phone, words).wait()
                #expect(printed.status == 0, "\(input) \(words): \(printed.text)")
                #expect(isHarmless(printed.text), "\(input) \(words)")
                if input.hasPrefix("emoji") { #expect(printed.text.contains("\u{200D}\u{1F469}")) }
            }
            let after = try household.lines(.phone)
            try HostileRow(
                "A32", "received: \(input)",
                answer: isWhole ? "kept byte by byte, printed without them" : "CHANGED",
                storeIsUnchanged: after.starts(with: before), nextIsAnswered: isWhole
            ).print()
        }
        try household.expectEqualStores()
    }

    /// Nothing that moves the cursor, turns the direction or stacks over other lines.
    private func isHarmless(_ text: String) -> Bool {
        let tricks = text.unicodeScalars.contains { scalar in
            (scalar.value < 0x20 && scalar != "\n") || (0x7F...0x9F).contains(scalar.value)
                || (0x202A...0x202E).contains(scalar.value)
                || (0x2066...0x2069).contains(scalar.value)
                || scalar.properties.isNoncharacterCodePoint
        }
        return !tricks && text.allSatisfy { $0.unicodeScalars.count <= 16 }
    }
}
