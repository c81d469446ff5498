internal import SeededRandom
internal import SyncCore

extension DiaryWorld {
    /// The faults stop: within five syncs of each device everything has to be equal.
    func end() throws {
        refused = []
        isQuiet = true
        for exchange in live { exchange.end(.cut) }
        live = []
        network = []
        let rest = Array(machines.dropFirst())
        // Small pages have been seen on the way; in the end they would only take time.
        let arePagesSmall = random.chance(0.2)
        for machine in machines where !arePagesSmall { machine.disk.page = .http }
        for machine in rest where !machine.isClinic { try join(machine) }
        let left = oracle.resting(on: bad)
        try syncEverybody(rest)
        try carryBundles(rest, leaving: left)
        try compare(rest, leaving: left)
        try judge(hub)
        try judgeSaved(leaving: left)
        for machine in machines {
            let isBehind = machine.disk.own.wentOnElsewhere(in: machine.store.tree)
            try machine.twin?.examine(wentOnElsewhere: isBehind)
        }
    }

    /// Once to bring a restored clinic what it lacks, then it is confirmed, then twice each: five at
    /// most, the first contact of a copy with its own past included.
    private func syncEverybody(_ rest: [Machine]) throws {
        for pass in 0..<3 {
            if pass == 1 { try confirm(hub) }
            if pass == 0, !hub.disk.isUnconfirmed { continue }
            for machine in rest { try syncQuietly(machine) }
        }
    }

    private func syncQuietly(_ machine: Machine) throws {
        let exchange = Exchange(machine, hub)
        try begin(exchange)
        try finish(exchange)
        let outcome = exchange.outcome
        // With pages of the real size nothing in a world this small takes more (a clinic that refused
        // lines teaches one round for each).
        if machine.disk.page == .http, hub.disk.page == .http, outcome != .refusedSome {
            try check(exchange.round <= 5, "a sync of \(exchange.round) round trips")
        }
        let isWell = outcome == .equal || outcome == .closed || outcome == .unconfirmed
        try check(
            isWell || (machine.disk.isHostile && outcome == .refusedSome),
            "a sync without faults ends \(outcome?.rawValue ?? "never")")
    }

    /// By bundle: a signed form whose order is lost, and what a closed device may not read.
    private func carryBundles(_ rest: [Machine], leaving left: Set<EventID>) throws {
        for machine in rest + rest {
            for (taker, giver) in [(hub, machine), (machine, hub)] {
                let isEqual =
                    taker.store.erased.subtracting(left) == giver.store.erased.subtracting(left)
                let isDeaf = try giver.isDeaf(to: taker)
                guard !giver.disk.isHostile, !isEqual || isDeaf else { continue }
                let sections = try giver.store.offer(beyond: Coverage(), page: .bundle).sections
                _ = try transact(taker) { try $0.take(sections) }
            }
        }
    }

    private func compare(_ rest: [Machine], leaving left: Set<EventID>) throws {
        let views = try hub.store.views()
        for machine in rest {
            try check(
                machine.store.ids.subtracting(left) == hub.store.ids, "stores hold other events")
            guard !machine.disk.isHostile else { continue }
            try check(machine.store.frontier == hub.store.frontier, "frontiers differ")
            try check(try machine.store.views() == views, "views differ")
            if newer.contains(where: { machine.store.lines[$0] != nil }), !machine.disk.isNewer {
                count(.newerRelayed)
            }
        }
        let tips = hub.store.frontier.positions
        count(.forked, tips.count - Set(tips.map(\.replica)).count)
        for (id, view) in views.sorted(by: { $0.key < $1.key }) {
            note(view, id)
            let fields = view.fields.values
            count(.conflict, fields.filter(\.isInConflict).count)
            count(
                .spellings,
                fields.filter { field in
                    // Swift takes two spellings of a word for one.
                    let words = field.candidates.compactMap { $0.value.json?.stringValue }
                    return field.isInConflict && words.count == field.candidates.count
                        && Set(words).count == 1
                }.count)
            count(.threeCandidates, fields.filter { $0.candidates.count > 2 }.count)
            count(.voidQuestion, view.voidQuestions.count)
            count(.toReview, view.toReview.count)
            count(
                .erasedBesideAnother,
                fields.filter { field in
                    field.candidates.count > 1 && field.candidates.contains { $0.value == .erased }
                }.count)
            if view.kind == "replica", view.fields["trusted"]?.isInConflict ?? false {
                count(.trustInConflict)
            }
        }
        count(.erased, hub.store.erased.count)
    }

    /// Writes down what an entry says, for the digest.
    private func note(_ view: EntryView, _ id: EventID) {
        world.journal.note("\(id.text) \(view.kind) \(view.eventCount) \(view.status)")
        for (field, register) in view.fields.sorted(by: { $0.key < $1.key }) {
            for candidate in register.candidates {
                world.journal.note("\(field) \(candidate.event.id.text)")
                world.journal.note(candidate.value.json?.canonicalBytes ?? [0])
            }
        }
    }

    /// Nothing saved is lost, and what counts is what the clinic decided.
    private func judgeSaved(leaving left: Set<EventID>) throws {
        let counting = try hub.store.counting()
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
