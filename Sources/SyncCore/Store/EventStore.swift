/// Keeps the logs of one diary. All methods run inside one transaction of whoever implements it.
///
/// Conformers keep; the rules are in the extensions beside this file (`take`, `offer`, `commit`), so
/// that every store decides alike.
public protocol EventStore: HeldEvents {
    /// Stores an accepted section as one stored section, heads and all, with everything derived from it.
    mutating func append(_ section: AcceptedSection) throws
    /// Hands out stored sections in order of arrival, each without the lines that `known` covers,
    /// leaving out those covered wholly, until `body` returns false.
    ///
    /// The cost is that of what is handed out, not of what is held.
    func forEachSection(beyond known: Coverage, _ body: (StoredSection) throws -> Bool) throws
    /// Puts the clinic's signature in place of a held event's body.
    mutating func erase(_ event: StoredEvent) throws
    /// Remembers that an order in force names this position, whether it is held or not.
    mutating func order(erasureOf position: Position, _ signature: Signature) throws
}

/// What is left of a stored section once lines that a peer holds are left out.
public struct StoredSection: Sendable {
    public var lines: [StoredLine]
    /// The heads among those lines.
    public var heads: [PlacedHead]

    public init(lines: [StoredLine], heads: [PlacedHead]) {
        self.lines = lines
        self.heads = heads
    }
}

/// A line's bytes with where it stands.
public struct StoredLine: Sendable {
    public let bytes: [UInt8]
    public let place: LogPlace

    public init(bytes: [UInt8], place: LogPlace) {
        self.bytes = bytes
        self.place = place
    }
}

/// How far a store got with sections handed to it.
public struct Intake: Sendable, Equatable {
    /// How many sections, from the first, are held now.
    public var taken = 0
    /// How many lines were new.
    public var stored = 0
    /// The section that ended the taking, where it never fits.
    public var refused: Refusal?

    public init(taken: Int = 0, stored: Int = 0, refused: Refusal? = nil) {
        self.taken = taken
        self.stored = stored
        self.refused = refused
    }
}

extension EventStore {
    /// The tips of all logs held.
    public var frontier: VectorClock { tree.frontier }

    /// Takes section after section until one is refused or rests on what is not held here.
    public mutating func take(_ sections: some Sequence<Section>) throws -> Intake {
        var intake = Intake()
        for section in sections {
            switch try SectionIntake.judge(section, over: self) {
            case .accept(let accepted):
                if !accepted.events.isEmpty { try append(accepted) }
                for event in accepted.replaced { try erase(event) }
                try obeyOrders(in: accepted.events)
                intake.taken += 1
                intake.stored += accepted.events.count
            case .restsOnUnheld: return intake
            case .refuse(let line, let kind):
                intake.refused = Refusal(section: intake.taken, line: line, type: kind)
                return intake
            }
        }
        return intake
    }
}
