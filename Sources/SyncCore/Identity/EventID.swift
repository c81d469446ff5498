/// The name of one event: the SHA-256 of its envelope's bytes. It commits to everything below it on its log.
public struct EventID: OpaqueIdentifier {
    public static let octetCount = 32
    private let value: Octets32

    public init?(octets: some Collection<UInt8>) {
        guard let value = Octets32(octets) else { return nil }
        self.value = value
    }

    public var octets: [UInt8] { value.octets }
}

/// The name of an entry: the id of the event that began it. Nobody ever chooses one.
public typealias EntryID = EventID
