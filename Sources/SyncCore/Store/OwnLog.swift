/// What a store knows of the log it writes: its key, and how far *it* has written.
///
/// The row is changed in the transaction that appends. So a store that finds its own log further than
/// this, or branched, has been restored or cloned, and goes on as a new replica.
public struct OwnLog: Sendable {
    public let key: SigningKey
    public let nonce: Nonce
    public let replica: ReplicaID
    /// The last event this store wrote; nil before its introduction.
    public var tip: Position?
    /// Where this log goes on from; only in the introduction of a restored or cloned store.
    public let continues: Continuation?

    public init(
        diary: DiaryID, key: SigningKey, nonce: Nonce, tip: Position? = nil,
        continues: Continuation? = nil
    ) {
        self.key = key
        self.nonce = nonce
        self.tip = tip
        self.continues = continues
        replica = ReplicaID(diary: diary, key: key.publicKey, nonce: nonce)
    }

    /// Whether a store with these logs was restored or cloned since it last wrote.
    public func wentOnElsewhere(in tree: LogTree) -> Bool {
        let tips = tree.branchNumbers(of: replica).map { tree.branches[$0].tip }
        return tip.map { tips != [$0] } ?? !tips.isEmpty
    }

    /// The log of a new replica with a key of its own that goes on from this one's tip.
    public func continued(
        diary: DiaryID, key: SigningKey, using generator: inout some RandomNumberGenerator
    ) -> OwnLog {
        let nonce = Nonce.random(using: &generator)
        guard let tip else { return OwnLog(diary: diary, key: key, nonce: nonce) }
        let replica = ReplicaID(diary: diary, key: key.publicKey, nonce: nonce)
        let text = SignedText.continuation(diary, from: tip, to: replica)
        return OwnLog(
            diary: diary, key: key, nonce: nonce,
            continues: Continuation(position: tip, signature: self.key.sign(text)))
    }
}

extension OpaqueIdentifier {
    /// Random octets from the generator that is handed in.
    public static func random(using generator: inout some RandomNumberGenerator) -> Self {
        let octets = (0..<octetCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
        guard let value = Self(octets: octets) else {
            // Only a `PublicKey` may refuse octets, and keys are made, not drawn.
            preconditionFailure("any octets make an id, a nonce, a salt")
        }
        return value
    }
}

extension SigningKey {
    /// A key of a random seed from the generator that is handed in.
    public static func random(using generator: inout some RandomNumberGenerator) -> SigningKey {
        let seed = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
        guard let key = SigningKey(seed: seed) else {
            preconditionFailure("any 32 octets seed a key")
        }
        return key
    }
}
