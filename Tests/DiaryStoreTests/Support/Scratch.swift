import DiaryStore
import Foundation
import SeededRandom
import SyncCore
import TestSupport

/// A directory of one test, gone when the test is.
final class Scratch {
    let path: String

    init() {
        path = NSTemporaryDirectory() + "diary-store-" + UUID().uuidString
        try? FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func path(_ name: String) -> String { path + "/" + name }

    func create(_ name: String = "device") throws -> DiaryDatabase {
        try DiaryDatabase.create(in: path(name), purpose: .device)
    }

    func open(_ name: String = "device") throws -> DiaryDatabase {
        try DiaryDatabase.open(in: path(name), purpose: .device)
    }

    /// Copies a closed store's files.
    func copy(_ name: String, to other: String) throws {
        try FileManager.default.copyItem(atPath: path(name), toPath: path(other))
    }

    func size(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
        return (attributes[.size] as? Int) ?? -1
    }

    func mode(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
        return (attributes[.posixPermissions] as? Int) ?? -1
    }
}

extension DiaryID {
    /// The diary of most tests.
    static let test: DiaryID = {
        var random = SplitMix64(seed: 1)
        let founder = SigningKey.random(using: &random)
        return DiaryID(founder: founder.publicKey, nonce: Nonce.random(using: &random))
    }()
}

extension DiaryDatabase {
    /// Records one infusion and says which.
    @discardableResult
    func recordInfusion(
        _ note: JSONValue = "well", startMs: Int64 = 1_000, diary: DiaryID = .test
    ) throws -> (result: Position, continuedAsNewReplica: Bool) {
        try write { transaction in
            try transaction.addDiary(diary, name: "Anna")
            return try transaction.record(
                in: diary, at: Timestamp(milliseconds: 5_000, offset: 60), label: "phone"
            ) { commit, generator in
                try commit.write(
                    .begin(
                        "infusion",
                        set: [
                            "note": note,
                            "time": ["start": ["ms": .integer(startMs), "offset": 60]],
                        ]), using: &generator)
            }
        }
    }

    func frontier(_ diary: DiaryID = .test) throws -> VectorClock {
        try read { try $0.events(in: diary).frontier }
    }
}
