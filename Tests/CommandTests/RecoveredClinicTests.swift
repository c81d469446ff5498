import Foundation
import SyncCore
import Testing
import TestSupport

/// The clinic's disk is gone, there is no backup, and there is the paper.
@Suite struct RecoveredClinicTests {
    let administrator = Household.administrator

    /// A household whose clinic's phrase was written down.
    private func begun() throws -> (Household, phrase: String, begun: JSONValue) {
        let household = try Household()
        let begun = try household.json(
            .clinic, "init", "--name", "Demo Immunology", "--administrator", "A. Obi",
            staff: administrator)
        try household.run(
            .clinic, "staff", "add", Household.nurse, "--name", "R. Evans", "--role", "nurse",
            staff: administrator)
        return (household, try #require(begun["recoveryPhrase"]?.stringValue), begun)
    }

    private func recover(
        _ household: Household, from text: String, status: Int32 = 0
    ) throws -> JSONValue {
        let paper = household.scratch.file("paper")
        try Data(text.utf8).write(to: URL(fileURLWithPath: paper))
        return try household.json(
            .clinic, "init", "--recover", "--name", "Demo Immunology", "--phrase-file", paper,
            status: status, staff: administrator)
    }

    @Test func `the clinic begins again as itself, and the devices bring everything`() throws {
        let (household, phrase, begun) = try begun()
        try household.open()
        let (laptop, phone) = (household.home(.laptop), household.home(.phone))
        try household.run(.laptop, "init", "--for", "P03", "--device", "laptop")
        try household.join(
            home: laptop, of: "P03", named: "laptop", role: "patient", person: "Anna")
        try household.join(home: phone, of: "P03", named: "phone", person: "Ben")
        _ = try household.infusion()
        try household.meet()
        try household.run(.clinic, "log", "note", "--patient", "P03", "Seen at the clinic.")
        try household.meet()
        let all = Set(try household.lines(.clinic))

        try household.close()
        try FileManager.default.removeItem(atPath: household.home(.clinic))
        let recovered = try recover(household, from: phrase.replacing(" ", with: "\n") + "\n")
        for member in ["key", "fingerprint"] { #expect(recovered[member] == begun[member]) }
        #expect(recovered["recoveryPhrase"] == nil)
        try household.run(
            .clinic, "staff", "add", Household.nurse, "--name", "R. Evans", "--role", "nurse",
            staff: administrator)
        try household.open()
        let unknown = try household.run(.laptop, "sync", status: 5).output
        #expect(unknown.contains("does not know this device any more"))
        try household.join(
            home: laptop, of: "P03", named: "laptop", role: "patient", person: "Anna")
        try household.join(home: phone, of: "P03", named: "phone", person: "Ben")
        let sync = try household.run(.laptop, "sync").output
        #expect(sync.contains("gives nothing until its administrator has confirmed its devices"))
        #expect(try household.json(.phone, "sync")["result"] == "unconfirmed")
        #expect(all.isSubset(of: try household.lines(.clinic)))

        let asked = try household.json(
            .clinic, "devices", "confirm", status: 3, staff: administrator)
        #expect(asked["open"] == 2)
        #expect(asked["unknown"] == 1)
        try household.run(.clinic, "devices", "confirm", "--yes", staff: administrator)
        try household.meet()
        try household.expectEqualStores()
        #expect(all.isSubset(of: try household.lines(.laptop)))
        #expect(try household.json(.laptop, "sync")["result"] == "equal")
        #expect(
            try household.run(.clinic, "list", "P03").output.contains("Seen at the clinic."))
    }

    @Test func `a slip in the phrase is said as such, and nothing is begun`() throws {
        let (household, phrase, _) = try begun()
        try FileManager.default.removeItem(atPath: household.home(.clinic))
        let last = try #require(phrase.last)
        let slip = phrase.dropLast() + (last == "7" ? "8" : "7")
        #expect(
            try recover(household, from: String(slip), status: 2)["error"]?["code"]
                == "phrase_check")
        #expect(
            try recover(household, from: String(phrase.dropLast(5)), status: 2)["error"]?["code"]
                == "phrase_length")
        #expect(!FileManager.default.fileExists(atPath: household.home(.clinic) + "/clinic.db"))
        // Without a terminal nobody is asked.
        let asked = try household.json(
            .clinic, "init", "--recover", "--name", "Demo Immunology", status: 2,
            staff: administrator)
        #expect(asked["error"]?["code"] == "no_phrase")
        _ = try recover(household, from: phrase.lowercased())
    }

    @Test func `nothing is begun over a clinic that is there, and the phrase is kept nowhere`()
        throws
    {
        let (household, phrase, _) = try begun()
        try household.open()
        let before = try household.json(.clinic, "staff", staff: administrator)
        #expect(
            try recover(household, from: phrase, status: 1)["error"]?["code"] == "diary_exists")
        #expect(try household.json(.clinic, "staff", staff: administrator) == before)
        try household.join(
            home: household.home(.laptop), of: "P03", named: "laptop", role: "patient")
        try household.close()
        try household.run(.clinic, "audit", staff: administrator)
        try FileManager.default.removeItem(atPath: household.scratch.file("paper"))
        // What commands and the server printed is in files here, too; `init` printed it, once.
        let spellings = [phrase, phrase.replacing(" ", with: "")].map { Data($0.utf8) }
        let files = try FileManager.default.subpathsOfDirectory(atPath: household.scratch.path)
        let holding = files.filter { name in
            let bytes = FileManager.default.contents(atPath: household.scratch.file(name)) ?? Data()
            return spellings.contains { bytes.firstRange(of: $0) != nil }
        }
        #expect(files.contains("clinic/clinic.db"))
        #expect(holding.count == 1)
        let printed = try #require(holding.first)
        #expect(
            try String(contentsOfFile: household.scratch.file(printed), encoding: .utf8)
                .contains("\"command\":\"clinic init\""))
    }
}
