import SyncCore

extension DiaryWorld {
    struct FieldOfEntry: Hashable {
        let entry: EventID
        let field: String
    }

    /// Judges every machine whose store was written to since it was judged last.
    func judgeTouched() throws {
        for machine in machines where touched.contains(ObjectIdentifier(machine)) {
            // What holds the same and was judged already would be judged alike.
            let state = JudgedState(machine)
            guard machine.judged != state else { continue }
            if let before = machine.judged, before.incarnation == state.incarnation {
                try check(
                    state.frontier.isAtLeast(before.frontier, in: oracle),
                    "a frontier went back")
            }
            machine.judged = state
            try judge(machine)
            world.journal.note(machine.store.frontier.json.canonicalBytes)
        }
        touched = []
    }

    /// Checks that what this store holds is sound, and that it shows what its people decided.
    func judge(_ device: Machine) throws {
        let store = device.store
        try judgeForm(device)
        guard !device.disk.isHostile else { return }
        let held = store.ids
        let anyone = oracle.everythingCounts(in: held, isPinned: store.pinnedClinic != nil)
        var belief: [ReplicaID: Oracle.Belief] = [:]
        for replica in Set(store.arrived.map(\.replica)) {
            belief[replica] = anyone ? .all : oracle.belief(in: replica, held: held)
        }
        let counting = store.arrived.filter { belief[$0.replica]?.covers($0.id) ?? false }
        var said: [EventID: [Oracle.Saved]] = [:]
        for position in counting {
            if let saved = oracle.saved[position.id] {
                said[saved.event.entry, default: []].append(saved)
            }
        }
        var want: [FieldOfEntry: Set<EventID>] = [:]
        for (entry, all) in said {
            for one in all {
                for field in one.event.sets.keys where oracle.may(one.event, field, anyone: anyone)
                {
                    let isReplaced = all.contains {
                        $0.event.sets[field] != nil && $0.seen.contains(one.event.id)
                            && oracle.may($0.event, field, anyone: anyone)
                    }
                    if !isReplaced {
                        want[FieldOfEntry(entry: entry, field: field), default: []]
                            .insert(one.event.id)
                    }
                }
            }
        }
        let standing = try store.standing()
        let views = try store.views()
        try device.twin?.judge(views, store)
        try check(
            try store.counting() == Set(counting.map(\.id)),
            "what counts here is not what the clinic decided")
        var have: [FieldOfEntry: Set<EventID>] = [:]
        for (entry, view) in views {
            for (field, register) in view.fields {
                let ids = register.candidates.filter { $0.event.seq > 1 }.map(\.event.id)
                if !ids.isEmpty { have[FieldOfEntry(entry: entry, field: field)] = Set(ids) }
                try judgeValues(register, field, in: device)
            }
        }
        for key in Set(want.keys).union(have.keys) {
            let (want, have) = (want[key] ?? [], have[key] ?? [])
            try check(want.isSubset(of: have), "replaced by a writer whose page did not show it")
            try check(have.isSubset(of: want), "shown although it was replaced or does not count")
        }
        let questions = try judgeVoids(
            said, views, want: { want[FieldOfEntry(entry: $0, field: "status")] ?? [] }, device,
            anyone)
        if odds.hasInfusions {
            try judgeTotals(
                views, plainInfusions(on: device, want: want, questions: questions))
            try judgeLots(on: device, views)
        }
        try judgeVoidsUndone(Set(counting.map(\.id)), views, device)
        for (root, view) in views where !anyone && view.kind == "replica" {
            guard let first = store.lines[root], oracle.root(first.envelope.replica)?.id == root
            else { continue }
            let isClosed = view.fields["access"]?.candidates.contains {
                $0.value == .said(Vocabulary.closed)
            }
            try check(
                standing.isClosed(first.envelope.replica) == (isClosed ?? false),
                "closed or open against what the view shows")
        }
    }

