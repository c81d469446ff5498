/// The SHA-256 of a body's bytes, which the envelope names.
public struct BodyHash: OpaqueIdentifier {
    public static let octetCount = 32
    private let value: Octets32

    public init?(octets: some Collection<UInt8>) {
        guard let value = Octets32(octets) else { return nil }
        self.value = value
    }

    public var octets: [UInt8] { value.octets }
}
