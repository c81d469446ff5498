/// The asking side of a sync, one round trip at a time. Does no I/O.
///
/// What the peer is *known* to hold is the one thing it remembers: of the tips it announced those the
/// answer does not lack; what it recognises of the answer's frontier; and what was taken or given. The
/// first answer of a sync replaces what was remembered, so a peer that was restored to less is noticed
/// at once; later answers only add. An answer that never came changes nothing: the next request finds
/// out. Every round trip takes a section, gives one, or learns something of what the peer holds; one
/// that does none of these ends the sync with an error that names the log, never in a loop.
public struct SyncInitiator: Sendable {
    /// What the peer is known to hold; nil before the first contact. Kept by the caller, in the
    /// transaction that stores what an answer gave.
    public private(set) var known: VectorClock?
    private let page: PageLimit
    private let keys: [ReplicaID: SigningKey]
    private let clinic: PublicKey?
    private var rounds = 0
    private var aside: Set<EventID> = []
    private var asked: VectorClock?
    private var sent = SectionOffer()
    private var reminder: ConfirmedFrontier?
    public private(set) var report = SyncReport()

    /// - Parameters:
    ///   - known: what the peer was known to hold when the last sync ended.
    ///   - keys: the keys of this store's own logs, to sign new heads after a refusal.
    ///   - clinic: whose receipt makes a frontier believed; nil for a peer that signs none.
    public init(
        known: VectorClock?, keys: [ReplicaID: SigningKey] = [:], clinic: PublicKey?,
        page: PageLimit = .http
    ) {
        self.known = known
        self.keys = keys
        self.clinic = clinic
        self.page = page
    }

    /// What to send next; frontier and sections are of one snapshot.
    public mutating func nextRequest(from store: some EventStore) throws -> SyncRequest {
        let remembered = known?.positions ?? []
        let asked = aside.isEmpty ? store.frontier : try store.tops(of: remembered)
        sent =
            known == nil
            ? SectionOffer()
            : try store.offer(
                beyond: store.coverage(of: remembered), page: page, without: aside,
                signingWith: keys)
        self.asked = asked
        return SyncRequest(
            diary: store.diary, frontier: asked, confirmed: reminder, sections: sent.sections)
    }

    /// Shows the peer with every further request what it once signed for: it was found to hold less.
    public mutating func remind(of confirmed: ConfirmedFrontier) { reminder = confirmed }

    /// How a sync goes on after an answer.
    public enum Step: Sendable, Equatable {
        /// Ask again.
        case again
        /// Both sides hold the same, or all that this one may have.
        case finished(Ending)
    }

    /// How a sync ended well.
    public enum Ending: Sendable, Equatable {
        /// The peer holds everything here, and this store everything there.
        case equal
        /// As above, but for lines that the peer refused; named in the report.
        case refusedSome
        /// The peer holds everything here; it gives nothing to this device, which it has closed.
        case closed
        /// The peer holds everything here; it was restored and gives nothing until it is confirmed.
        case unconfirmed
    }

