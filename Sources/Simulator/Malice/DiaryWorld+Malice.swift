internal import SeededRandom
internal import SyncCore

/// What a malicious device with a valid key sends to the clinic.
///
/// It is enrolled, so well-formed lines of its own log count like anybody's; what it can never do is
/// make a store unsound, speak as somebody else, or get out of having been closed.
extension DiaryWorld {
    func misbehave(_ device: Machine) throws {
        guard device.disk.isHostile, let first = device.disk.first,
            hub.store.lines[first.id] != nil
        else { return }
        switch random.below(10) {
        case 0: try sendGap(device)
        case 1: try forkOnPurpose(device)
        case 2: try nameUnseen(device)
        case 3: try forgeHead(device)
        case 4: try continueFromBelow(device)
        case 5: try replayOtherDiary(device)
        case 6: try forgeContinuation(device)
        case 7: try forgeErasure(device)
        case 8: try repeatLine(device)
        default: try garble(device)
        }
    }

    /// A store and a log on which the liar writes what it does not keep.
    struct Draft {
        var store: SimulatedStore
        var own: OwnLog
        var random: SplitMix64

        /// Writes, and hands out the sections.
        mutating func write(_ drafts: [EventDraft], at: Timestamp) throws -> [Section] {
            let known = try store.coverage(of: store.frontier.positions)
            _ = try store.commit(to: &own, at: at, using: &random) { commit, random in
                for draft in drafts { try commit.write(draft, using: &random) }
            }
            return try store.offer(beyond: known, page: .bundle).sections
        }
    }

    func draft(on store: SimulatedStore, _ own: OwnLog) -> Draft {
        var draft = Draft(store: store, own: own, random: SplitMix64(seed: random.next()))
        draft.store.fault = nil
        return draft
    }

    var someTime: Timestamp { Timestamp(milliseconds: world.now, offset: 0) }

    func someEntry() -> EventDraft {
        EventDraft.begin("reaction", set: ["a": .integer(Int64(random.below(3)))])
    }

    /// Sends sections to the clinic; says how many it took.
    func send(_ sections: [Section], from device: Machine) throws -> SyncAnswer {
        try respond(
            to: SyncRequest(diary: diary, frontier: VectorClock(), sections: sections),
            of: device, at: hub)
    }

    private func sendGap(_ device: Machine) throws {
        var draft = draft(on: device.store, device.disk.own)
        _ = try draft.write([someEntry()], at: someTime)
        let second = try draft.write([someEntry()], at: someTime)
        let answer = try send(second, from: device)
        try check(answer.taken == 0 && answer.refused == nil, "a line above a gap is taken")
        count(.gapSent)
    }

    private func forkOnPurpose(_ device: Machine) throws {
        let before = device.disk
        guard try commit(device, [someEntry()], fault: nil) != nil else { return }
        let written = device.store.arrived.dropFirst(before.store.arrived.count)
        for event in written.compactMap({ oracle.events[$0.id] })
        where event.line.envelope.introduction == nil {
            oracle.told(event, seeing: [], speaksOfStatus: true)
        }
        try writeBeside(draft(on: before.store, before.own), [someEntry()], from: device)
        count(.forkedOnPurpose)
    }

    /// Names as seen what was never on any page of the liar's: it says what it would say anyway.
    private func nameUnseen(_ device: Machine) throws {
        let entries = hub.store.arrived.filter {
            hub.store.lines[$0.id]?.envelope.kind == "reaction"
        }
        guard !entries.isEmpty, let entry = try hub.store.held(random.pick(entries)) else { return }
        let events = try hub.store.events(ofEntry: entry.entry)
        guard let first = events.first else { return }
        let context = try hub.store.tops(of: events.map(\.line.position)).positions
        let word = EventDraft(
            .entry(first.line.position), context: context, set: ["a": 7, "b": 7])
        try writeBeside(draft(on: hub.store, device.disk.own), [word], from: device)
        count(.unseenContext)
    }

