import Foundation
import FuzzProperties
import Testing

/// Where the inputs are that `make fuzz` found worth keeping.
private func inputs(of target: FuzzTarget) throws -> [URL] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Fuzz/Corpora/\(target.rawValue)")
    let files = try FileManager.default.contentsOfDirectory(
        at: folder, includingPropertiesForKeys: nil)
    return files.sorted { $0.lastPathComponent < $1.lastPathComponent }
}

@Suite struct `Kept inputs of the fuzzer` {
    @Test(arguments: FuzzTarget.allCases)
    func `Every one of a target holds what has to hold`(target: FuzzTarget) throws {
        for file in try inputs(of: target) {
            let bytes = [UInt8](try Data(contentsOf: file))
            #expect(throws: Never.self, "\(file.lastPathComponent)") { try target.check(bytes) }
        }
    }

    @Test(arguments: FuzzTarget.allCases)
    func `So does every sound input, and every beginning of one`(target: FuzzTarget) throws {
        for seed in try target.seeds() {
            let step = max(1, seed.count / 16)
            for length in stride(from: 0, through: seed.count, by: step) {
                try target.check(Array(seed.prefix(length)))
            }
            try target.check(seed)
        }
    }

    @Test(arguments: FuzzTarget.allCases)
    func `Each target has some, and all together are small`(target: FuzzTarget) throws {
        let files = try inputs(of: target)
        #expect(files.count >= 10)
        let bytes = try files.reduce(0) { try $0 + Data(contentsOf: $1).count }
        #expect(bytes <= 128 * 1024)
    }
}
