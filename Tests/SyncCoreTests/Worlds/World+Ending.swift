import SyncCore
import TestSupport

extension World {
    /// Lets the world run, then stops the faults: everything has to become equal.
    func run() throws {
        for _ in 0..<(15 + random.below(75)) { try step() }
        refused = []
        isQuiet = true
        let rest = Array(devices.dropFirst())
        for device in rest where !device.isClinic { try join(device) }
        try syncEverybody(rest)
        let left = oracle.resting(on: bad)
        try carryBundles(rest, leaving: left)
        try compare(rest, leaving: left)
        try judge(hub)
        try judgeSaved(leaving: left)
    }

    /// Once to bring a restored clinic what it lacks, then it is confirmed, then twice each.
    private func syncEverybody(_ rest: [WorldDevice]) throws {
        for (number, device) in (rest + rest + rest).enumerated() {
            if number == rest.count { try confirm(hub) }
            if number < rest.count, !hub.disk.isUnconfirmed { continue }
            let session = WorldSession(device, hub, in: self)
            var outcome = WorldSession.Outcome.on
            while outcome == .on { outcome = try session.round(cut: nil) }
            try check(
                outcome == .done || (device.disk.isHostile && outcome == .refused),
                "a sync without faults ends \(outcome)")
        }
    }

    /// By bundle: a signed form whose order is lost, and what a closed device may not read.
    private func carryBundles(_ rest: [WorldDevice], leaving left: Set<EventID>) throws {
        for device in rest + rest {
            for (taker, giver) in [(hub, device), (device, hub)] {
                let isEqual =
                    taker.store.erased.subtracting(left) == giver.store.erased.subtracting(left)
                let isDeaf = try giver.isDeaf(to: taker, defect: defect)
                guard !giver.disk.isHostile, !isEqual || isDeaf else { continue }
                _ = try taker.disk.store.take(
                    giver.store.offer(beyond: Coverage(), page: .bundle).sections)
            }
        }
    }

    private func compare(_ rest: [WorldDevice], leaving left: Set<EventID>) throws {
        let views = try hub.store.views()
        for device in rest {
            try check(device.store.ids.subtracting(left) == hub.store.ids, "frontiers differ")
            guard !device.disk.isHostile else { continue }
            try check(device.store.frontier == hub.store.frontier, "frontiers differ")
            try check(try device.store.views() == views, "views differ")
        }
        let tips = hub.store.frontier.positions
        sometimes["forks", default: 0] += tips.count - Set(tips.map(\.replica)).count
        for view in views.values {
            sometimes["conflicts", default: 0] += view.fields.values.filter(\.isInConflict).count
            sometimes["questions", default: 0] += view.voidQuestions.count
            sometimes["review", default: 0] += view.toReview.count
        }
        sometimes["erased", default: 0] += hub.store.erased.count
    }

    /// Nothing saved is lost, and what counts is what the clinic decided.
    private func judgeSaved(leaving left: Set<EventID>) throws {
        let counting = try hub.store.counting(Standing(of: hub.store))
        let isEveryWordHeld = oracle.words.values.joined().allSatisfy {
            hub.store.lines[$0.id] != nil
        }
        for (id, saved) in oracle.saved {
            let isHeld = hub.store.lines[id] != nil
            try check(
                isHeld || gone.contains(id) || left.contains(id), "an event told saved is lost")
            guard isHeld, !oracle.isClinic(saved.event.replica),
                let root = oracle.root(saved.event.replica)
            else { continue }
            try check(
                counting.contains(id) || revoked.contains(root),
                "what a device never closed wrote does not count")
            if counting.contains(id), isEveryWordHeld, let before = shut[root] {
                try check(before.contains(id), "what a closed device wrote later counts")
            }
        }
    }
}
