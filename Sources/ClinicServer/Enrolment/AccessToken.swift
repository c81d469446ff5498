internal import SyncCore

/// The secret that a device shows with every sync: 32 random octets, kept by the clinic as a hash.
struct AccessToken: Sendable {
    private let octets: [UInt8]

    init() {
        var generator = SystemRandomNumberGenerator()
        octets = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    init?(text: some Collection<UInt8>) {
        guard let octets = Base64URL.decode(text, octetCount: 32) else { return nil }
        self.octets = octets
    }

    var text: String { String(decoding: Base64URL.encode(octets), as: UTF8.self) }

    /// What is kept; the token has 256 random bits, so a plain hash is as good as a slow one.
    var hash: [UInt8] { SHA256Hash.octets(of: octets) }
}
