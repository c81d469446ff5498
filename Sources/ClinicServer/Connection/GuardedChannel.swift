internal import HTTPTypes
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL

/// Hummingbird's HTTP/1.1 channel with TLS, if there is any, and the guards in front.
struct GuardedChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    private let base: HTTP1Channel
    private let limits: WireLimits
    private let hosts: HostNames
    private let connections: ConnectionTable
    private let identity: TLSIdentity?
    private let metrics: ServerMetrics

    init(
        responder: @escaping HTTPChannelHandler.Responder, limits: WireLimits, hosts: HostNames,
        connections: ConnectionTable, identity: TLSIdentity?, metrics: ServerMetrics
    ) {
        self.limits = limits
        self.hosts = hosts
        self.connections = connections
        self.identity = identity
        self.metrics = metrics
        base = HTTP1Channel(
            responder: responder,
            configuration: .init(
                idleTimeout: limits.idleTime,
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: limits.headerFieldLength,
                    maxHeaderListSize: limits.headerListLength,
                    maxHeaderFieldCount: limits.headerFieldCount)))
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        guard let place = ConnectionPlace(for: channel, in: connections) else {
            channel.close(promise: nil)
            return channel.eventLoop.makeFailedFuture(NoPlace())
        }
        metrics.connectionOpened(until: channel.closeFuture)
        return channel.eventLoop.makeCompletedFuture {
            guard let identity else { return }
            try channel.pipeline.syncOperations.addHandler(
                NIOSSLServerHandler(context: identity.context))
        }.flatMap { base.setup(channel: channel, logger: logger) }.flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            let meter = WireMeter(limits: limits)
            let parser = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(meter, position: .before(parser))
            try pipeline.addHandler(
                RequestHeadGuard(limits: limits, hosts: hosts, meter: meter, place: place),
                position: .after(parser))
            return value
        }
    }

    func handle(value: Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}

/// Every place is taken by a request that is being answered.
private struct NoPlace: Error {}
