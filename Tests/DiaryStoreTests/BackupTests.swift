import DiaryStore
import Foundation
import SeededRandom
import SyncCore
import Testing
import TestSupport

@Suite struct BackupTests {
    private let scratch = Scratch()

    private func restore(_ file: String, to name: String = "device") throws -> Restore {
        try Restore.run(
            scratch.path(file), into: scratch.path(name), purpose: .device, at: 9_000)
    }

    private func back(up database: DiaryDatabase, to file: String = "backup") throws {
        _ = try database.backUp(to: scratch.path(file), at: 8_000)
    }

    private func lines(_ database: DiaryDatabase) throws -> Set<[UInt8]> {
        try database.read { transaction in
            var lines: Set<[UInt8]> = []
            try transaction.events(in: .test).forEachSection(beyond: Coverage()) { section in
                lines.formUnion(section.lines.map(\.bytes))
                return true
            }
            return lines
        }
    }

    @Test func `a backup holds what the store held, and its own file only for this user`() throws {
        let store = try scratch.create()
        try store.recordInfusion()
        let before = try lines(store)
        try back(up: store)
        #expect(try scratch.mode("backup") == 0o600)
        try store.recordInfusion("after the backup")
        let restored = try restore("backup", to: "other")
        #expect(restored.keptIn == nil)
        #expect(try lines(scratch.open("other")) == before)
    }

    @Test func `a backup never replaces a file`() throws {
        let store = try scratch.create()
        try store.recordInfusion()
        try back(up: store)
        let bytes = FileManager.default.contents(atPath: scratch.path("backup"))
        #expect(throws: BackupError.exists(path: scratch.path("backup"))) { try back(up: store) }
        #expect(FileManager.default.contents(atPath: scratch.path("backup")) == bytes)
    }

    @Test func `any bit that changed is noticed, and the store stays as it was`() throws {
        let store = try scratch.create()
        try store.recordInfusion()
        try back(up: store)
        let before = try lines(store)
        let bytes = [UInt8](
            try #require(FileManager.default.contents(atPath: scratch.path("backup"))))
        var random = SplitMix64(seed: 5)
        for round in 0..<24 {
            var altered = bytes
            if round < 22 {
                altered[random.below(altered.count)] ^= UInt8(1 << random.below(8))
            } else {
                altered = round == 22 ? altered.dropLast() : altered + [0]
            }
            let file = scratch.path("altered")
            try Data(altered).write(to: URL(fileURLWithPath: file))
            #expect(throws: BackupError.self) { try restore("altered") }
        }
        #expect(try lines(store) == before)
        let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path("device"))
        #expect(!names.contains { $0.hasPrefix("before-") || $0 == "restoring" })
    }

    @Test func `a restored store goes on as a new writer, though its rows say that all is well`()
        throws
    {
        let store = try scratch.create()
        try store.recordInfusion()
        try back(up: store)
        try store.close()
        _ = try restore("backup", to: "other")
        let other = try scratch.open("other")
        #expect(try other.read { try RestoreMark(of: .test, in: $0) } == RestoreMark(madeMs: 8_000))
        let (position, isNew) = try other.recordInfusion("on the new disk")
        #expect(isNew)
        #expect(try !other.recordInfusion("and on").continuedAsNewReplica)
        #expect(try other.read { try RestoreMark(of: .test, in: $0) } == nil)
        let replicas = try other.read { try $0.events(in: .test).tree.replicas }
        #expect(replicas.count == 2)
        #expect(position.seq == 2, "after the introduction that continues the old log")
    }

    @Test func `what the old store had beyond the backup is taken over, and the old store stays`()
        throws
    {
        let store = try scratch.create()
        try store.recordInfusion()
        try back(up: store)
        try store.recordInfusion("after the backup")
        let all = try lines(store)
        try store.close()
        let restored = try restore("backup")
        #expect(restored.takenOver == 1)
        #expect(restored.isOldStoreWhole)
        #expect(restored.unread == 0)
        #expect(try lines(scratch.open()) == all)
        let kept = try #require(restored.keptIn)
        #expect(try lines(DiaryDatabase.open(in: kept, purpose: .device)) == all)
    }

    @Test func `an entry typed into a store that was put aside is refused, not saved elsewhere`()
        throws
    {
        let store = try scratch.create()
        try store.recordInfusion()
        try back(up: store)
        let late = try scratch.open()
        try late.recordInfusion("while it was open")
        _ = try restore("backup")
        #expect(throws: StoreError.replaced) { try late.recordInfusion("too late") }
        #expect(throws: StoreError.replaced) { try store.recordInfusion("too late") }
        #expect(try scratch.open().recordInfusion("in the right place").continuedAsNewReplica)
    }

    @Test func `an old log beside the live file is not played into the restored one`() throws {
        let store = try scratch.create()
        try store.recordInfusion()
        try back(up: store)
        for number in 0..<20 { try store.recordInfusion(.integer(Int64(number))) }
        // Its connections stay open, so the log beside it is long and in use.
        let restored = try restore("backup")
        #expect(restored.takenOver == 20)
        #expect(try DiaryStore.Doctor.examine(scratch.open()).isEmpty)
    }