    /// Takes an answer: stores what it gives and learns what the peer holds.
    ///
    /// - Throws: `SyncFailure` if the answer cannot be this peer's, or the sync gets no further; what
    ///   was stored before stays.
    public mutating func answered(
        _ answer: SyncAnswer, in store: inout some EventStore
    ) throws -> Step {
        guard let asked else { preconditionFailure("an answer comes after its request") }
        rounds += 1
        try check(answer, in: store)
        let remembered = known?.positions ?? []
        let before = try store.coverage(of: remembered)
        let lacks = Set(answer.lacks.positions).intersection(asked.positions)

        let intake = try store.take(answer.sections)
        report.fetched += intake.stored
        guard intake.taken == answer.sections.count else {
            throw SyncFailure.answerNotWhole(intake.refused?.type)
        }
        let facts =
            asked.positions.filter { !lacks.contains($0) }
            + (answer.frontier?.positions ?? [])
            + sent.tips.prefix(answer.taken).joined()
            + answer.sections.flatMap { $0.heads.map(\.position) }
        let isFirstContact = known == nil
        let now = try store.tops(of: rounds == 1 ? facts : remembered + facts)
        known = now
        report.sent += sent.sections.prefix(answer.taken).reduce(0) { $0 + $1.lines.count }
        report.receipt = answer.receipt ?? report.receipt
        report.confirmed = answer.frontier ?? report.confirmed

        if let refused = answer.refused {
            try setAside(refused, diary: store.diary)
            return .again
        }
        let frontierHeld = try answer.frontier?.positions.allSatisfy {
            try store.held($0) != nil
        }
        // With lines aside the tips announced are those the peer holds: they do not tell what is left.
        let leftOver = !aside.isEmpty && (sent.hasMore || answer.taken < sent.sections.count)
        if lacks.isEmpty, frontierHeld ?? true, !leftOver {
            try checkCoverage(of: asked, by: answer, in: store)
            return .finished(ending(of: answer))
        }
        let learnt = try store.coverage(of: now.positions) != before
        guard isFirstContact || learnt || intake.stored > 0 else {
            let missing =
                try lacks.sorted().first
                ?? answer.frontier?.positions.first { try store.held($0) == nil }
            throw SyncFailure.stuck(at: missing)
        }
        return .again
    }

    private func ending(of answer: SyncAnswer) -> Ending {
        if answer.frontier == nil { return answer.unconfirmed ? .unconfirmed : .closed }
        return aside.isEmpty ? .equal : .refusedSome
    }

    /// Whether an answer can be what it says it is.
    private func check(_ answer: SyncAnswer, in store: some EventStore) throws {
        guard answer.taken <= sent.sections.count else { throw SyncFailure.notAnAnswer }
        if let refused = answer.refused {
            guard refused.section == answer.taken,
                sent.sections.indices.contains(refused.section),
                sent.sections[refused.section].lines.indices.contains(refused.line)
            else { throw SyncFailure.notAnAnswer }
        }
        guard let clinic, let frontier = answer.frontier else { return }
        let genuine = answer.receipt?.isGenuine(
            of: frontier, diary: store.diary, clinic: clinic)
        guard genuine == true else { throw SyncFailure.notTheClinic }
    }

    /// Whether the frontier holds all that was announced, as the answer says by lacking nothing.
    ///
    /// `lacks` is signed by nobody: an older frontier with its true receipt may be a recording, or come
    /// from a copy of the clinic, and confirms nothing written since.
    private func checkCoverage(
        of asked: VectorClock, by answer: SyncAnswer, in store: some EventStore
    ) throws {
        guard let frontier = answer.frontier else { return }
        let covered = try store.coverage(of: frontier.positions)
        for position in asked.positions {
            guard let held = try store.held(position), covered.contains(held.place) else {
                throw SyncFailure.stuck(at: position)
            }
        }
    }

    private mutating func setAside(_ refused: Refusal, diary: DiaryID) throws {
        let bytes = sent.sections[refused.section].lines[refused.line]
        guard let line = try? EventLine(bytes, diary: diary),
            aside.insert(line.id).inserted
        else { throw SyncFailure.notAnAnswer }
        report.refused.append(line.position)
    }
}

/// What a sync did so far.
public struct SyncReport: Sendable, Equatable {
    /// Lines the peer took.
    public var sent = 0
    /// Lines that were new here.
    public var fetched = 0
    /// Lines that the peer refused; it lacks what rests on them, too.
    public var refused: [Position] = []
    /// The peer's last frontier and its signature for it.
    public var confirmed: VectorClock?
    public var receipt: Receipt?

    public init() {}
}

/// Why a sync ended early; what was stored stays stored.
public enum SyncFailure: Error, Equatable, Sendable {
    /// The answer does not fit the request.
    case notAnAnswer
    /// The frontier is not signed by the pinned clinic.
    case notTheClinic
    /// A section of the answer was refused, or rests on what is not held here.
    case answerNotWhole(Refusal.Kind?)
    /// A round trip neither took, gave nor learnt anything; the log at which it stands.
    case stuck(at: Position?)
}
