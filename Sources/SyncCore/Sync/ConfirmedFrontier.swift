/// A frontier with the clinic's signature that it holds it durably.
///
/// Each receipt covers all earlier ones. So an asker that finds the answerer to hold less than it had
/// signed for shows it that receipt: it is proof, to the very clinic that signed it, that its store was
/// put back to an older copy, where nothing of its own log was lost that would tell.
public struct ConfirmedFrontier: Sendable, Equatable {
    public let frontier: VectorClock
    public let receipt: Receipt

    public init(frontier: VectorClock, receipt: Receipt) {
        self.frontier = frontier
        self.receipt = receipt
    }

    /// Whether a clinic's store holds less than that clinic signed for.
    public func provesLoss(by store: some HeldEvents, of clinic: PublicKey) throws -> Bool {
        try frontier.positions.contains { try store.held($0) == nil }
            && receipt.isGenuine(of: frontier, diary: store.diary, clinic: clinic)
    }

    public var json: JSONValue { ["frontier": frontier.json, "receipt": receipt.json] }

    public init?(json: JSONValue) {
        guard let frontier = json["frontier"].flatMap(VectorClock.init(json:)),
            let receipt = json["receipt"].flatMap(Receipt.init(json:))
        else { return nil }
        self.init(frontier: frontier, receipt: receipt)
    }
}
