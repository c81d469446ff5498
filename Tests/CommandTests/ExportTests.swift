import Foundation
import SyncCore
import TestSupport
import Testing

/// Diaries on their way to other programs.
@Suite struct ExportTests {
    private func text(_ path: String) throws -> String {
        try String(contentsOfFile: path, encoding: .utf8)
    }

    private func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    @Test func `a diary goes out as tables and as FHIR, whole, and for its owner alone`() throws {
        let household = try Household.joined()
        _ = try household.infusion()
        let (tables, lots, fhir) = (
            household.scratch.file("tables"), household.scratch.file("lots.csv"),
            household.scratch.file("fhir")
        )
        let told = try household.run(.laptop, "export", "--csv", tables).output
        #expect(told.contains("'s diary to \(tables).") && told.contains("lots.csv"), "\(told)")
        try household.run(.laptop, "export", "--csv", lots)
        let json = try household.json(.laptop, "export", "--fhir", fhir)
        #expect(json["files"]?["Procedure.ndjson"] == 1)
        #expect(json["form"] == "fhir")
        // People and devices go out with it, and are no entries to a person.
        #expect(json["entries"] == 1)
        let files = try FileManager.default.contentsOfDirectory(atPath: tables).sorted()
        #expect(
            files == [
                "earlier_lots.csv", "lots.csv", "measurements.csv", "plans.csv", "reactions.csv",
            ])
        #expect(try text(tables + "/lots.csv").contains("P100423917"))
        #expect(try text(fhir + "/MedicationAdministration.ndjson").contains("P100423917"))
        #expect(try mode(tables) == 0o700 && mode(tables + "/lots.csv") == 0o600)
        #expect(try mode(lots) == 0o600 && mode(fhir + "/Patient.ndjson") == 0o600)
        // The one file is the same table.
        func withoutMoment(_ text: String) -> [Substring] {
            text.split(separator: "\r\n").map { $0.drop { $0 != "," } }
        }
        #expect(withoutMoment(try text(lots)) == withoutMoment(try text(tables + "/lots.csv")))
        for place in [tables, lots] {
            let refused = try household.run(.laptop, "export", "--csv", place, status: 1).text
            #expect(refused.contains("is there already. Nothing was written."), "\(refused)")
        }
    }

    @Test func `one form at a time`() throws {
        let household = try Household()
        for words in [
            [], ["--csv", "a", "--fhir", "b"], ["file", "--csv", "a"],
            ["--fhir", "a", "--spreadsheet"],
            ["--csv", "a", "--unconfirmed"], ["--csv", "a", "--ndjson", "b"],
        ] {
            let ended = try household.start(.laptop, ["export"] + words).wait()
            #expect(ended.status == 2, "\(words): \(ended.text)")
        }
    }

    @Test func `a spreadsheet keeps a lot as it is printed`() throws {
        let household = try Household.joined()
        _ = try household.infusion()
        let lots = household.scratch.file("lots.csv")
        try household.run(.laptop, "export", "--csv", lots, "--spreadsheet")
        #expect(try text(lots).contains("\"=\"\"P100423917\"\"\""))
    }

    @Test func `lines tell every event, and at a clinic whose they are is no secret`() throws {
        let household = try Household.joined()
        let handle = try household.infusion()
        try household.run(.laptop, "amend", handle, "lot=P100423971")
        let file = household.scratch.file("events.ndjson")
        let told = try household.run(.laptop, "export", "--ndjson", file).output
        #expect(told.contains("It has ") && told.contains(" events."), "\(told)")
        let lines = try text(file)
        #expect(lines.contains("P100423917") && lines.contains("P100423971"))
        #expect(try mode(file) == 0o600)
        let words = ["export", "--all", "--ndjson", file + "2", "--pseudonyms"]
        #expect(try household.start(.clinic, words).wait().status == 2)
    }

    @Test func `a clinic exports for whoever may see diaries, and each audit says so`() throws {
        let household = try Household.joined()
        _ = try household.sharedInfusion()
        let place = household.scratch.file("clinic-csv")
        let told = try household.json(.clinic, "export", "P03", "--csv", place)
        #expect(told["patients"] == 1)
        #expect(told["files"]?["devices.csv"] == 2)
        let lots = try text(place + "/lots.csv")
        #expect(lots.contains(",P03,") && lots.contains("P100423917"))
        let audit = try household.json(.clinic, "audit", "P03", staff: Household.administrator)
        let acts = (audit["lines"]?.arrayValue ?? []).compactMap { $0["act"]?.stringValue }
        #expect(acts.contains("export"))
        let other = household.scratch.file("never")
        let refused = try household.run(
            .clinic, "export", "--all", "--fhir", other, status: 1, staff: Household.administrator)
        #expect(refused.text.contains("It is for:"), "\(refused.text)")
        #expect(!FileManager.default.fileExists(atPath: other))
        #expect(!FileManager.default.fileExists(atPath: other + ".new"))
    }

    @Test func `with pseudonyms nobody is named, and a patient has one and the same`() throws {
        let household = try Household.joined()
        _ = try household.sharedInfusion()
        try household.run(.laptop, "log", "note", "Ben forgot his glasses.")
        try household.meet()
        var references: Set<Substring> = []
        for number in 1...2 {
            let place = household.scratch.file("fhir-\(number)")
            try household.run(.clinic, "export", "--all", "--fhir", place, "--pseudonyms")
            let files = try FileManager.default.contentsOfDirectory(atPath: place)
            let all = try files.map { try text(place + "/" + $0) }.joined()
            for name in ["P03", "Anna", "Ben", "glasses", "laptop", "phone\""] {
                #expect(!all.contains("\"\(name)") && !all.contains("\(name) forgot"), "\(name)")
            }
            let patient = try text(place + "/Patient.ndjson")
            let found = try #require(patient.firstMatch(of: /"(N-[0-9A-Z]{10})"/))
            references.insert(found.output.1)
        }
        #expect(references.count == 1)
    }
}
