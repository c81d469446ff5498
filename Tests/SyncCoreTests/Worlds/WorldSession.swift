import SyncCore
import TestSupport

/// One sync of an asker with an answerer, a round trip at a time, which may be cut anywhere.
final class WorldSession {
    /// Where a round trip is cut.
    enum Cut: CaseIterable {
        /// The request never arrives.
        case request
        /// The answerer dies after some sections.
        case some
        /// The answer never arrives.
        case answer
        /// The asker dies after storing some sections.
        case store
    }

    enum Outcome { case on, done, cut, stuck, refused }

    let a: WorldDevice
    let b: WorldDevice
    let generation: Int
    private unowned let world: World
    private var rounds = 0
    private var initiator: SyncInitiator
    private var isAside = false

    init(_ a: WorldDevice, _ b: WorldDevice, in world: World) {
        self.a = a
        self.b = b
        self.world = world
        generation = a.generation
        let pin = a.store.pinnedClinic
        initiator = SyncInitiator(
            known: a.disk.known[b.name], keys: a.disk.keys, clinic: b.isClinic ? pin : nil,
            page: a.disk.page)
    }

    func round(cut: Cut?) throws -> Outcome {
        rounds += 1
        let all = a.store.lines.count + b.store.lines.count
        try check(rounds < 9 + 2 * all, "a sync without end")
        world.sometimes["rounds", default: 0] += 1
        let request = try initiator.nextRequest(from: a.store)
        try check(
            try SyncRequest(request.bytes, page: .bundle).bytes == request.bytes,
            "a request read otherwise")
        let asked = a.store.ids
        let isWhole = try sendsEverything(request)
        if a.disk.full[b.name] != b.generation { a.disk.full[b.name] = nil }
        if world.defect == .believesUnanswered, let known = a.disk.known[b.name] {
            let sent = request.sections.flatMap { $0.heads.map(\.position) }
            a.disk.known[b.name] = try a.store.tops(of: known.positions + sent)
        }
        if cut == .request { return .cut }
        if cut == .some {
            let some = try beforeRefused(request).prefix(
                world.random.below(request.sections.count + 1))
            _ = try b.disk.store.take(some)
            return .cut
        }
        let answer = try respond(to: request)
        if cut == .answer { return .cut }
        try checkAnswer(answer, asked: asked, isWhole: isWhole)
        if !world.isQuiet, world.random.chance(0.1) { try world.record(a) }
        if cut == .store {
            let some = answer.sections.prefix(world.random.below(answer.sections.count + 1))
            _ = try a.disk.store.take(some)
            return .cut
        }
        return try take(answer, asked: request.frontier)
    }

    private func take(_ answer: SyncAnswer, asked: VectorClock) throws -> Outcome {
        do {
            let step = try initiator.answered(answer, in: &a.disk.store)
            a.disk.known[b.name] = initiator.known
            isAside = isAside || answer.refused != nil
            switch step {
            case .again: return .on
            case .finished(.refusedSome): return .refused
            case .finished(let ending):
                try check(
                    try ending != .equal
                        || asked.positions.allSatisfy { try b.store.held($0) != nil },
                    "done, and yet something is lacked")
                if !isAside { a.disk.full[b.name] = b.generation }
                return .done
            }
        } catch SyncFailure.stuck {
            a.disk.known[b.name] = initiator.known
            return .stuck
        } catch SyncFailure.answerNotWhole(let kind) {
            let lines = try answer.sections.flatMap(\.lines).map {
                try EventLine($0, diary: a.store.diary)
            }
            let isExcused =
                kind == nil
                ? a.store.pinnedClinic == nil && lines.contains(where: \.isErased)
                : lines.contains { world.bad.contains($0.id) }
            try check(isExcused, "an answer is not taken whole")
            return .cut
        }
    }

    /// Whether with these sections the answerer holds all that the asker announces.
    private func sendsEverything(_ request: SyncRequest) throws -> Bool {
        let sent = request.sections.flatMap { $0.heads.map(\.position) }
        let known = try a.store.coverage(of: (a.disk.known[b.name]?.positions ?? []) + sent)
        return try known.contains(a.store.coverage(of: a.store.frontier.positions))
    }

    private func checkAnswer(_ answer: SyncAnswer, asked: Set<EventID>, isWhole: Bool) throws {
        try check(
            try SyncAnswer(answer.bytes, page: .bundle).bytes == answer.bytes,
            "an answer read otherwise")
        if let first = a.disk.first, b.disk.reopened.contains(first) {
            try check(answer.sections.isEmpty, "closed before a restore, and reads again")
        }
        try check(answer.sections.isEmpty || answer.lacks.isEmpty, "lines given, yet some lacked")
        if rounds == 1, a.disk.full[b.name] != nil, isWhole, answer.refused == nil,
            b.store.pinnedClinic != nil
        {
            try check(answer.lacks.isEmpty, "an ordinary sync of more than one round trip")
        }
        guard !isAside else { return }
        for section in answer.sections {
            let brings = try section.lines.contains {
                !asked.contains(try EventLine($0, diary: a.store.diary).id)
            }
            try check(brings, "an answer brings what is held")
        }
    }

    private func respond(to request: SyncRequest) throws -> SyncAnswer {
        let sections = try beforeRefused(request)
        let responder = SyncResponder(
            page: b.disk.page, receiptKey: b.isClinic ? world.clinicKey : nil,
            unconfirmed: b.disk.isUnconfirmed && world.defect != .givesUnconfirmed)
        let isGuarded = b.isClinic && !a.isClinic
        var answer = try responder.answer(
            SyncRequest(
                diary: request.diary, frontier: request.frontier, sections: sections),
            from: isGuarded ? a.disk.first?.replica : nil, at: 0, in: &b.disk.store)
        if sections.count < request.sections.count, answer.taken == sections.count,
            let line = try request.sections[sections.count].lines.firstIndex(where: isRefused)
        {
            answer.refused = Refusal(section: sections.count, line: line, type: .malformed)
        }
        return answer
    }

    /// The sections before the first with a line that a faulty clinic refuses.
    private func beforeRefused(_ request: SyncRequest) throws -> [Section] {
        guard b.isClinic, !world.refused.isEmpty else { return request.sections }
        let end = try request.sections.firstIndex { try $0.lines.contains(where: isRefused) }
        return Array(request.sections.prefix(end ?? .max))
    }

    private func isRefused(_ bytes: [UInt8]) throws -> Bool {
        guard let line = try? EventLine(bytes, diary: b.store.diary) else { return false }
        return world.refused.contains(line.id) && b.store.lines[line.id] == nil
    }
}
