internal import Crypto

/// The private half of a replica's or a clinic's key.
public struct SigningKey: Sendable {
    /// The 32 octets the key is made from (RFC 8032, 5.1.5). Secret.
    public let seed: [UInt8]
    /// The public half.
    public let publicKey: PublicKey
    private let key: Curve25519.Signing.PrivateKey

    /// The key of this seed; nil unless it has 32 octets.
    public init?(seed: [UInt8]) {
        guard seed.count == 32,
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
            let publicKey = PublicKey(octets: Array(key.publicKey.rawRepresentation))
        else { return nil }
        self.seed = seed
        self.key = key
        self.publicKey = publicKey
    }

    /// Signs one of the texts that this protocol signs.
    public func sign(_ text: SignedText) -> Signature {
        // Signing fails only for want of memory or random octets; an all-zero signature verifies
        // under no key, so the store refuses what it would close.
        let octets = (try? key.signature(for: text.octets)).map(Array.init) ?? []
        return Signature(octets: octets) ?? Self.none
    }

    private static let none: Signature = {
        guard let none = Signature(octets: [UInt8](repeating: 0, count: 64)) else {
            preconditionFailure("64 octets make a signature")
        }
        return none
    }()
}

extension PublicKey {
    /// Whether `signature` is this key's over `text`: cofactorless, S < L, canonical R.
    public func verifies(_ signature: Signature, over text: SignedText) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: octets) else {
            return false
        }
        return key.isValidSignature(signature.octets, for: text.octets)
    }
}
