/// Decides whether a section may be stored: the one function for local writing and for receiving.
///
/// It looks at each line, at what lies causally below it, and at its signatures; never at how much
/// else is held, at any clock, or at what a field says. So what one store accepts, no peer of the
/// same or a newer version ever refuses, and a log, which has no gaps, is never blocked by one line
/// that somebody finds implausible. A section is judged whole: lines held already are stepped over,
/// every new one must fit and must lie at or below a head that its replica signed.
public struct SectionIntake<Events: HeldEvents> {
    private let events: Events
    private var tree: LogTree
    private var nextArrival: Int
    /// The lines of this section by id, new ones and those held already.
    private var own: [EventID: (position: Position, held: HeldEvent, line: Int)] = [:]
    private var lineNumber = 0
    private var introduced: [ReplicaID: PublicKey] = [:]
    private var accepted: [StoredEvent] = []
    private var replaced: [StoredEvent] = []

    /// What is to be done with a section.
    public enum Verdict: Sendable {
        /// Store this; it may be nothing, where everything was held.
        case accept(AcceptedSection)
        /// Something below it is not held here, or no key to check an erasure with: not now.
        case restsOnUnheld
        /// It never fits: the line from 0, and why.
        case refuse(line: Int, Refusal.Kind)
    }

    private enum Objection: Error {
        case restsOnUnheld
        case refuse(Refusal.Kind)
        case store(any Error)
    }

    /// Judges `section` over what is held.
    ///
    /// - Throws: only what the store throws.
    public static func judge(_ section: Section, over events: Events) throws -> Verdict {
        guard !section.lines.isEmpty,
            section.lines.count == 1 || section.length <= Section.lengthLimit
        else { return .refuse(line: 0, .section) }
        var intake = SectionIntake(events: events)
        for (number, bytes) in section.lines.enumerated() {
            intake.lineNumber = number
            do throws(Objection) {
                try intake.add(bytes)
            } catch {
                switch error {
                case .restsOnUnheld: return .restsOnUnheld
                case .refuse(let kind): return .refuse(line: number, kind)
                case .store(let error): throw error
                }
            }
        }
        return try intake.close(with: section)
    }

    private init(events: Events) {
        self.events = events
        tree = events.tree
        nextArrival = events.nextArrival
    }

    // MARK: Lines

    private mutating func add(_ bytes: [UInt8]) throws(Objection) {
        let line: EventLine
        do { line = try EventLine(bytes, diary: events.diary) } catch { throw .refuse(.malformed) }
        if case .erased(let signature) = line.content {
            guard let clinic = events.pinnedClinic else { throw .restsOnUnheld }
            guard clinic.verifies(signature, over: .erasure(events.diary, line.id)) else {
                throw .refuse(.wronglySigned)
            }
        }
        if let held = try look(for: line.position) {
            try checkErasure(of: line, entry: held.entry)
            own[line.id] = (line.position, held, lineNumber)
            if line.isErased, !held.isErased { replaced.append(.init(line: line, held: held)) }
            return
        }
        try store(line)
    }

    private mutating func store(_ line: EventLine) throws(Objection) {
        let envelope = line.envelope
        let prev = try placeOfPredecessor(of: envelope)
        let entry = try entryNumber(of: envelope)
        try checkErasure(of: line, entry: entry)
        for position in envelope.context {
            guard let seen = try look(for: position) else { throw .restsOnUnheld }
            guard seen.entry == entry else { throw .refuse(.malformed) }
        }
        if let introduction = envelope.introduction {
            try check(introduction, of: envelope.replica)
            introduced[envelope.replica] = introduction.key
        }
        let line = try asOrdered(line, entry: entry)
        let held = HeldEvent(
            place: tree.extend(after: prev, with: line.position), arrival: nextArrival,
            entry: entry, isErased: line.isErased)
        nextArrival += 1
        own[line.id] = (line.position, held, lineNumber)
        accepted.append(StoredEvent(line: line, held: held))
    }

    /// Refuses the erased form of an event that no order may reach, whoever signed it.
    private func checkErasure(of line: EventLine, entry: Int) throws(Objection) {
        guard line.isErased else { return }
        guard try mayErase(line, entry: entry) else { throw .refuse(.malformed) }
    }

