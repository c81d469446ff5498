import DiaryStore
import Foundation
import Glibc
import SyncCore
import Testing

@Suite struct FileSafetyTests {
    @Test func `only this user can read what a store keeps`() throws {
        let scratch = Scratch()
        umask(0)
        let database = try scratch.create()
        try database.recordInfusion()
        #expect(try scratch.mode("device") == 0o700)
        let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path("device"))
        #expect(
            Set(names) == [
                "diary.db", "diary.db-wal", "diary.db-shm", "writer.lock", "high-water.json",
            ])
        for name in names { #expect(try scratch.mode("device/" + name) == 0o600, "\(name)") }
    }

    @Test func `a newer version's database is refused and not touched`() throws {
        let scratch = Scratch()
        let database = try scratch.create()
        try database.recordInfusion()
        try database.write { try $0.run("PRAGMA user_version = 99", table: "pragma") }
        try database.close()
        let path = scratch.path("device/diary.db")
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        let logBefore = try Data(contentsOf: URL(fileURLWithPath: path + "-wal"))
        #expect(throws: StoreError.newerVersion(found: 99, known: 1)) { try scratch.open() }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path + "-wal")) == logBefore)

        // The same where the number is in the file already.
        var bytes = before
        bytes.replaceSubrange(60..<64, with: [0, 0, 0, 99])
        try bytes.write(to: URL(fileURLWithPath: path))
        chmod(path, 0o600)
        #expect(throws: StoreError.newerVersion(found: 99, known: 1)) { try scratch.open() }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
    }

    @Test func `another purpose, another file or none at all are told apart`() throws {
        let scratch = Scratch()
        #expect(throws: StoreError.missing(directory: scratch.path("device"))) {
            try scratch.open()
        }
        try scratch.create().close()
        #expect(throws: StoreError.exists(directory: scratch.path("device"))) {
            try scratch.create()
        }
        let path = scratch.path("device/")
        rename(path + "diary.db", path + "clinic.db")
        #expect(throws: StoreError.otherPurpose(path: path + "clinic.db")) {
            try DiaryDatabase.open(in: scratch.path("device"), purpose: .clinic)
        }
        try Data(repeating: 7, count: 5_000).write(to: URL(fileURLWithPath: path + "diary.db"))
        chmod(path + "diary.db", 0o600)
        #expect(throws: StoreError.notADiary(path: path + "diary.db")) { try scratch.open() }
    }

    @Test func `links, pipes, directories and files open to others are refused`() throws {
        let scratch = Scratch()
        let database = try scratch.create()
        try database.recordInfusion()
        try database.close()
        let path = scratch.path("device/diary.db")
        rename(path, scratch.path("elsewhere"))

        symlink(scratch.path("elsewhere"), path)
        #expect(throws: StoreError.unsafePath(path, .symbolicLink)) { try scratch.open() }
        unlink(path)
        link(scratch.path("elsewhere"), path)
        #expect(throws: StoreError.unsafePath(path, .hardLinked)) { try scratch.open() }
        unlink(path)
        mkfifo(path, 0o600)
        #expect(throws: StoreError.unsafePath(path, .notAFile)) { try scratch.open() }
        unlink(path)
        mkdir(path, 0o700)
        #expect(throws: StoreError.unsafePath(path, .notAFile)) { try scratch.open() }
        rmdir(path)
        rename(scratch.path("elsewhere"), path)
        chmod(path, 0o666)
        #expect(throws: StoreError.unsafePath(path, .openToOthers)) { try scratch.open() }
        #expect(try scratch.mode("device/diary.db") == 0o666)
        chmod(path, 0o600)
        chmod(scratch.path("device"), 0o755)
        #expect(throws: StoreError.unsafePath(scratch.path("device"), .openToOthers)) {
            try scratch.open()
        }
        chmod(scratch.path("device"), 0o700)
        #expect(try scratch.open().frontier().positions.count == 1)
    }

    @Test func `a second writer waits, and is told who holds the lock`() throws {
        let scratch = Scratch()
        let one = try scratch.create()
        try one.recordInfusion()
        let impatient = try DiaryDatabase.open(
            in: scratch.path("device"), purpose: .device, patience: .milliseconds(30))
        try one.write { _ throws in
            #expect {
                try impatient.recordInfusion()
            } throws: { error in
                guard case StoreError.lockHeld(let holder)? = error as? StoreError else {
                    return false
                }
                return holder?.process == Int(getpid())
            }
            #expect(try impatient.frontier().positions.count == 1)
        }
        #expect(try impatient.recordInfusion().continuedAsNewReplica == false)
    }

    @Test func `writers of two connections take turns and lose nothing`() async throws {
        let scratch = Scratch()
        let databases = [try scratch.create(), try scratch.open()]
        try databases[0].recordInfusion()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for database in databases {
                group.addTask { for _ in 0..<20 { try database.recordInfusion() } }
            }
            try await group.waitForAll()
        }
        let tips = try databases[0].frontier().positions
        #expect(tips.map(\.seq) == [42])
        #expect(try Doctor.examine(databases[1]) == [])
    }

    @Test func `a file is replaced as a whole, and a link in its place is not followed`() throws {
        let scratch = Scratch()
        let file = AtomicFile(path: scratch.path("key"))
        #expect(try file.read() == nil)
        try file.write([1, 2, 3])
        try file.write([4])
        #expect(try file.read() == [4])
        #expect(try scratch.mode("key") == 0o600)
        symlink(scratch.path("key"), scratch.path("link"))
        #expect(throws: StoreError.self) { try AtomicFile(path: scratch.path("link")).read() }
    }
}
