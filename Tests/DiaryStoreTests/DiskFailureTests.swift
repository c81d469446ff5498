import DiaryStore
import SyncCore
import Testing

@Suite struct DiskFailureTests {
    @Test func `every acknowledged write has waited for the disk`() throws {
        let scratch = Scratch()
        let database = try scratch.create()
        try database.recordInfusion()
        for _ in 0..<10 {
            let before = DiskProbe.waits(below: scratch.path)
            try database.recordInfusion()
            #expect(DiskProbe.waits(below: scratch.path) == before + 1)
        }
    }

    @Test func `a long log is copied into the database, under the same lock`() throws {
        let scratch = Scratch()
        let database = try scratch.create()
        try database.recordInfusion()
        let page = JSONValue.string(String(repeating: "x", count: 60_000))
        for _ in 0..<200 { try database.recordInfusion(page) }
        try database.close()
        #expect(try scratch.size("device/diary.db") > 4_000_000)
        #expect(try scratch.size("device/diary.db-wal") < 12_000_000)
        let again = try scratch.open()
        #expect(try again.frontier().positions.map(\.seq) == [202])
        #expect(try Doctor.examine(again) == [])
    }

    @Test func `after a failure of the disk nothing is acknowledged until it is opened again`()
        throws
    {
        let scratch = Scratch()
        let database = try scratch.create()
        let kept = try database.recordInfusion("kept").result
        var failure: StoreError?
        DiskProbe.failing(below: scratch.path) {
            do { try database.recordInfusion("lost") } catch { failure = error as? StoreError }
        }
        guard case .diskFailed? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(throws: StoreError.reopenFirst) { try database.recordInfusion("not yet") }
        #expect(try database.frontier().positions == [kept])
        try database.close()

        // The failed write may be there or not; a second failure changes nothing about that.
        let again = try scratch.open()
        let seqs = try again.frontier().positions.map(\.seq)
        #expect(seqs == [kept.seq] || seqs == [kept.seq + 1])
        DiskProbe.failing(below: scratch.path) {
            #expect(throws: StoreError.self) { try again.recordInfusion("still lost") }
        }
        try again.close()

        let mended = try scratch.open()
        #expect(try mended.frontier().positions.map(\.seq) == seqs)
        let before = DiskProbe.waits(below: scratch.path("device/diary.db"))
        #expect(try mended.recordInfusion("now").continuedAsNewReplica == false)
        #expect(DiskProbe.waits(below: scratch.path("device/diary.db")) >= before + 3)
        #expect(try mended.recordInfusion("on").result.seq == seqs[0] + 2)
        #expect(try Doctor.examine(mended) == [])
    }
}
