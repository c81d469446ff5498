internal import SeededRandom
internal import SyncCore

/// What is sent, and what becomes of it on the way.
extension DiaryWorld {
    func beginSync() throws {
        let asker = random.pick(machines)
        let withHub = asker !== hub && (!odds.peers || random.chance(0.7))
        let other = withHub ? hub : random.pick(machines)
        guard other !== asker, !asker.isClinic || other.isClinic,
            !live.contains(where: { $0.a === asker && $0.b === other })
        else { return }
        try begin(Exchange(asker, other))
    }

    func begin(_ exchange: Exchange) throws {
        live.append(exchange)
        if exchange.a.disk.known[exchange.b.name] == nil { count(.firstContact) }
        try ask(exchange)
    }

    private func ask(_ exchange: Exchange) throws {
        let request = try exchange.ask()
        if mistake == .believesUnanswered { try believeSent(request, in: exchange) }
        let bytes = request.bytes
        try check(
            try SyncRequest(bytes, page: .bundle).bytes == bytes, "a request read otherwise")
        count(.roundTrips)
        network.append(
            Message(exchange: exchange, round: exchange.round, isRequest: true, bytes: bytes))
    }

    private func believeSent(_ request: SyncRequest, in exchange: Exchange) throws {
        let (a, name) = (exchange.a, exchange.b.name)
        guard let known = a.disk.known[name] else { return }
        let sent = request.sections.flatMap { $0.heads.map(\.position) }
        a.disk.known[name] = try a.store.tops(of: known.positions + sent)
    }

    /// One message arrives, in whatever order, or does not.
    func deliver() throws {
        guard !network.isEmpty else { return try beginSync() }
        let index = random.below(network.count)
        if index > 0 { count(.delayed) }
        var message = network.remove(at: index)
        if random.chance(odds.lose) { return lose(message) }
        if !message.isCopy, random.chance(odds.double) {
            var copy = message
            copy.isCopy = true
            network.append(copy)
            if message.isRequest { count(.requestDoubled) }
        }
        if random.chance(odds.cutShort) {
            message.bytes = cutShort(message.bytes)
            message.isCut = true
            count(message.isRequest ? .requestCut : .answerCut)
        }
        try arrive(message)
    }

    /// Anywhere, or after a line, where what is left may look whole.
    private func cutShort(_ bytes: [UInt8]) -> [UInt8] {
        let ends = bytes.indices.dropLast().filter { bytes[$0] == UInt8(ascii: "\n") }
        if ends.isEmpty || random.chance(0.6) {
            return Array(bytes.prefix(random.below(bytes.count)))
        }
        return Array(bytes.prefix(random.pick(ends) + 1))
    }

    /// Everything of an exchange, at once and whole.
    func finish(_ exchange: Exchange) throws {
        while exchange.outcome == nil,
            let index = network.firstIndex(where: {
                $0.exchange === exchange
            })
        { try arrive(network.remove(at: index)) }
    }

    private func lose(_ message: Message) {
        guard message.exchange.awaits(message.round) else { return }
        count(message.isRequest ? .requestLost : .answerLost)
        end(message.exchange, .cut)
    }

    private func end(_ exchange: Exchange, _ outcome: Exchange.Outcome) {
        guard exchange.outcome == nil else { return }
        exchange.end(outcome)
        live.removeAll { $0 === exchange }
        switch outcome {
        case .equal: count(.syncedEqual)
        case .closed: count(.syncedClosed)
        case .unconfirmed: count(.syncedUnconfirmed)
        case .stuck: count(.syncStuck)
        case .cut, .refusedSome: break
        }
        say("\(exchange.a.name) ends its sync with \(exchange.b.name): \(outcome.rawValue)")
    }

    private func arrive(_ message: Message) throws {
        if message.isRequest {
            try answer(message)
        } else if message.exchange.awaits(message.round) {
            try take(message)
        }
    }

    // MARK: At the answerer

    private func answer(_ message: Message) throws {
        let exchange = message.exchange
        let b = exchange.b
        let awaited = exchange.awaits(message.round)
        let request: SyncRequest
        do { request = try SyncRequest(message.bytes, page: .bundle) } catch {
            try check(message.isCut, "a whole request cannot be read: \(error)")
            if awaited { end(exchange, .cut) }
            return
        }
        if message.isCut {
            count(.cutAndYetRead)
            exchange.isDisturbed = true
        }
        let fault = drawFault(on: b)
        let answer: SyncAnswer
        do {
            answer = try respond(to: request, of: exchange.a, at: b, fault: fault)
        } catch let kind as StoreFault.Kind {
            count(kind == .full ? .clinicDiskFull : .crashedAnswering)
            if kind == .crash { crash(b) }
            if awaited { end(exchange, .cut) }
            return
        }
        try judgeReceipt(of: answer, by: b)
        if answer.taken < request.sections.count, answer.refused == nil {
            count(.waitedForBelow)
        }
        guard awaited else { return }
        if !isQuiet, random.chance(odds.errorAfterStoring) {
            count(.errorAfterStoring)
            return end(exchange, .cut)
        }
        if !exchange.isDisturbed { try judge(answer, in: exchange) }
        let bytes = answer.bytes
        try check(
            try SyncAnswer(bytes, page: .bundle).bytes == bytes, "an answer read otherwise")
        var reply = Message(
            exchange: exchange, round: message.round, isRequest: false, bytes: bytes)
        let allHeld = exchange.announced.allSatisfy { b.store.lines[$0.id] != nil }
        if allHeld { reply.allHeldBy = b.incarnation }
        network.append(reply)
    }

