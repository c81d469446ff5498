import Foundation
import SeededRandom
import SyncCore
import Testing
import TestSupport

/// What a person once read on a device, they read there from then on.
@Suite(.timeLimit(.minutes(60))) struct SessionTests {
    typealias Place = Household.Place

    /// The numbers of the notes that `diary list` prints at a place.
    private func listed(_ household: Household, at place: Place) throws -> Set<Int> {
        let list = try household.run(place, "list")
        return Set(list.output.matches(of: /Note no\. 1(\d{6})\./).compactMap { Int($0.output.1) })
    }

    @Test func `a person reads what they wrote, and never less than before, whatever dies`() throws
    {
        let household = try Household.joined()
        var promises = Promises()
        var random = SplitMix64(seed: 0x7365_7373)
        var read: [Place: Set<Int>] = [:]
        for round in 0..<8 {
            for place in [Place.laptop, .phone] {
                let note = promises.next()
                let status = try household.start(place, note.words).wait().status
                #expect(status == 0)
                promises.note(note.number, endedWith: status)
                read[place, default: []].insert(note.number)
                try expectNoLess(household, at: place, &read)

                let sync = try household.start(place, ["sync", "--quiet"])
                switch round % 4 {
                case 0: break
                case 1:
                    usleep(UInt32(random.below(150_000)))
                    sync.send(SIGKILL)
                case 2:
                    usleep(UInt32(random.below(150_000)))
                    try household.close(SIGKILL)
                    try household.open()
                default:
                    try household.close()
                    try household.open()
                }
                try expectNoLess(household, at: place, &read)
                _ = try sync.wait()
                try expectNoLess(household, at: place, &read)
            }
        }
        try household.meet()
        for place in [Place.laptop, .phone] {
            try expectNoLess(household, at: place, &read)
            #expect(read[place] == promises.saved)
        }
    }

    private func expectNoLess(
        _ household: Household, at place: Place, _ read: inout [Place: Set<Int>]
    ) throws {
        let now = try listed(household, at: place)
        #expect(now.isSuperset(of: read[place] ?? []), "\(place)")
        read[place] = now
    }
}
