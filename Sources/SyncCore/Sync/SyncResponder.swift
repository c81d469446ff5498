/// The answering side of a sync: request and store in, answer out. Does no I/O.
///
/// It takes first and answers from the same snapshot: section after section until one never fits or
/// rests on what is not held. Only if it then lacks none of the asker's tips does it know exactly what
/// the asker holds, and only then does it give. Push first, then pull: so one round trip carries both
/// and confirms both, and neither side ever has to guess.
public struct SyncResponder: Sendable {
    /// How much an answer carries.
    public let page: PageLimit
    /// With what receipts are signed; nil for a peer that is no clinic.
    public let receiptKey: SigningKey?
    /// Whether this clinic was restored and has not yet been confirmed.
    public let unconfirmed: Bool

    public init(
        page: PageLimit = .http, receiptKey: SigningKey? = nil, unconfirmed: Bool = false
    ) {
        self.page = page
        self.receiptKey = receiptKey
        self.unconfirmed = unconfirmed
    }

    /// Takes what a request brings and answers it.
    ///
    /// - Parameters:
    ///   - asker: a replica of the device that asks, so that a closed one reads nothing; nil for a peer
    ///     that may read whatever this store holds.
    ///   - now: the clock for the receipt, in milliseconds.
    /// - Throws: `MessageFlaw.header` if the request is of another diary; otherwise what the store throws.
    public func answer(
        _ request: SyncRequest, from asker: ReplicaID?, at now: Int64,
        in store: inout some EventStore
    ) throws -> SyncAnswer {
        guard request.diary == store.diary else {
            throw MessageFlaw.header("diary has to be the diary that is asked for")
        }
        let intake = try store.take(request.sections)
        var lacks: [Position] = []
        var known = Coverage()
        for position in request.frontier.positions {
            if let held = try store.held(position) {
                known.insert(held.place, in: store.tree)
            } else {
                lacks.append(position)
            }
        }
        // What was just taken, too: with lines aside, the asker's frontier does not say so.
        for head in request.sections.prefix(intake.taken).flatMap(\.heads) {
            if let held = try store.held(head.position) { known.insert(held.place, in: store.tree) }
        }
        var answer = SyncAnswer(
            frontier: nil, taken: intake.taken, lacks: VectorClock(lacks), refused: intake.refused)
        if let asker {
            answer.unconfirmed = unconfirmed
            if try unconfirmed || Standing(of: store).isClosed(asker) { return answer }
        }
        let frontier = store.frontier
        answer.frontier = frontier
        answer.receipt = receiptKey.map {
            Receipt(diary: store.diary, frontier: frontier, milliseconds: now, key: $0)
        }
        if lacks.isEmpty { answer.sections = try store.offer(beyond: known, page: page).sections }
        return answer
    }
}
