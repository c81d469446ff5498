import Foundation
import SyncCore
import TestSupport
import Testing

/// What a store says rests on what it holds, and on nothing around the process.
@Suite(.timeLimit(.minutes(60))) struct SurroundingsTests {
    /// What these commands print, all at one time.
    private func said(
        _ household: Household, _ commands: [[String]], with drills: [String: String]
    ) throws -> [String] {
        defer { household.drills = [:] }
        let now = household.now
        return try commands.flatMap { words in
            try Household.Place.allCases.map { place in
                household.now = now
                // A clinic that has signed no plan reads in the zone it is in.
                household.drills = drills.filter { place != .clinic || $0.key != "TZ" }
                let ended = try household.start(place, words + patient(words, place)).wait()
                #expect([0, 3].contains(ended.status), "\(words): \(ended.text)")
                return ended.output
            }
        }
    }

    /// How the clinic is told whose diary is meant.
    private func patient(_ words: [String], _ place: Household.Place) -> [String] {
        guard place == .clinic else { return [] }
        return words[0] == "list" ? ["P03"] : ["--patient", "P03"]
    }

    @Test func `the same is said in every locale, time zone and order of hashes`() throws {
        let household = try Household.joined()
        let handle = try household.sharedInfusion()
        try household.run(.laptop, "amend", handle, "lot=P100423971")
        try household.run(.phone, "amend", handle, "lot=P100423972")
        _ = try household.infusion(.phone, start: "08:06")
        try household.run(.phone, "log", "reaction", "headache=2", "--infusion", handle)
        try household.meet()
        let commands = [
            ["list"], ["list", "--json"], ["show", handle], ["show", handle, "--json"],
            ["history", handle, "--json"], ["conflicts", "--json"],
        ]
        let now = household.now
        let plain = try said(household, commands, with: [:])
        for drills in [
            ["LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"], ["TZ": "Asia/Kathmandu"],
            ["TZ": "America/St_Johns", "LC_ALL": "ar_EG.UTF-8"],
            ["SWIFT_DETERMINISTIC_HASHING": "1"], ["SWIFT_DETERMINISTIC_HASHING": ""],
        ] {
            household.now = now
            #expect(try said(household, commands, with: drills) == plain, "\(drills)")
        }
    }

    /// A start as it is typed, what it is ahead of UTC by in minutes, and vials with their grams.
    struct Typed: Sendable {
        let start: String
        let offset: Int64
        let vials: String
        let grams: String
    }

    @Test(arguments: [
        Typed(start: "2026-03-28T23:50", offset: 0, vials: "8x4g", grams: "32.0 g"),
        Typed(start: "2026-03-29T03:10", offset: 60, vials: "3x1g+1x2g", grams: "5.0 g"),
        Typed(start: "2025-10-26T02:00", offset: 0, vials: "1x10g", grams: "10.0 g"),
        Typed(start: "2025-07-01T00:00", offset: 60, vials: "20x1g", grams: "20.0 g"),
    ])
    func `time, offset and dose are shown at all three as they were typed`(typed: Typed) throws {
        let household = try Household.joined()
        let saved = try household.json(
            .laptop, "log", "infusion", "--product", "hizentra", "--vials", typed.vials, "--start",
            typed.start, "--by", "self", "--lot-missing", "box_thrown_away")
        let handle = try #require(saved["handle"]?.stringValue)
        try household.meet()
        for place in Household.Place.allCases {
            let patient = place == .clinic ? ["--patient", "P03"] : []
            let shown = try household.start(place, ["show", handle, "--json"] + patient).wait()
            let start = try shown.json()["fields"]?["time"]?.arrayValue?.first?["value"]?["start"]
            #expect(start?["wall"]?.stringValue == typed.start)
            #expect(start?["offset"] == .integer(typed.offset))
            let words = try household.start(place, ["show", handle] + patient).wait().output
            #expect(
                words.contains(typed.start.suffix(5)) && words.contains(typed.grams), "\(words)")
        }
    }
}
