import Foundation
import SyncCore
import Testing
import TestSupport

/// Eight processes at once on one diary.
@Suite(.timeLimit(.minutes(60))) struct EightProcessesTests {
    /// Starts each hand's next command when its last one has ended, until all are through.
    private func run(
        _ household: Household, writers: Int, syncs: Int, times: Int, _ promises: inout Promises
    ) throws {
        struct Hand {
            let isWriting: Bool
            var left: Int
            var child: Child?
            var note = 0
        }
        var hands =
            (0..<writers).map { _ in Hand(isWriting: true, left: times) }
            + (0..<syncs).map { _ in Hand(isWriting: false, left: times) }
        var most = 0
        while hands.contains(where: { $0.left > 0 || $0.child != nil }) {
            for number in hands.indices {
                if let child = hands[number].child, !child.isRunning {
                    let ended = try child.wait()
                    #expect(ended.status == 0, "\(ended.text)")
                    if hands[number].isWriting {
                        promises.note(hands[number].note, endedWith: ended.status)
                    }
                    hands[number].child = nil
                }
                guard hands[number].child == nil, hands[number].left > 0 else { continue }
                hands[number].left -= 1
                if hands[number].isWriting {
                    let note = promises.next()
                    hands[number].note = note.number
                    hands[number].child = try household.start(.laptop, note.words)
                } else {
                    hands[number].child = try household.start(.laptop, ["sync", "--quiet"])
                }
            }
            most = max(most, hands.filter { $0.child?.isRunning == true }.count)
            usleep(2000)
        }
        #expect(most == writers + syncs)
    }

    @Test(arguments: [(4, 4), (8, 0)])
    func `eight processes on one diary: each is answered, and each saved note is there once`(
        writers: Int, syncs: Int
    ) throws {
        let household = try Household.joined()
        var promises = Promises()
        try run(household, writers: writers, syncs: syncs, times: 3, &promises)
        #expect(promises.saved.count == writers * 3)
        try household.meet()
        try promises.expectKept(in: household)
        try household.expectEqualStores()
        // Nobody took another process's write for a copy's.
        #expect(try household.texts(.clinic).allSatisfy { !$0.contains("\"continues\":") })
        for place in [Household.Place.laptop, .phone] {
            #expect(try household.json(place, "doctor")["findings"] == [])
        }
    }
}