    @Test func `a store whose old files are beyond reading is put back all the same`() throws {
        let store = try scratch.create()
        try store.recordInfusion()
        try back(up: store)
        let all = try lines(store)
        try store.close()
        let path = scratch.path("device/diary.db")
        try Data(repeating: 0x5A, count: 50_000).write(to: URL(fileURLWithPath: path))
        let restored = try restore("backup")
        #expect(!restored.isOldStoreWhole)
        #expect(restored.unread == nil)
        #expect(restored.keptIn != nil)
        #expect(try lines(scratch.open()) == all)
    }

    @Test func `a bad line of the old store keeps back itself alone, and is counted`() throws {
        let store = try scratch.create()
        try store.recordInfusion()
        try back(up: store)
        for number: Int64 in 0..<9 { try store.recordInfusion(.integer(number)) }
        try damageLine("(SELECT max(arrival) FROM event)", in: store)
        let restored = try restore("backup")
        #expect(restored.takenOver == 8)
        #expect(restored.unread == 1)
        #expect(!restored.isOldStoreWhole)
        #expect(try DiaryStore.Doctor.examine(scratch.open()).isEmpty)
        let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path("device"))
        #expect(!names.contains { $0.hasPrefix("restoring") })
    }

    @Test
    func `what rests on a line that is bad in the old store and whole in the backup comes too`()
        throws
    {
        let store = try scratch.create()
        try store.recordInfusion()
        try back(up: store)
        for number: Int64 in 0..<4 { try store.recordInfusion(.integer(number)) }
        try damageLine("2", in: store)
        try damageLine("(SELECT max(arrival) FROM event)", in: store)
        let restored = try restore("backup")
        #expect(restored.takenOver == 3)
        #expect(restored.unread == 1)
    }

    private func damageLine(_ arrival: String, in store: DiaryDatabase) throws {
        try store.write { transaction in
            try transaction.run(
                "UPDATE event SET line = CAST('{}' AS BLOB) WHERE arrival = \(arrival)",
                table: "event")
        }
    }

    @Test func `a page that is gone from the old store takes what was on it and above it alone`()
        throws
    {
        let store = try scratch.create()
        try store.recordInfusion()
        try back(up: store)
        for number in 0..<40 { try store.recordInfusion(.string("number \(number) of forty")) }
        // All of it is in the one file now.
        #expect(try restore("backup").takenOver == 40)
        let file = URL(fileURLWithPath: scratch.path("device/diary.db"))
        var bytes = try Data(contentsOf: file)
        let text = try #require(bytes.range(of: Data("number 30 of forty".utf8)))
        let page = text.lowerBound / 4096 * 4096
        bytes.replaceSubrange(page..<(page + 4096), with: Data(count: 4096))
        try bytes.write(to: file)

        let restored = try Restore.run(
            scratch.path("backup"), into: scratch.path("device"), purpose: .device, at: 99_000)
        #expect(restored.takenOver >= 10)
        #expect(restored.unread == 40 - restored.takenOver)
    }

    @Test func `a backup of another diary takes nobody's place until that is said to be meant`()
        throws
    {
        let store = try scratch.create()
        try store.recordInfusion()
        let before = try lines(store)
        var random = SplitMix64(seed: 2)
        let founder = SigningKey.random(using: &random)
        let other = DiaryID(founder: founder.publicKey, nonce: Nonce.random(using: &random))
        let another = try scratch.create("another")
        try another.recordInfusion(diary: other)
        try back(up: another)
        let path = scratch.path("backup")
        #expect(
            throws: BackupError.otherDiaries(path: path, holds: ["Anna"], here: ["Anna"])
        ) { try restore("backup") }
        #expect(try lines(scratch.open()) == before)

        let restored = try Restore.run(
            path, into: scratch.path("device"), purpose: .device, at: 9_000, evenOfOthers: true)
        #expect(restored.diariesLeft.map(\.id) == [.test])
        let kept = try #require(restored.keptIn)
        #expect(try lines(DiaryDatabase.open(in: kept, purpose: .device)) == before)
    }

    @Test func `a backup that lacks the diary of whoever was named is refused`() throws {
        try scratch.create().recordInfusion()
        try back(up: scratch.open())
        let path = scratch.path("backup")
        #expect(throws: BackupError.noSuchDiary(path: path, name: "Zoe", holds: ["Anna"])) {
            try Restore.run(
                path, into: scratch.path("device"), purpose: .device, at: 9_000, of: "Zoe")
        }
        _ = try Restore.run(
            path, into: scratch.path("device"), purpose: .device, at: 9_000, of: "anna")
    }

    @Test func `a damaged store gives no backup`() throws {
        let store = try scratch.create()
        try store.recordInfusion()
        try store.write { transaction in
            try transaction.run(
                "UPDATE event SET line = CAST('{}' AS BLOB) WHERE arrival = 2", table: "event")
        }
        #expect(throws: (any Error).self) { try back(up: store) }
        #expect(!FileManager.default.fileExists(atPath: scratch.path("backup")))
    }
}
