import DiaryStore
import Foundation
import SyncCore
import Testing

@Suite struct DurabilityTests {
    @Test func `opening again finds all that was written`() throws {
        let scratch = Scratch()
        let database = try scratch.create()
        let first = try database.recordInfusion("one").result
        let second = try database.recordInfusion("two").result
        try database.write { transaction in
            try transaction.setSetting("zone", "Europe/London", in: nil)
            try transaction.setKnown(VectorClock([first]), to: "clinic", in: .test)
            try transaction.setShown(VectorClock([first]), of: first.id, to: "", in: .test)
            try transaction.saveDraft(["kind": "infusion"], savedMs: 7, in: .test)
        }
        let frontier = try database.frontier()
        try database.close()

        let again = try scratch.open()
        #expect(try again.frontier() == frontier)
        try again.read { (transaction) throws in
            #expect(try transaction.view(of: second.id, in: .test)?["note"] == "two")
            #expect(try transaction.setting("zone", in: nil) == "Europe/London")
            #expect(try transaction.known(to: "clinic", in: .test)?.positions == [first])
            #expect(try transaction.shown(of: first.id, to: "", in: .test)?.positions == [first])
            #expect(try transaction.drafts(in: .test).map(\.savedMs) == [7])
            #expect(try transaction.ownLog(in: .test)?.tip == frontier.positions.first)
            #expect(try transaction.diaries().map(\.name) == ["Anna"])
        }
        #expect(try again.recordInfusion().continuedAsNewReplica == false)
        #expect(again.historyWentBackwards.isEmpty)
        #expect(try Doctor.examine(again) == [])
    }

