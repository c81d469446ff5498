import Foundation
import SyncCore
import TestSupport
import Testing

/// What earlier versions sent each other is read, and what is made of it again is the same bytes.
@Suite struct GoldenWireTests {
    private func files(_ folder: GoldenFolder, _ ending: String) throws -> [(String, [UInt8])] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path + "/wire").sorted()
            .filter { $0.hasSuffix(ending) }.map { ($0, try folder.bytes("wire/" + $0)) }
    }

    @Test(arguments: GoldenFolder.all)
    func `every request and answer of an earlier version is read and written back the same`(
        folder: GoldenFolder
    ) throws {
        let requests = try files(folder, ".sync-request")
        let answers = try files(folder, ".sync-answer")
        #expect(requests.count > 10 && answers.count > 10)
        for (name, bytes) in requests {
            #expect(try SyncRequest(bytes).bytes == bytes, "\(name)")
        }
        for (name, bytes) in answers {
            #expect(try SyncAnswer(bytes).bytes == bytes, "\(name)")
        }
        let bundle = try folder.bytes("anna.bundle")
        #expect(try SyncRequest(bundle, page: .bundle).bytes == bundle)
    }

    @Test(arguments: GoldenFolder.all)
    func `the messages hold every kind of answer`(folder: GoldenFolder) throws {
        let requests = try files(folder, ".sync-request").map { try SyncRequest($0.1) }
        let answers = try files(folder, ".sync-answer").map { try SyncAnswer($0.1) }
        #expect(requests.contains { $0.sections.isEmpty && !$0.frontier.isEmpty })
        #expect(requests.contains { !$0.sections.isEmpty })
        #expect(requests.contains { $0.confirmed != nil })
        #expect(answers.contains { $0.receipt != nil && !$0.sections.isEmpty && $0.taken > 0 })
        #expect(answers.contains { !$0.lacks.isEmpty })
        #expect(answers.contains { $0.refused != nil })
        #expect(answers.contains { $0.unconfirmed })
        // A closed device hears what was taken, and no frontier.
        #expect(answers.contains { $0.frontier == nil && !$0.unconfirmed })
    }

    @Test(arguments: GoldenFolder.all)
    func `every line in them is an event of this version, too`(folder: GoldenFolder) throws {
        var count = 0
        for (name, bytes) in try files(folder, ".sync-request") where !name.contains("refused") {
            let request = try SyncRequest(bytes)
            for line in request.sections.flatMap(\.lines) {
                #expect(try EventLine(line, diary: request.diary).bytes == line, "\(name)")
                count += 1
            }
        }
        #expect(count > 10)
    }

    @Test(arguments: GoldenFolder.all)
    func `the words of joining and of refusing are canonical JSON of known types`(
        folder: GoldenFolder
    ) throws {
        for (name, bytes) in try files(folder, ".enrol-request") + files(folder, ".enrol-answer") {
            for line in bytes.split(separator: UInt8(ascii: "\n")) {
                #expect(throws: Never.self, "\(name)") { try JSONValue(canonical: Array(line)) }
            }
        }
        let problems = try files(folder, "problem")
        #expect(!problems.isEmpty)
        for (name, bytes) in problems {
            let problem = try JSONValue(canonical: bytes)
            #expect(problem["type"]?.stringValue.flatMap { ProblemType(uri: $0) } != nil, "\(name)")
        }
    }
}
