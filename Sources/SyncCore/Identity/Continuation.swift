/// From where a new replica goes on, signed by the old one's key: a restored or copied store's way out.
public struct Continuation: Hashable, Sendable {
    public let position: Position
    public let signature: Signature

    public init(position: Position, signature: Signature) {
        self.position = position
        self.signature = signature
    }

    /// `[replica, seq, id, signature]`.
    public var json: JSONValue { SignedPosition.json(position, signature) }
}

/// `[replica, seq, id, signature]`, the form of heads and continuations alike.
enum SignedPosition {
    static func json(_ position: Position, _ signature: Signature) -> JSONValue {
        .array((position.json.arrayValue ?? []) + [.string(signature.text)])
    }
}

extension CanonicalJSONScanner {
    package mutating func scanSignedPosition() throws(Failure) -> (Position, Signature) {
        try enterTuple()
        let replica = try scanIdentifier(ReplicaID.self)
        try expect(",")
        let seq = try scanSeq()
        try expect(",")
        let id = try scanIdentifier(EventID.self)
        try expect(",")
        let signature = try scanIdentifier(Signature.self)
        try leaveTuple()
        return (Position(replica: replica, seq: seq, id: id), signature)
    }
}