    /// Takes and answers, as one transaction.
    func respond(
        to request: SyncRequest, of a: Machine, at b: Machine, fault: StoreFault? = nil
    ) throws -> SyncAnswer {
        let sections = try beforeRefused(request, at: b)
        let responder = SyncResponder(
            page: b.disk.page, receiptKey: b.isClinic ? clinicKey : nil,
            unconfirmed: b.disk.isUnconfirmed && mistake != .givesUnconfirmed)
        let asker = b.isClinic && !a.isClinic ? replica(of: a) : nil
        let now = world.now
        let before = b.disk.store
        let isHasty = mistake == .answersBeforeCommit && fault?.kind == .crash
        defer { if isHasty { b.disk.store = before } }
        var answer = try transact(b, fault: isHasty ? nil : fault) { store in
            var answer = try responder.answer(
                SyncRequest(
                    diary: request.diary, frontier: request.frontier, sections: sections),
                from: asker, at: now, in: &store)
            answer.sections = answer.sections.map(\.asWritten)
            return answer
        }
        if sections.count < request.sections.count, answer.taken == sections.count,
            let line = try request.sections[sections.count].lines.firstIndex(where: {
                try isRefused($0, at: b)
            })
        {
            answer.refused = Refusal(section: sections.count, line: line, type: .malformed)
            count(.lineRefused)
        }
        return answer
    }

    /// A replica of the device that asks: the first of its chain, or the one that it writes now.
    private func replica(of device: Machine) -> ReplicaID? {
        let now = device.disk.own.replica
        return random.chance(0.5) && hub.store.tree.replicas.contains(now)
            ? now : device.disk.first?.replica
    }

    /// The sections before the first with a line that a faulty clinic refuses.
    private func beforeRefused(_ request: SyncRequest, at b: Machine) throws -> [Section] {
        guard b.isClinic, !refused.isEmpty else { return request.sections }
        let end = try request.sections.firstIndex {
            try $0.lines.contains { try isRefused($0, at: b) }
        }
        return Array(request.sections.prefix(end ?? .max))
    }

    private func isRefused(_ bytes: [UInt8], at b: Machine) throws -> Bool {
        guard let line = try? EventLine(bytes, diary: diary) else { return false }
        return refused.contains(line.id) && b.store.lines[line.id] == nil
    }

    // MARK: At the asker

    private func take(_ message: Message) throws {
        let exchange = message.exchange
        let a = exchange.a
        exchange.heard()
        let answer: SyncAnswer
        do { answer = try SyncAnswer(message.bytes, page: .bundle) } catch {
            try check(message.isCut, "a whole answer cannot be read: \(error)")
            return end(exchange, .cut)
        }
        if message.isCut {
            count(.cutAndYetRead)
            exchange.isDisturbed = true
        }
        let held = a.store.lines.count
        let known = exchange.initiator.known
        do {
            let step = try transact(a, &exchange.initiator, fault: drawFault(on: a)) {
                try $1.answered(answer, in: &$0)
            }
            a.disk.known[exchange.b.name] = exchange.initiator.known
            exchange.isAside = exchange.isAside || answer.refused != nil
            switch step {
            case .again:
                try check(
                    a.store.lines.count > held || exchange.initiator.known != known
                        || answer.refused != nil || answer.taken > 0,
                    "a round trip that took, gave and taught nothing")
                if !isQuiet, random.chance(odds.crash) {
                    count(.crashedAfterCommit)
                    end(exchange, .cut)
                    return crash(a)
                }
                try ask(exchange)
            case .finished(let ending): try finished(exchange, ending, allHeldBy: message.allHeldBy)
            }
        } catch let kind as StoreFault.Kind {
            count(kind == .full ? .deviceDiskFull : .crashedTaking)
            end(exchange, .cut)
            if kind == .crash { crash(a) }
        } catch SyncFailure.stuck {
            try judgeRest(of: exchange)
            end(exchange, .stuck)
        } catch SyncFailure.answerNotWhole(let kind) {
            try check(
                message.isCut || isExcused(answer, kind, at: a), "an answer is not taken whole")
            end(exchange, .cut)
        } catch let failure as SyncFailure {
            try check(message.isCut, "a whole answer is no answer: \(failure)")
            end(exchange, .cut)
        }
    }

    private func finished(
        _ exchange: Exchange, _ ending: SyncInitiator.Ending, allHeldBy: Int?
    ) throws {
        try check(allHeldBy != nil || ending == .refusedSome, "done, and yet something is lacked")
        try judgeRest(of: exchange)
        switch ending {
        case .equal: end(exchange, .equal)
        case .closed: end(exchange, .closed)
        case .unconfirmed: end(exchange, .unconfirmed)
        case .refusedSome: return end(exchange, .refusedSome)
        }
        if !exchange.isAside, !exchange.isDisturbed {
            exchange.a.disk.full[exchange.b.name] = allHeldBy
        }
    }

    /// Whether an answer may be taken in part: erased bodies before joining, or a liar's lines.
    private func isExcused(
        _ answer: SyncAnswer, _ kind: Refusal.Kind?, at a: Machine
    ) throws -> Bool {
        let lines = try answer.sections.flatMap(\.lines).map { try EventLine($0, diary: diary) }
        return kind == nil
            ? a.store.pinnedClinic == nil && lines.contains(where: \.isErased)
            : lines.contains { bad.contains($0.id) }
    }
}
