import Foundation
import SyncCore
import Testing
import TestSupport

/// A device's directory that was copied with its key and token, and both go on.
@Suite(.timeLimit(.minutes(60))) struct CloneTests {
    typealias Place = Household.Place

    private static let twoPlaces = "This diary has been going on in two places"

    /// Notes at these places, in turn; each is expected to be saved.
    private func write(
        _ household: Household, _ promises: inout Promises, at places: [Place], times: Int = 2
    ) throws {
        for _ in 0..<times {
            for place in places {
                let note = promises.next()
                let ended = try household.start(place, note.words).wait()
                #expect(ended.status == 0, "\(place): \(ended.text)")
                promises.note(note.number, endedWith: ended.status)
            }
        }
    }

    /// Syncs these places twice over, and gives what each was told.
    @discardableResult
    private func meet(_ household: Household, _ places: [Place]) throws -> [Place: String] {
        var told: [Place: String] = [:]
        for place in places + places {
            told[place, default: ""] += try household.run(place, "sync", "--quiet").output
        }
        return told
    }

    private func expectAllKept(
        _ household: Household, _ promises: Promises, with copies: [Place]
    ) throws {
        let all = Place.allCases + copies
        try promises.expectKept(in: household, all)
        try household.expectEqualStores(all)
    }

    @Test func `two copies of a device write on with one token, and every store has it all`()
        throws
    {
        let household = try Household.joined()
        var promises = Promises()
        try write(household, &promises, at: [.laptop])
        try household.copy(.laptop, to: .copy)
        try write(household, &promises, at: [.laptop, .copy, .phone])
        let told = try meet(household, [.laptop, .copy, .phone])
        for place in [Place.laptop, .copy] {
            #expect(told[place]?.contains(Self.twoPlaces) == true, "\(place): \(told)")
        }
        #expect(told[.phone]?.contains(Self.twoPlaces) == false)
        try expectAllKept(household, promises, with: [.copy])

        // A third copy, made after the two have met, and all three go on.
        try household.copy(.copy, to: .secondCopy)
        try write(household, &promises, at: [.secondCopy, .laptop, .copy])
        let all: [Place] = [.secondCopy, .copy, .laptop, .phone]
        try meet(household, all)
        try write(household, &promises, at: all)
        try meet(household, all)
        try expectAllKept(household, promises, with: [.copy, .secondCopy])
        for place in all where place != .phone {
            try household.run(place, "sync", "--quiet")
            #expect(try household.json(place, "doctor")["findings"] == [], "\(place)")
        }
    }

    @Test func `the one that has not noticed the other is told of it by its next sync`() throws {
        let household = try Household.joined()
        var promises = Promises()
        try write(household, &promises, at: [.laptop])
        try household.copy(.laptop, to: .copy)
        // The laptop goes on and syncs; the copy hears of that before it writes its first note.
        try write(household, &promises, at: [.laptop])
        try household.run(.laptop, "sync", "--quiet")
        try household.run(.copy, "sync", "--quiet")
        let note = promises.next()
        let first = try household.run(.copy, "log", "note", note.words[2])
        promises.note(note.number, endedWith: first.status)
        #expect(first.output.contains("put back or copied"))
        try household.run(.copy, "sync", "--quiet")

        let told = try household.run(.laptop, "sync", "--quiet").output
        #expect(told.contains(Self.twoPlaces), "\(told)")
        // Once is enough.
        let again = try household.run(.laptop, "sync", "--quiet").output
        #expect(!again.contains(Self.twoPlaces), "\(again)")
        try write(household, &promises, at: [.laptop, .copy])
        try meet(household, [.laptop, .copy, .phone])
        try expectAllKept(household, promises, with: [.copy])
    }

    @Test func `a copy made in the middle of a write is a diary like any other`() throws {
        let household = try Household.joined()
        var promises = Promises()
        try write(household, &promises, at: [.laptop])
        let lock = household.home(.laptop) + "/writer.lock"
        var (rounds, inside) = (0, 0)
        while inside < 3, rounds < 30 {
            rounds += 1
            let note = promises.next()
            let writing = try household.start(.laptop, note.words)
            while writing.isRunning, !isHeld(lock) {}
            // How far into the write, differs: up to 6 ms.
            usleep(UInt32(rounds % 4) * 2000)
            writing.send(SIGSTOP)
            if writing.isRunning, isHeld(lock) { inside += 1 }
            try household.copy(.laptop, to: .copy)
            writing.send(SIGCONT)
            let ended = try writing.wait()
            #expect(ended.status == 0, "\(ended.text)")
            promises.note(note.number, endedWith: ended.status)

            try write(household, &promises, at: [.copy, .laptop])
            try meet(household, [.copy, .laptop, .phone])
            try expectAllKept(household, promises, with: [.copy])
            for place in [Place.laptop, .copy] {
                let doctor = try household.start(place, ["doctor", "--json"]).wait()
                #expect(doctor.status == 0, "\(place): \(doctor.text)")
            }
            try FileManager.default.removeItem(atPath: household.home(.copy))
        }
        #expect(inside >= 3, "\(rounds) rounds")
    }

    /// The file of the lock names whoever holds it, and is empty between writes.
    private func isHeld(_ lock: String) -> Bool {
        var found = stat()
        return stat(lock, &found) == 0 && found.st_size > 0
    }

    @Test func `a copy put back over the directory loses only what nobody else had`() throws {
        let household = try Household.joined()
        var promises = Promises()
        try write(household, &promises, at: [.laptop])
        try household.copy(.laptop, to: .copy)
        // What is written now is at the clinic before the old directory is moved away.
        try write(household, &promises, at: [.laptop])
        try household.run(.laptop, "sync", "--quiet")
        let files = FileManager.default
        try files.moveItem(
            atPath: household.home(.laptop), toPath: household.scratch.file("moved away"))
        try files.moveItem(atPath: household.home(.copy), toPath: household.home(.laptop))
        try write(household, &promises, at: [.laptop])
        try meet(household, [.laptop, .phone])
        try write(household, &promises, at: [.laptop, .phone])
        try meet(household, [.laptop, .phone])
        try expectAllKept(household, promises, with: [])

        // The directory that was moved away is found again, and goes on too.
        try files.moveItem(
            atPath: household.scratch.file("moved away"), toPath: household.home(.copy))
        try write(household, &promises, at: [.copy, .laptop])
        try meet(household, [.copy, .laptop, .phone])
        try expectAllKept(household, promises, with: [.copy])
    }

    @Test func `two copies that amend one field ask one question, and one answer settles it`()
        throws
    {
        let household = try Household.joined()
        let handle = try household.sharedInfusion()
        try household.copy(.laptop, to: .copy)
        try household.run(.laptop, "amend", handle, "lot=P100423971")
        try household.run(.copy, "amend", handle, "lot=P10042391")
        try meet(household, [.laptop, .copy, .phone])
        for place in Place.allCases + [.copy] {
            let view = try household.json(place, "show", handle)
            #expect(view.conflicts == ["vials.1"], "\(place)")
            #expect(view.lots == ["P100423971", "P10042391"].sorted(), "\(place)")
        }
        try household.run(.copy, "conflicts", "show", handle, status: 3)
        try household.run(.copy, "conflicts", "resolve", handle, "lot=a", "--why", "photo")
        try meet(household, [.copy, .laptop, .phone])
        for place in Place.allCases + [.copy] {
            let view = try household.json(place, "show", handle)
            #expect(view.conflicts == [], "\(place)")
            #expect(view.lots.count == 1, "\(place)")
        }
        try household.expectEqualStores(Place.allCases + [.copy])
    }
}