    /// Writes on a copy, sends it, and tells the oracle of what the clinic took.
    func writeBeside(
        _ draft: Draft, _ drafts: [EventDraft], from device: Machine,
        _ change: ([Section]) -> [Section] = { $0 }
    ) throws {
        var draft = draft
        let sections: [Section]
        do { sections = change(try draft.write(drafts, at: someTime)) } catch is CommitError {
            return
        }
        let answer = try send(sections, from: device)
        try check(answer.refused == nil, "a well-formed line is refused")
        let taken = try sections.prefix(answer.taken).flatMap(\.lines).map {
            try EventLine($0, diary: diary)
        }
        for line in taken where oracle.events[line.id] == nil {
            let event = try oracle.note(line, isClinic: false)
            let below = line.envelope.context.reduce(into: Set<EventID>()) {
                $0.formUnion(oracle.events[$1.id]?.below ?? [])
            }
            let seen = below.filter { oracle.events[$0]?.entry == event.entry }
            if line.envelope.introduction == nil {
                oracle.told(event, seeing: seen, speaksOfStatus: true)
            }
        }
    }

    private func forgeHead(_ device: Machine) throws {
        var draft = draft(on: device.store, device.disk.own)
        var sections = try draft.write([someEntry()], at: someTime)
        guard var section = sections.popLast(), let head = section.heads.first else { return }
        let other = SigningKey.random(using: &random)
        let signatures = [
            other.sign(.head(diary, head.position)),
            draft.own.key.sign(.erasure(diary, head.position.id)),
            draft.own.key.sign(
                .head(
                    DiaryID(founder: other.publicKey, nonce: Nonce.random(using: &random)),
                    head.position)),
        ]
        section.heads = [Head(position: head.position, signature: random.pick(signatures))]
        let held = hub.store.ids
        let answer = try send([section], from: device)
        try check(answer.taken == 0, "a section under a forged head is taken")
        try check(hub.store.ids == held, "a forged head stored something")
        count(.forgedHead)
    }

    /// Once closed, it goes on as a new replica from below what the clinic trusts.
    private func continueFromBelow(_ device: Machine) throws {
        guard let first = device.disk.first, revoked.contains(first) else { return }
        let log = hub.store.arrived.filter { $0.replica == device.disk.own.replica }
        guard !log.isEmpty else { return }
        let below = OwnLog(
            diary: diary, key: device.disk.own.key, nonce: device.disk.own.nonce,
            tip: random.pick(log), continues: device.disk.own.continues)
        let key = SigningKey.random(using: &random)
        let own = below.continued(diary: diary, key: key, using: &random)
        try writeBeside(draft(on: hub.store, own), [someEntry()], from: device)
        count(.continuedFromBelow)
    }

    private func replayOtherDiary(_ device: Machine) throws {
        let others = world.diaries.filter { $0 !== self }
        guard !others.isEmpty else { return }
        let sections = try random.pick(others).hub.store.offer(
            beyond: Coverage(), page: .bundle
        ).sections
        let held = hub.store.ids
        let answer = try send(sections, from: device)
        try check(
            answer.taken == 0 && answer.refused != nil && hub.store.ids == held,
            "another diary's lines are taken")
        count(.otherDiaryReplayed)
    }

    /// Flips, drops and repeats bytes of a good request.
    private func garble(_ device: Machine) throws {
        let sections = try device.store.offer(beyond: Coverage(), page: .bundle).sections
        var bytes = SyncRequest(
            diary: diary, frontier: device.store.frontier, sections: sections
        ).bytes
        for _ in 0...random.below(3) {
            let index = random.below(bytes.count)
            switch random.below(3) {
            case 0: bytes[index] ^= UInt8(1 << random.below(8))
            case 1: bytes.remove(at: index)
            default: bytes.insert(bytes[index], at: index)
            }
        }
        count(.garbledSent)
        guard let request = try? SyncRequest(bytes, page: .bundle), request.diary == diary else {
            return
        }
        _ = try respond(to: request, of: device, at: hub)
    }
}
