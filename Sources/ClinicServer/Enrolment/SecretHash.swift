internal import CryptoExtras

/// A code's secret as it is kept: scrypt over a salt of its own.
struct SecretHash: Sendable {
    let salt: [UInt8]
    let hash: [UInt8]

    // 50 random bits are out of reach of guessing over HTTP; this makes a stolen table slow, too,
    // at 4 MiB and some ten milliseconds an attempt.
    private static let rounds = 4096
    private static let blockSize = 8

    init(salt: [UInt8], hash: [UInt8]) {
        self.salt = salt
        self.hash = hash
    }

    init(of secret: String) throws {
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
        self.init(salt: salt, hash: try Self.derive(secret, salt: salt))
    }

    /// Takes the place of a code that is not known, so that this takes as long as any other.
    static let ofNothing = SecretHash(
        salt: [UInt8](repeating: 0, count: 16), hash: [UInt8](repeating: 0, count: 32))

    /// Whether `secret` is the one; the time it takes does not tell how nearly.
    func matches(_ secret: String) throws -> Bool {
        let derived = try Self.derive(secret, salt: salt)
        guard derived.count == hash.count else { return false }
        return zip(derived, hash).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func derive(_ secret: String, salt: [UInt8]) throws -> [UInt8] {
        try KDF.Scrypt.deriveKey(
            from: Array(secret.utf8), salt: salt, outputByteCount: 32, rounds: rounds,
            blockSize: blockSize, parallelism: 1
        ).withUnsafeBytes { Array($0) }
    }
}
