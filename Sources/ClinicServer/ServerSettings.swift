internal import NIOCore

/// How a clinic's server is run: where, under which names, with which certificate and limits.
public struct ServerSettings: Sendable {
    public var address: ListenAddress
    /// The certificate to show; nil for plain HTTP.
    public var identity: TLSIdentity?
    /// The names under which devices call, without a port; empty for any.
    public var names: [String] = []
    public var limits = Limits()
    /// Where numbers are given; nil for nowhere.
    public var metrics: ListenAddress?

    /// What an administrator may set of what connections cost.
    public struct Limits: Sendable, Equatable {
        public var connections: Int
        /// Bytes of bodies in work at one moment, over all requests.
        public var collectedBytes: Int
        public var headerSeconds: Int
        /// Before a least rate is asked of a body.
        public var bodySeconds: Int

        public init() {
            let wire = WireLimits()
            connections = wire.connections
            collectedBytes = wire.collectedLength
            headerSeconds = Int(wire.headerTime.nanoseconds / 1_000_000_000)
            bodySeconds = Int(wire.bodyTime.components.seconds)
        }
    }

    public init(address: ListenAddress, identity: TLSIdentity? = nil) {
        self.address = address
        self.identity = identity
    }

    var wireLimits: WireLimits {
        var wire = WireLimits()
        wire.connections = limits.connections
        wire.collectedLength = limits.collectedBytes
        wire.headerTime = .seconds(Int64(limits.headerSeconds))
        wire.bodyTime = .seconds(limits.bodySeconds)
        wire.names = names.map { $0.lowercased() }
        return wire
    }
}
