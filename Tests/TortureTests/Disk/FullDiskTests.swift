import Foundation
import SyncCore
import Synchronization
import TestSupport
import Testing

/// Real disks that are full, or nearly: nothing is told saved that is not, and nothing is lost.
@Suite(.timeLimit(.minutes(60))) struct FullDiskTests {
    typealias Place = Household.Place

    /// How many pages are left free, so that the failure falls somewhere else each time.
    private static let free = [0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 24]

    private func diary(
        _ household: Household, _ disk: SmallDisk, _ words: String...
    ) throws -> Ended {
        try household.start(.laptop, words, under: disk.tool).wait()
    }

    @Test func `a device on a disk with a few pages left says truly what was kept`() throws {
        let household = try Household()
        try household.run(.laptop, "init", "--for", "Anna", "--zone", "Europe/London")
        guard
            let disk = try SmallDisk(
                over: household.home(.laptop), bytes: 1 << 20, household)
        else { return }
        var promises = Promises()
        var refused = 0
        let store = household.store(.laptop)
        for pages in Self.free {
            try disk.fill(butPages: pages)
            let note = promises.next()
            let ended = try household.start(.laptop, note.words, under: disk.tool).wait()
            promises.note(note.number, endedWith: ended.status)
            let isHeld = try disk.notes(store).contains("Note no. \(1_000_000 + note.number).")
            #expect(isHeld == (ended.status == 0), "\(pages) pages: \(ended.text)")
            if ended.status != 0 {
                refused += 1
                #expect([1, 6].contains(ended.status), "\(pages) pages: \(ended.text)")
            }
            #expect(try diary(household, disk, "list").status == 0, "\(pages) pages")
            try disk.makeRoom()
            let next = promises.next()
            let room = try household.start(.laptop, next.words, under: disk.tool).wait()
            #expect(room.status == 0, "\(room.text)")
            promises.note(next.number, endedWith: room.status)
        }
        let held = try disk.notes(store)
        let lost = promises.saved.filter { !held.contains("Note no. \(1_000_000 + $0).") }
        #expect(lost == [])
        #expect(refused > 0)
        let doctor = try diary(household, disk, "doctor")
        #expect(doctor.status == 0, "\(doctor.text)")
        try Figures(
            "notes on a device's full disk", count: Self.free.count, lost: lost.count,
            note: "\(refused) refused in words"
        ).print()
    }

    /// What a clinic answered while its disk was full: the status, and whether lines were pushed.
    private struct Answered: Sendable {
        let status: Int
        let isPush: Bool
    }

    @Test func `a clinic on a full disk acknowledges nothing, still gives, and recovers alone`()
        throws
    {
        let household = try Household()
        try household.beginClinic()
        try household.close()
        guard
            let disk = try SmallDisk(over: household.home(.clinic), bytes: 4 << 20, household)
        else { return }
        try household.open(under: disk.tool)
        let meddler = try Meddler(clinic: household.port)
        try household.run(
            .laptop, "init", "--for", "Anna", "--device", "laptop", "--zone", "Europe/London")
        try join(household, disk, at: meddler.address)
        let answers = Mutex<[Answered]>([])
        meddler.answer { request, write in
            let answer = meddler.forward(request)
            // The first line of a request is its head; what follows are sections and their lines.
            let isPush = request.body.count { $0 == UInt8(ascii: "\n") } > 1
            answers.withLock { $0.append(Answered(status: answer.status, isPush: isPush)) }
            _ = write(Meddler.message(answer.head, answer.body))
        }
        var promises = Promises()
        var refused = 0
        for pages in Self.free {
            let note = promises.next()
            let saved = try household.start(.laptop, note.words).wait()
            promises.note(note.number, endedWith: saved.status)
            try disk.fill(butPages: pages)
            answers.withLock { $0 = [] }
            let sync = try household.start(.laptop, ["sync", "--quiet"]).wait()
            let isHeld = try disk.notes(household.store(.clinic))
                .contains("Note no. \(1_000_000 + note.number).")
            let said = answers.withLock { $0 }
            #expect(isHeld || sync.status != 0, "\(pages) pages: \(sync.text)")
            for one in said where one.isPush && !isHeld {
                #expect([503, 507].contains(one.status), "\(pages) pages: \(one)")
            }
            if !isHeld {
                refused += 1
                #expect([1, 4].contains(sync.status), "\(sync.text)")
            }
            // Who brings nothing is given all the same.
            answers.withLock { $0 = [] }
            try household.run(.phone, "sync", "--quiet")
            #expect(answers.withLock { $0.allSatisfy { $0.status == 200 } }, "\(pages) pages")
            try disk.makeRoom()
            try household.run(.laptop, "sync", "--quiet")
        }
        #expect(refused > 0)
        try household.run(.phone, "sync", "--quiet")
        let held = try disk.notes(household.store(.clinic))
        let lost = promises.saved.filter { !held.contains("Note no. \(1_000_000 + $0).") }
        #expect(lost == [])
        try promises.expectKept(in: household, [.laptop, .phone])
        try household.close()
        let doctor = try household.start(.clinic, ["doctor"], under: disk.tool).wait()
        #expect(doctor.status == 0, "\(doctor.text)")
        try Figures(
            "syncs with a clinic on a full disk", count: Self.free.count, lost: lost.count,
            note: "\(refused) answered 503 or 507, pulls 200"
        ).print()
    }

    private func join(_ household: Household, _ disk: SmallDisk, at address: String) throws {
        let people: [(Place, String, [String])] = [
            (.laptop, "patient", []),
            (
                .phone, "carer",
                [
                    "--for", "Anna", "--as", "Ben", "--device", "phone", "--zone", "Europe/London",
                ]
            ),
        ]
        for (place, role, words) in people {
            let letter = try household.start(
                .clinic, ["enrol", "P03", "--role", role, "--json"],
                staff: Household.administrator, under: disk.tool
            ).wait().json()
            let code = try #require(letter["code"]?.stringValue)
            let fingerprint = try #require(letter["fingerprint"]?.stringValue)
            let ended = try household.start(
                place,
                [
                    "join", address, "--code", code, "--fingerprint", fingerprint, "--role", role,
                ] + words
            ).wait()
            #expect(ended.status == 0, "\(ended.text)")
        }
        for place in [Place.phone, .laptop] { try household.run(place, "sync", "--quiet") }
    }

    @Test func `a backup that finds no room leaves no file, and the store as it was`() throws {
        let household = try Household()
        try household.run(.laptop, "init", "--for", "Anna", "--zone", "Europe/London")
        try household.run(.laptop, "log", "note", "First.")
        let target = household.scratch.file("stick")
        try FileManager.default.createDirectory(
            atPath: target, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        guard let disk = try SmallDisk(over: target, bytes: 1 << 20, household) else { return }
        let before = try StoreSnapshot(household.home(.laptop), in: household.scratch)
        var refused = 0
        for pages in Self.free {
            try disk.fill(butPages: pages)
            let file = target + "/backup-\(pages)"
            let ended = try diary(household, disk, "backup", file)
            let names = try FileManager.default.contentsOfDirectory(atPath: disk.seen(target))
            if ended.status == 0 {
                #expect(names.contains("backup-\(pages)"))
            } else {
                refused += 1
                #expect(ended.status == 1, "\(ended.text)")
                #expect(Set(names) == ["fill"], "\(pages) pages: \(names)")
            }
            try disk.run(["rm", "-f", file])
            try disk.makeRoom()
        }
        #expect(refused > 0)
        let isUnchanged =
            try StoreSnapshot(household.home(.laptop), in: household.scratch) == before
        #expect(isUnchanged)
        let file = target + "/backup"
        let room = try diary(household, disk, "backup", file)
        #expect(room.status == 0, "\(room.text)")
        try Figures(
            "backups to a full disk", count: Self.free.count, lost: isUnchanged ? 0 : 1,
            note: "\(refused) refused, none left half a file"
        ).print()
    }

    @Test func `a restore that finds no room leaves the store as it was`() throws {
        let household = try Household()
        try household.run(.laptop, "init", "--for", "Anna", "--zone", "Europe/London")
        try household.run(.laptop, "log", "note", "First.")
        let file = household.scratch.file("backup")
        try household.run(.laptop, "backup", file)
        try household.run(.laptop, "log", "note", "Second.")
        let home = household.home(.laptop)
        guard let disk = try SmallDisk(over: home, bytes: 2 << 20, household) else { return }
        let before = try disk.notes(household.store(.laptop))
        var refused = 0
        var lost = 0
        for pages in Self.free.map({ $0 * 3 }) {
            try disk.fill(butPages: pages)
            let ended = try diary(household, disk, "restore", file)
            let after = try disk.notes(household.store(.laptop))
            let list = try diary(household, disk, "list")
            #expect(list.status == 0, "\(pages) pages: \(list.text)")
            if !list.output.contains("Second.") { lost += 1 }
            #expect(list.output.contains("First.") && list.output.contains("Second."))
            if ended.status != 0 {
                refused += 1
                #expect([1, 6].contains(ended.status), "\(ended.text)")
                #expect(after == before, "\(pages) pages: \(ended.text)")
            }
            try disk.makeRoom()
        }
        #expect(refused > 0)
        let room = try diary(household, disk, "restore", file)
        #expect(room.status == 0, "\(room.text)")
        let doctor = try diary(household, disk, "doctor")
        #expect(doctor.status == 0, "\(doctor.text)")
        try Figures(
            "restores onto a full disk", count: Self.free.count, lost: lost,
            note: "\(refused) refused, the old store as it was"
        ).print()
    }
}
