/// Random octets of an introduction, so that one key may introduce many logs.
public struct Nonce: OpaqueIdentifier {
    public static let octetCount = 16
    private let value: Octets16

    public init?(octets: some Collection<UInt8>) {
        guard let value = Octets16(octets) else { return nil }
        self.value = value
    }

    public var octets: [UInt8] { value.octets }
}
