import Foundation
import SyncCore
import TestSupport
import Testing

/// What staff read of a diary and its line in the audit stand or fall together.
@Suite(.timeLimit(.minutes(60))) struct AuditedReadingTests {
    private static let pharmacist = "p.lin"

    private func commands(_ handle: String, _ file: String) -> [[String]] {
        let patient = ["--patient", "P03"]
        return [
            ["list", "P03"], ["show", handle] + patient, ["history", handle] + patient,
            ["conflicts"] + patient, ["recall", "--product", "hizentra", "P100423917"],
            ["adherence", "P03"], ["plan", "show", "P03"], ["stock", "P03"], ["report", "P03"],
            ["reactions", "P03"], ["export", "P03", "--csv", file],
        ]
    }

    private func lines(_ household: Household) throws -> Int {
        let count = try household.sql(.clinic, isReading: true, "SELECT count(*) FROM audit")
        return try #require(Int(count.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    @Test func `each reading leaves its line, and shows nothing where the line cannot be written`()
        throws
    {
        let household = try Household.joined()
        let handle = try household.sharedInfusion()
        try household.run(
            .clinic, "staff", "add", Self.pharmacist, "--name", "P. Lin", "--role", "pharmacist",
            staff: Household.administrator)
        let staff = Self.pharmacist
        for (number, words) in commands(handle, household.scratch.file("first")).enumerated() {
            let before = try lines(household)
            let ended = try household.start(.clinic, words, staff: staff).wait()
            #expect([0, 3].contains(ended.status), "\(words): \(ended.text)")
            #expect(try lines(household) > before, "\(number): \(words)")
        }
        let before = try lines(household)
        try household.sql(
            .clinic, "ALTER TABLE audit ADD COLUMN full INTEGER CHECK (number <= \(before))")
        for words in commands(handle, household.scratch.file("second")) {
            let ended = try household.start(.clinic, words, staff: staff).wait()
            #expect(ended.status == 6, "\(words): \(ended.text)")
            for fact in ["Hizentra", "P100423917", "32.0", handle] {
                #expect(!ended.output.contains(fact), "\(words): \(ended.text)")
            }
        }
        #expect(try lines(household) == before)
        #expect(!FileManager.default.fileExists(atPath: household.scratch.file("second")))
    }
}
