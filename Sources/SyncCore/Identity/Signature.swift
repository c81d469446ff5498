/// An Ed25519 signature (RFC 8032): R and S, 64 octets.
public struct Signature: OpaqueIdentifier {
    public static let octetCount = 64
    private let r: Octets32
    private let s: Octets32

    public init?(octets: some Collection<UInt8>) {
        guard octets.count == 64, let r = Octets32(octets.prefix(32)),
            let s = Octets32(octets.dropFirst(32))
        else { return nil }
        self.r = r
        self.s = s
    }

    public var octets: [UInt8] { r.octets + s.octets }
}
