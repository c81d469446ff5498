/// A position signed by its replica's key: its log stands up to here, as it is.
public struct Head: Hashable, Sendable {
    public let position: Position
    public let signature: Signature

    public init(position: Position, signature: Signature) {
        self.position = position
        self.signature = signature
    }

    /// `[replica, seq, id, signature]`.
    public var json: JSONValue { SignedPosition.json(position, signature) }
}
