import Foundation
import SyncCore
import Testing
import diary_vectors

struct VectorFileTests {
    @Test func `the tool writes the files that stand in the repository`() throws {
        for file in try VectorFiles.all() {
            let stored = try Repository.bytes(of: file.name)
            #expect(stored == file.bytes, "\(file.name): swift run diary-vectors")
        }
    }

    @Test func `every file in the folder is written by the tool`() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Repository.vectors.path)
        let written = try VectorFiles.all().map(\.name)
        #expect(Set(names.filter { $0.hasSuffix(".json") }) == Set(written))
    }
}