    /// Complete below, its tips its frontier, no byte changed, what is ordered erased.
    private func judgeForm(_ device: Machine) throws {
        let store = device.store
        let held = store.ids
        try check(store.arrived.count == held.count, "an event is stored twice")
        var tips = held
        for (id, line) in store.lines {
            guard let event = oracle.events[id] else {
                throw SimulationFailure(description: "an event that nobody wrote")
            }
            try check(event.supports.isSubset(of: held), "not complete below")
            try check(!bad.contains(id) || device.disk.isHostile, "a malformed line is stored")
            try check(line == event.line || line.isErased, "bytes changed")
            if let prev = line.envelope.prev { tips.remove(prev) }
        }
        try check(Set(store.frontier.positions.map(\.id)) == tips, "the frontier is not the tips")
        guard store.pinnedClinic != nil, !device.disk.isHostile else { return }
        for (order, named) in oracle.orders where held.contains(order) && held.contains(named) {
            try check(store.erased.contains(named), "an erased body came back")
        }
    }

    private func judgeValues(
        _ register: Register, _ field: String, in device: Machine
    ) throws {
        for candidate in register.candidates {
            let id = candidate.event.id
            let expected: Register.Value =
                device.store.erased.contains(id)
                ? .erased : .said(oracle.events[id]?.sets[field] ?? .null)
            try check(candidate.value == expected, "another value than was written")
        }
        // As bytes: two spellings of one word are two values.
        let said = register.candidates.map { candidate -> [UInt8] in
            let id = candidate.event.id
            if device.store.erased.contains(id) { return [] }
            return (oracle.events[id]?.sets[field] ?? .null).canonicalBytes
        }
        let differ = Set(said).count > 1 || (said.count > 1 && said.contains([]))
        try check(register.isInConflict == differ, "a conflict lost or invented")
    }

    /// - Returns: the entries of which a void is in question.
    private func judgeVoids(
        _ said: [EventID: [Oracle.Saved]], _ views: [EventID: EntryView],
        want: (EventID) -> Set<EventID>, _ device: Machine, _ anyone: Bool
    ) throws -> Set<EventID> {
        var asked: Set<EventID> = []
        for (entry, view) in views {
            let all = said[entry] ?? []
            var questions: [EventID: Set<EventID>] = [:]
            for void in all where void.event.isVoid && want(entry).contains(void.event.id) {
                if device.store.erased.contains(void.event.id) { continue }
                for other in all
                where other.event.id != void.event.id && !void.seen.contains(other.event.id)
                    && !other.seen.contains(void.event.id)
                {
                    let corrects = other.event.sets.keys.contains {
                        $0 != "status" && !$0.hasPrefix("link.")
                            && oracle.may(other.event, $0, anyone: anyone)
                    }
                    if corrects { questions[void.event.id, default: []].insert(other.event.id) }
                }
            }
            let shown = view.voidQuestions.map { ($0.void.id, Set($0.unseen.map(\.id))) }
            try check(
                Dictionary(shown) { first, _ in first } == questions,
                "a void and a correction: a question lost or invented")
            try check(
                questions.isEmpty || view.status == .inQuestion, "a question that does not show")
            if !questions.isEmpty { asked.insert(entry) }
        }
        return asked
    }

    private func judgeVoidsUndone(
        _ counting: Set<EventID>, _ views: [EventID: EntryView], _ device: Machine
    ) throws {
        let said = counting.compactMap { oracle.events[$0] }
        for void in said where void.isVoid {
            let stands = views[void.entry]?.fields["status"]?.candidates.contains {
                $0.event.id == void.id
            }
            if stands ?? false { continue }
            let isUndone = said.contains { other in
                other.entry == void.entry && oracle.spoke.contains(other.id)
                    && other.line.envelope.context.contains {
                        oracle.events[$0.id]?.below.contains(void.id) ?? false
                    }
            }
            try check(isUndone, "a void undone by nobody")
        }
    }
}
