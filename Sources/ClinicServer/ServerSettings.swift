internal import NIOCore

/// How a clinic's server is run: where, under which names, with which certificate and limits.
public struct ServerSettings: Sendable {
    public var address: ListenAddress
    /// The certificate to show; nil for plain HTTP.
    public var identity: TLSIdentity?
    public var limits = Limits()
    /// Where numbers are given; nil for nowhere.
    public var metrics: ListenAddress?

    /// Others altogether, for drills.
    public var drill: WireLimits?

    /// What an administrator may set of what connections cost.
    public struct Limits: Sendable, Equatable {
        public var connections: Int
        /// Bytes of bodies in work at one moment, over all requests.
        public var collectedBytes: Int
        public var headerSeconds: Int
        /// In each stretch of so many seconds a body has to bring a least amount.
        public var bodySeconds: Int

        public init() {
            let wire = WireLimits()
            connections = wire.connections
            collectedBytes = wire.collectedLength
            headerSeconds = Int(wire.headerTime.nanoseconds / 1_000_000_000)
            bodySeconds = Int(wire.bodyTime.nanoseconds / 1_000_000_000)
        }
    }

    public init(address: ListenAddress, identity: TLSIdentity? = nil) {
        self.address = address
        self.identity = identity
    }

    var wireLimits: WireLimits {
        if let drill { return drill }
        var wire = WireLimits()
        wire.connections = limits.connections
        wire.collectedLength = limits.collectedBytes
        wire.headerTime = .seconds(Int64(limits.headerSeconds))
        wire.bodyTime = .seconds(Int64(limits.bodySeconds))
        // A body that stands still gets its answer before the connection is given up.
        wire.idleTime = .seconds(Int64(limits.bodySeconds) + 10)
        return wire
    }
}
