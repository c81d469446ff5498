internal import SyncCore

/// What every answer has to be.
extension DiaryWorld {
    /// A receipt names what is on the clinic's disk and nothing else.
    func judgeReceipt(of answer: SyncAnswer, by clinic: Machine) throws {
        guard let frontier = answer.frontier else { return }
        try check(frontier == clinic.store.frontier, "an answer's frontier is not what is held")
        for position in frontier.positions {
            try check(
                clinic.store.lines[position.id] != nil, "a receipt names what is not durable")
        }
        // Whether it is genuine is the asker's to see.
        try check(
            (answer.receipt != nil) == clinic.isClinic, "a clinic's frontier without its receipt")
    }

    /// An answer to a request that arrived as it was sent.
    func judge(_ answer: SyncAnswer, in exchange: Exchange) throws {
        let (a, b) = (exchange.a, exchange.b)
        if let first = a.disk.first, b.disk.reopened.contains(first) {
            try check(answer.sections.isEmpty, "closed before a restore, and reads again")
        }
        if try b.isDeaf(to: a) {
            try check(
                answer.sections.isEmpty && answer.frontier == nil && answer.receipt == nil,
                "who may not read is given something")
        }
        try check(answer.sections.isEmpty || answer.lacks.isEmpty, "lines given, yet some lacked")
        for position in answer.lacks.positions {
            try check(b.store.lines[position.id] == nil, "said to be lacked, and yet held")
        }
        for position in exchange.announced where !answer.lacks.positions.contains(position) {
            try check(b.store.lines[position.id] != nil, "not said to be lacked, and yet not held")
        }
        if exchange.round == 1, a.disk.full[b.name] == b.incarnation, exchange.isWhole,
            answer.refused == nil, b.store.pinnedClinic != nil
        {
            try check(answer.lacks.isEmpty, "an ordinary sync of more than one round trip")
        }
        for section in answer.sections {
            let lines = try section.lines.map { try EventLine($0, diary: diary).id }
            try judge(section, of: lines)
            if exchange.isAside { continue }
            try check(!exchange.asked.isSuperset(of: lines), "an answer brings what is held")
            try judgeWhole(lines, knownHeld: exchange.asked)
        }
    }

    /// A section is given as it was written, but for what the other side is known to hold.
    func judgeWhole(_ lines: [EventID], knownHeld: Set<EventID>) throws {
        // What rests on a refused line stays behind, so sections are cut then.
        guard !everRefused, bad.isEmpty else { return }
        let given = knownHeld.union(lines)
        for line in lines {
            try check(
                oracle.mates[line]?.isSubset(of: given) ?? true, "a section was cut on its way")
        }
    }

    /// A section on the wire: within its limits, its lines at or below a head, none of it cut.
    private func judge(_ section: Section, of lines: [EventID]) throws {
        try check(
            section.lines.count == 1 || section.length <= Section.lengthLimit,
            "a section above its limit")
        var covered: Set<EventID> = []
        for head in section.heads {
            covered.formUnion(oracle.events[head.position.id]?.below ?? [])
        }
        try check(covered.isSuperset(of: lines), "a line without a head above it")
    }
}
