import DiaryModel
import Foundation
import SyncCore
import TestSupport
import Testing

/// What other programs make of an export: a FHIR validator, and a calculation that shares nothing with ours.
@Suite struct InterchangeToolsTests {
    private let tools = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Interchange")

    private func run(_ words: [String], in scratch: Scratch) throws -> Ended {
        let environment = ProcessInfo.processInfo.environment.merging(
            ["PYTHONDONTWRITEBYTECODE": "1"]) { _, own in own }
        let child = try Child("/usr/bin/env", words, environment: environment, in: scratch)
        // The first time packages have to come over the network.
        try wait(for: words[0], seconds: 900) { !child.isRunning }
        return try child.wait()
    }

    private func tool(_ name: String) -> String { tools.appendingPathComponent(name).path }

    /// The interpreter that has the validator; made once, which takes a network.
    private func validatorsPython(in scratch: Scratch) throws -> String {
        let made = try run([tool("setup")], in: scratch)
        guard made.status == 0 else {
            throw Unexpected("no FHIR validator, so nothing was validated: \(made.text)")
        }
        return made.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private func write(_ diary: ExportedDiary, in scratch: Scratch) throws -> String {
        let folder = scratch.file("fhir")
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        for file in FHIRExport(diary).files {
            try Data(file.text.utf8).write(to: URL(fileURLWithPath: folder + "/" + file.name))
        }
        return folder
    }

    @Test func `a validator of another house takes every resource`() throws {
        let scratch = try Scratch()
        let python = try validatorsPython(in: scratch)
        let folder = try write(try ExportStory.whole().exported(), in: scratch)
        let ended = try run([python, tool("validate.py"), folder], in: scratch)
        #expect(ended.text.contains(" of 14 types, 0 errors"), "\(ended.text)")
        #expect(ended.status == 0)
    }

    @Test func `the validator finds what is wrong`() throws {
        let scratch = try Scratch()
        let python = try validatorsPython(in: scratch)
        let folder = try write(try ExportStory.whole().exported(), in: scratch)
        let path = folder + "/Procedure.ndjson"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let broken = text.replacing("\"status\":\"not-done\"", with: "\"status\":\"skipped\"")
            .replacing("Patient/", with: "Patient/x")
        try Data(broken.utf8).write(to: URL(fileURLWithPath: path))
        let ended = try run([python, tool("validate.py"), folder], in: scratch)
        #expect(ended.status == 1)
        #expect(ended.output.contains("'skipped' is not one of"))
        #expect(ended.output.contains("is not in the export"))
    }

    @Test func `an independent calculation from the table finds the same figures`() throws {
        let scratch = try Scratch()
        let diary = try ExportStory.whole().exported()
        for (name, flavour) in [("plain", false), ("marked", true)] {
            let path = scratch.file(name + ".csv")
            try Data(CSVTable(diary).text(byteOrderMark: flavour).utf8)
                .write(to: URL(fileURLWithPath: path))
            let ended = try run(["python3", tool("figures.py"), path], in: scratch)
            #expect(ended.status == 0, "\(ended.text)")
            let read = try JSONSerialization.jsonObject(with: Data(ended.output.utf8))
            let patient = try #require((read as? [String: Any])?["P01"] as? [String: Any])
            let given = try #require(patient["given"] as? [String: Any])
            #expect(given["low_mg"] as? Int == Int(diary.totals.given.milligrams.low))
            #expect(given["high_mg"] as? Int == Int(diary.totals.given.milligrams.high))
            #expect(patient["infusions"] as? Int == 4)
            #expect(patient["not_done"] as? [String: Int] == ["no_partner": 1])
            #expect((patient["lot_keys_that_differ"] as? [Any])?.isEmpty == true)
            let lots = try #require(patient["lots"] as? [String: Any]).keys.sorted()
            #expect(lots == ["00123", "12E34", "C1", "HY1", "IG1", "K724B8541", "T1", "V1"])
        }
    }

    @Test func `the calculation holds against the worked examples`() throws {
        let scratch = try Scratch()
        let ended = try run(
            ["python3", "-m", "unittest", "discover", "-s", tools.path], in: scratch)
        #expect(ended.status == 0, "\(ended.text)")
    }
}
