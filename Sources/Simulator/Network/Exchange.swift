import SyncCore

/// One sync of an asker with an answerer, on the asker's side.
final class Exchange {
    enum Outcome: String { case equal, refusedSome, closed, unconfirmed, cut, stuck }

    let a: Machine
    let b: Machine
    /// The asker's incarnation: a sync does not outlive the disk it reads.
    let incarnation: Int
    let incarnationOfAnswerer: Int
    var initiator: SyncInitiator
    private(set) var outcome: Outcome?
    /// The request whose answer is awaited.
    private(set) var round = 0
    private(set) var isWaiting = false
    /// What the asker held when it asked, and what it announced.
    private(set) var asked: Set<EventID> = []
    private(set) var announced: [Position] = []
    /// Whether with the sections of this request the answerer held all that is announced.
    private(set) var isWhole = false
    /// Whether good lines were refused in it.
    var isAside = false
    /// What a faulty network did to any of its messages: its checks are of soundness alone then.
    var isDisturbed = false

    init(_ a: Machine, _ b: Machine) {
        self.a = a
        self.b = b
        incarnation = a.incarnation
        incarnationOfAnswerer = b.incarnation
        initiator = SyncInitiator(
            known: a.disk.known[b.name], keys: a.disk.keys,
            clinic: b.isClinic ? a.store.pinnedClinic : nil, page: a.disk.page)
    }

    func end(_ outcome: Outcome) {
        self.outcome = outcome
        isWaiting = false
    }

    /// The next request.
    func ask() throws -> SyncRequest {
        round += 1
        isWaiting = true
        let all = a.store.lines.count + b.store.lines.count
        try check(round < 9 + 2 * all, "a sync without end")
        let request = try initiator.nextRequest(from: a.store)
        asked = a.store.ids
        announced = request.frontier.positions
        let sent = request.sections.flatMap { $0.heads.map(\.position) }
        let known = try a.store.coverage(of: (a.disk.known[b.name]?.positions ?? []) + sent)
        isWhole = try known.contains(a.store.coverage(of: a.store.frontier.positions))
        if a.disk.full[b.name] != b.incarnation { a.disk.full[b.name] = nil }
        return request
    }

    /// Whether an answer to this round is still awaited.
    func awaits(_ round: Int) -> Bool {
        isWaiting && self.round == round && incarnation == a.incarnation
    }

    func heard() { isWaiting = false }
}
