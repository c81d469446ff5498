/// The name of a diary: the first 16 octets of a hash over its founder's key and nonce (`Derivation`).
public struct DiaryID: OpaqueIdentifier {
    public static let octetCount = 16
    private let value: Octets16

    public init?(octets: some Collection<UInt8>) {
        guard let value = Octets16(octets) else { return nil }
        self.value = value
    }

    public var octets: [UInt8] { value.octets }
}