    private func mayErase(_ line: EventLine, entry: Int) throws(Objection) -> Bool {
        let begun = accepted.first { $0.held.arrival == entry }?.line.envelope.kind
        do {
            let kind = try line.envelope.kind ?? begun ?? events.kind(ofEntry: entry)
            return ErasureOrders.mayErase(fields: line.envelope.fields, kind: kind ?? "")
        } catch { throw .store(error) }
    }

    /// The line as an order in force wants it: a body that was erased is never taken again.
    private func asOrdered(_ line: EventLine, entry: Int) throws(Objection) -> EventLine {
        let ordered: Signature?
        do { ordered = line.isErased ? nil : try events.erasureOrdered(of: line.position) } catch {
            throw .store(error)
        }
        guard let ordered, try mayErase(line, entry: entry) else { return line }
        return line.erased(by: ordered)
    }

    private func placeOfPredecessor(of envelope: Envelope) throws(Objection) -> LogPlace? {
        guard let prev = envelope.prev else { return nil }
        let position = Position(replica: envelope.replica, seq: envelope.seq - 1, id: prev)
        if let held = try look(for: position) { return held.place }
        // The id is known to stand elsewhere: then this line fits nowhere.
        if own[prev] != nil || tree.tips.contains(where: { $0.id == prev }) {
            throw .refuse(.malformed)
        }
        throw .restsOnUnheld
    }

    private func entryNumber(of envelope: Envelope) throws(Objection) -> Int {
        guard case .entry(let position) = envelope.subject else { return nextArrival }
        guard let begun = try look(for: position) else { throw .restsOnUnheld }
        guard begun.beginsEntry else { throw .refuse(.malformed) }
        return begun.entry
    }

    private func check(
        _ introduction: Envelope.Introduction, of replica: ReplicaID
    ) throws(Objection) {
        guard let continues = introduction.continues else { return }
        let old = continues.position
        guard try look(for: old) != nil, let key = try key(of: old.replica) else {
            throw .restsOnUnheld
        }
        let text = SignedText.continuation(events.diary, from: old, to: replica)
        guard key.verifies(continues.signature, over: text) else { throw .refuse(.wronglySigned) }
    }

    // MARK: Heads

    private func close(with section: Section) throws -> Verdict {
        if accepted.isEmpty {
            return .accept(AcceptedSection(events: [], heads: [], replaced: replaced, tree: tree))
        }
        var coverage = Coverage()
        var heads: [PlacedHead] = []
        // A head named twice is one head, and costs one signature.
        var seen: Set<Head> = []
        for head in section.heads where seen.insert(head).inserted {
            guard let line = own[head.position.id], line.position == head.position else {
                return .refuse(line: 0, .section)
            }
            guard let key = try? key(of: head.position.replica),
                key.verifies(head.signature, over: .head(events.diary, head.position))
            else { return .refuse(line: line.line, .wronglySigned) }
            coverage.insert(line.held.place, in: tree)
            if line.held.arrival >= events.nextArrival {
                heads.append(PlacedHead(head: head, place: line.held.place))
            }
        }
        for event in accepted where !coverage.contains(event.held.place) {
            return .refuse(line: own[event.line.id]?.line ?? 0, .section)
        }
        return .accept(
            AcceptedSection(events: accepted, heads: heads, replaced: replaced, tree: tree))
    }

    // MARK: What is held

    private func look(for position: Position) throws(Objection) -> HeldEvent? {
        if let own = own[position.id] { return own.position == position ? own.held : nil }
        do { return try events.held(position) } catch { throw .store(error) }
    }

    private func key(of replica: ReplicaID) throws(Objection) -> PublicKey? {
        if let key = introduced[replica] { return key }
        do { return try events.key(of: replica) } catch { throw .store(error) }
    }
}

/// A section that may be stored, with everything a store needs to do it.
public struct AcceptedSection: Sendable {
    /// The lines not held before, with where they stand now.
    public let events: [StoredEvent]
    /// The heads of those lines.
    public let heads: [PlacedHead]
    /// Lines held with their body that came with the clinic's signature in its place.
    public let replaced: [StoredEvent]
    /// The logs with these lines.
    public let tree: LogTree
}

/// A head with where its event stands in a store.
public struct PlacedHead: Sendable, Hashable {
    public let head: Head
    public let place: LogPlace

    public init(head: Head, place: LogPlace) {
        self.head = head
        self.place = place
    }
}