    @Test func `the writing connection waits for the disk at every commit`() throws {
        let scratch = Scratch()
        let database = try scratch.create()
        try database.write { transaction in
            let level = try transaction.rows("PRAGMA synchronous", table: "pragma") {
                try $0.integer(0)
            }
            #expect(level == [2])
            let journal = try transaction.rows("PRAGMA journal_mode", table: "pragma") {
                try $0.text(0)
            }
            #expect(journal == ["wal"])
            for (pragma, value) in [
                ("trusted_schema", 0), ("cell_size_check", 1), ("wal_autocheckpoint", 0),
                ("secure_delete", 1), ("foreign_keys", 1),
            ] {
                let found = try transaction.rows("PRAGMA \(pragma)", table: "pragma") {
                    try $0.integer(0)
                }
                #expect(found == [value], "\(pragma)")
            }
        }
        #expect(throws: StoreError.notWriting) {
            try database.read { try $0.addDiary(.test, name: "no") }
        }
    }

    @Test func `what throws leaves nothing behind`() throws {
        struct SecondThought: Error {}
        let scratch = Scratch()
        let database = try scratch.create()
        try database.recordInfusion()
        let frontier = try database.frontier()
        #expect(throws: SecondThought.self) {
            try database.write { transaction in
                _ = try transaction.record(
                    in: .test, at: Timestamp(milliseconds: 1, offset: 0), label: "phone"
                ) { commit, generator in
                    try commit.write(.begin("note", set: ["note": 1]), using: &generator)
                }
                throw SecondThought()
            }
        }
        #expect(try database.frontier() == frontier)
        #expect(try database.recordInfusion().continuedAsNewReplica == false)
        #expect(try Doctor.examine(database) == [])
    }

    @Test func `a copy put back goes on as a new replica at once, by the file beside it`() throws {
        let scratch = Scratch()
        let database = try scratch.create()
        let kept = try database.recordInfusion("kept").result
        try database.close()
        try scratch.copy("device", to: "backup")
        let wentOn = try scratch.open()
        let lost = try wentOn.recordInfusion("lost").result
        try wentOn.close()
        // Only the database's own files come back; what lies beside them stays.
        try scratch.restoreDatabase(from: "backup", to: "device")

        let restored = try scratch.open()
        #expect(restored.historyWentBackwards == [.test: lost])
        let findings = try Doctor.examine(restored)
        #expect(findings.map(\.kind) == [.wentBackwards(from: lost)])
        let (position, continued) = try restored.recordInfusion("after")
        #expect(continued)
        #expect(position.replica != kept.replica)
        #expect(restored.historyWentBackwards.isEmpty)
        #expect(try restored.recordInfusion().continuedAsNewReplica == false)
        #expect(try Doctor.examine(restored) == [])
    }

    @Test func `a copy put back with all its files is noticed when its log comes back further`()
        throws
    {
        let scratch = Scratch()
        let database = try scratch.create()
        try database.recordInfusion("kept")
        try database.close()
        try scratch.copy("device", to: "backup")
        let wentOn = try scratch.open()
        try wentOn.recordInfusion("elsewhere")
        let restored = try scratch.open("backup")
        #expect(restored.historyWentBackwards.isEmpty)

        let sections = try wentOn.read { transaction in
            try transaction.events(in: .test).offer(beyond: Coverage(), page: .bundle).sections
        }
        try restored.write { transaction in
            var store = try transaction.events(in: .test)
            #expect(try store.take(sections).stored == 1)
        }
        #expect(try Doctor.examine(restored).map(\.kind) == [.ownLog])
        #expect(try restored.recordInfusion("after").continuedAsNewReplica)
        #expect(try restored.recordInfusion("more").continuedAsNewReplica == false)
        let keys = try restored.read { try $0.ownKeys(in: .test).count }
        #expect(keys == 2)
    }

    @Test(arguments: [0.0, 0.5, 0.9])
    func `a log that lost its end is noticed when the store is opened`(share: Double) throws {
        let scratch = Scratch()
        let database = try scratch.create()
        var last: Position?
        for number in Int64(0)..<10 { last = try database.recordInfusion(.integer(number)).result }
        try database.close()
        let path = scratch.path("device/diary.db-wal")
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        let length = try handle.seekToEnd()
        try handle.truncate(atOffset: UInt64(Double(length) * share))
        try handle.close()

        let again = try scratch.open()
        #expect(again.historyWentBackwards[.test] == last)
    }

    @Test func `a transaction is over when its closure is`() throws {
        let scratch = Scratch()
        let database = try scratch.create()
        try database.recordInfusion()
        let kept = try database.read { transaction in
            _ = try transaction.events(in: .test)
            return transaction
        }
        #expect(throws: StoreError.transactionOver) { try kept.diaries() }
    }

    @Test func `both copies of a device may write, and neither loses a line`() throws {
        let scratch = Scratch()
        let database = try scratch.create()
        try database.recordInfusion("kept")
        try database.close()
        try scratch.copy("device", to: "clone")
        let one = try scratch.open()
        let other = try scratch.open("clone")
        try one.recordInfusion("here")
        try other.recordInfusion("there")
        for (source, target) in [(one, other), (other, one)] {
            let sections = try source.read { transaction in
                try transaction.events(in: .test).offer(beyond: Coverage(), page: .bundle).sections
            }
            _ = try target.write { transaction in
                var store = try transaction.events(in: .test)
                return try store.take(sections)
            }
        }
        #expect(try one.frontier() == other.frontier())
        #expect(try one.frontier().positions.count == 2)
        for database in [one, other] {
            #expect(try database.recordInfusion("on").continuedAsNewReplica)
            let notes = try database.read { transaction in
                try transaction.entries(in: .test, kinds: ["infusion"]).compactMap {
                    try transaction.view(of: $0.position, in: .test)?["note"]?.stringValue
                }
            }
            #expect(Set(notes) == ["kept", "here", "there", "on"])
        }
    }
}

extension Scratch {
    /// Puts a copy of the database's own files back.
    func restoreDatabase(from copy: String, to name: String) throws {
        let files = FileManager.default
        for ending in ["", "-wal", "-shm"] {
            let target = path(name) + "/diary.db" + ending
            let source = path(copy) + "/diary.db" + ending
            if files.fileExists(atPath: target) { try files.removeItem(atPath: target) }
            if files.fileExists(atPath: source) {
                try files.copyItem(atPath: source, toPath: target)
            }
        }
    }
}
