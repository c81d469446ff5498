/// The name of one writer's log in one diary; it commits to that diary and to the writer's key.
public struct ReplicaID: OpaqueIdentifier {
    public static let octetCount = 16
    private let value: Octets16

    public init?(octets: some Collection<UInt8>) {
        guard let value = Octets16(octets) else { return nil }
        self.value = value
    }

    public var octets: [UInt8] { value.octets }
}
