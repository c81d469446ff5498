import Foundation
import Testing
import TestSupport

/// Disks that are full, as the kernel makes them, below a diary, a clinic, a backup and a restore.
@Suite(.timeLimit(.minutes(20))) struct SmallDiskTests {
    /// A diary on a small disk of its own; nil where there is none to be had.
    private func beginDiary() throws -> (Household, SmallDisk)? {
        let household = try Household()
        try household.run(.laptop, "init", "--for", "Anna", "--zone", "Europe/London")
        let disk = try SmallDisk(
            over: household.home(.laptop), in: household.scratch, megabytes: 2)
        return disk.map { (household, $0) }
    }

    private func notes(_ directory: String, _ household: Household) throws -> [Int: Int] {
        let ended = try Child(
            "/usr/bin/env",
            ["sqlite3", "-readonly", directory, "SELECT CAST(line AS TEXT) FROM event"],
            environment: household.environment(.laptop), in: household.scratch
        ).wait()
        guard ended.status == 0 else { throw Unexpected(ended.text) }
        var counts: [Int: Int] = [:]
        for match in ended.output.matches(of: /Note no\. 1(\d{6})\./) {
            if let number = Int(match.output.1) { counts[number, default: 0] += 1 }
        }
        return counts
    }

    @Test func `a disk that fills while one writes keeps all that was said to be saved`() throws {
        guard let (household, disk) = try beginDiary() else { return }
        var promises = Promises()
        var refusals = 0
        for leaving in [96, 40, 20, 8, 0] {
            disk.fill(leaving: leaving)
            var isRefused = false
            while !isRefused, promises.tried < 300 {
                let note = promises.next()
                let ended = try household.start(.laptop, note.words, under: disk.tool).wait()
                promises.note(note.number, endedWith: ended.status)
                isRefused = ended.status != 0
                guard isRefused else { continue }
                refusals += 1
                #expect(ended.status == 1, "\(ended.text)")
                #expect(ended.text.contains("The disk is full. Nothing was written."), "\(ended)")
            }
            let list = try household.start(.laptop, ["list"], under: disk.tool).wait()
            #expect(list.status == 0, "\(list.text)")
            disk.makeRoom()
            let note = promises.next()
            let next = try household.start(.laptop, note.words, under: disk.tool).wait()
            promises.note(note.number, endedWith: next.status)
            #expect(next.status == 0, "\(next.text)")
        }
        // A refusal said that nothing was written.
        let found = try notes(disk.outside + "/diary.db", household)
        #expect(Set(found.keys) == promises.saved)
        #expect(found.values.allSatisfy { $0 == 1 })
        let doctor = try household.start(.laptop, ["doctor"], under: disk.tool).wait()
        #expect(doctor.status == 0, "\(doctor.text)")
        print(
            "Disks: \(promises.tried) notes on a disk that filled five times, "
                + "\(promises.saved.count) saved, \(refusals) refused")
    }

    @Test func `on a clinic's full disk no sync ends well, devices read on, and room is enough`()
        throws
    {
        let household = try Household.joined()
        try household.close()
        guard
            let disk = try SmallDisk(
                over: household.home(.clinic), in: household.scratch, megabytes: 3)
        else { return }
        let server = try household.open(under: disk.tool)
        let clinic = disk.outside + "/clinic.db"
        var promises = Promises()
        func write(_ place: Household.Place) throws {
            let note = promises.next()
            promises.note(
                note.number, endedWith: try household.start(place, note.words).wait().status)
        }
        var (refusals, stored) = (0, 0)
        for leaving in [60, 24, 0] {
            // This one the phone has still to read when nothing goes any more.
            try write(.laptop)
            try household.run(.laptop, "sync", "--quiet")
            let held = try notes(clinic, household)
            disk.fill(leaving: leaving)
            var isRefused = false
            while !isRefused, promises.tried < 200 {
                try write(.laptop)
                let ended = try household.start(.laptop, ["sync", "--quiet"]).wait()
                isRefused = ended.status != 0
                if !isRefused {
                    stored += 1
                    let there = try notes(clinic, household)
                    #expect(promises.saved.isSubset(of: there.keys), "told that all is there")
                    continue
                }
                refusals += 1
                #expect([1, 4].contains(ended.status), "\(ended.text)")
            }
            // Reading needs no room.
            _ = try household.start(.phone, ["sync", "--quiet"]).wait()
            let read = try promises.found(at: .phone, of: household)
            #expect(Set(held.keys).isSubset(of: read.keys))
            disk.makeRoom()
            try household.run(.laptop, "sync", "--quiet")
            #expect(server.isRunning)
        }
        try household.run(.phone, "sync", "--quiet")
        let there = try notes(clinic, household)
        #expect(Set(there.keys) == promises.saved)
        #expect(there.values.allSatisfy { $0 == 1 })
        try promises.expectKept(in: household, [.laptop, .phone])
        try household.close()
        let doctor = try household.start(.clinic, ["doctor"], under: disk.tool).wait()
        #expect(doctor.status == 0, "\(doctor.text)")
        print(
            "Disks: a clinic's filled three times under \(promises.tried) notes: "
                + "\(stored) syncs stored them, \(refusals) were refused")
    }

    @Test func `a backup onto a full disk is refused and leaves no half of a file`() throws {
        let household = try Household()
        try household.run(.laptop, "init", "--for", "Anna", "--zone", "Europe/London")
        for _ in 0..<5 { try household.run(.laptop, "log", "note", "At home.") }
        let target = household.scratch.file("stick")
        guard let disk = try SmallDisk(over: target, in: household.scratch, megabytes: 1) else {
            return
        }
        let before = try household.lines(.laptop)
        for leaving in [64, 16, 4, 0] {
            disk.fill(leaving: leaving)
            let words = ["backup", target + "/backup"]
            let ended = try household.start(.laptop, words, under: disk.tool).wait()
            #expect(ended.status == 1, "\(leaving): \(ended.text)")
            #expect(ended.text.contains("No space left") || ended.text.contains("disk is full"))
            #expect(disk.names == [], "\(leaving)")
        }
        disk.makeRoom()
        let ended = try household.start(
            .laptop, ["backup", target + "/backup"], under: disk.tool
        ).wait()
        #expect(ended.status == 0, "\(ended.text)")
        #expect(try household.lines(.laptop) == before)
        print("Disks: 4 backups onto a full disk were refused and left nothing")
    }

    @Test func `a restore onto a full disk leaves the diary as it was`() throws {
        guard let (household, disk) = try beginDiary() else { return }
        func run(_ words: String...) throws -> Ended {
            try household.start(.laptop, words, under: disk.tool).wait()
        }
        let first = Promises().tried
        #expect(first == 0)
        var promises = Promises()
        for _ in 0..<3 {
            let note = promises.next()
            promises.note(
                note.number,
                endedWith: try household.start(.laptop, note.words, under: disk.tool).wait().status)
        }
        let backup = household.scratch.file("backup")
        #expect(try run("backup", backup).status == 0)
        for leaving in [100, 48, 16, 0] {
            let names = disk.names
            disk.fill(leaving: leaving)
            let ended = try run("restore", backup)
            #expect(ended.status == 1, "\(leaving): \(ended.text)")
            #expect(
                ended.text.contains("disk is full") || ended.text.contains("No space left"),
                "\(ended.text)")
            #expect(Set(disk.names).isSubset(of: names + ["diary.db-wal", "diary.db-shm"]))
            let found = try notes(disk.outside + "/diary.db", household)
            #expect(Set(found.keys) == promises.saved)
            #expect(try run("list").status == 0)
        }
        disk.makeRoom()
        let note = promises.next()
        let next = try household.start(.laptop, note.words, under: disk.tool).wait()
        #expect(next.status == 0, "\(next.text)")
        #expect(try run("doctor").status == 0)
        let restored = try run("restore", backup)
        #expect(restored.status == 0, "\(restored.text)")
        print("Disks: 4 restores onto a full disk were refused and changed nothing")
    }

    @Test func `a diary on a disk that may only be read is read, and writing is refused`() throws {
        let household = try Household()
        try household.run(.laptop, "init", "--for", "Anna", "--zone", "Europe/London")
        try household.run(.laptop, "log", "note", "First.")
        guard
            let disk = try SmallDisk(
                over: household.home(.laptop), in: household.scratch, megabytes: 2,
                isReadOnly: true)
        else { return }
        let names = disk.names
        for words in [["list"], ["status"], ["doctor"]] {
            let read = try household.start(.laptop, words, under: disk.tool).wait()
            #expect(read.status == 0, "\(words): \(read.text)")
        }
        for words in [["log", "note", "Second."], ["people", "add", "Cleo"]] {
            let refused = try household.start(.laptop, words, under: disk.tool).wait()
            #expect(refused.status == 1, "\(words): \(refused.text)")
            #expect(
                refused.text.contains("can be read but not written")
                    || refused.text.contains("Read-only file system"), "\(refused.text)")
        }
        #expect(disk.names == names)
        print("Disks: one that may only be read was read, and nothing written")
    }
}
