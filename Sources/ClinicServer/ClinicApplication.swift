internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
public import Logging
internal import NIOCore
public import ServiceLifecycle
internal import SyncCore
internal import UnixSignals

/// The clinic's server: routes, guards and limits around one store.
public struct ClinicApplication: Service {
    private let application: any ApplicationProtocol
    private let logger: Logger

    /// Makes a server that is ready to run.
    ///
    /// - Parameter onListening: told the port once it listens; with port 0 the system chooses one.
    public static func build(
        clinic: Clinic, address: ListenAddress, logger: Logger, limits: WireLimits = WireLimits(),
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> ClinicApplication {
        let connections = ConnectionTable(limit: OpenFiles.raise(for: limits.connections))
        let hosts = HostNames(listeningAt: address.host, configured: address.names)
        let application = Application(
            router: router(clinic: clinic, limits: limits),
            server: HTTPServerBuilder { responder in
                GuardedChannel(
                    responder: responder, limits: limits, hosts: hosts, connections: connections)
            },
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port), backlog: backlog),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? 0) },
            logger: logger)
        return ClinicApplication(application: application, logger: logger)
    }

    /// Connections the system keeps until they are looked at.
    private static var backlog: Int { 1024 }

    private static func router(
        clinic: Clinic, limits: WireLimits
    ) -> Router<ClinicContext> {
        let writer = StoreWriter(clinic.database, limit: limits.waitingRequests)
        let reading = WorkQueue("diary.reading", limit: limits.waitingRequests)
        let allowance = LogAllowance(
            atOnce: limits.newLogs, millisecondsForOne: limits.newLogMilliseconds)
        let collector = BodyCollector(limits: limits)
        let router = Router(
            context: ClinicContext.self, options: .autoGenerateHeadEndpoints)
        router.middlewares.add(RequestLog())
        router.middlewares.add(ProblemMiddleware())
        router.middlewares.add(MethodMiddleware(routes: routes))
        SyncController(
            clinic: clinic, writer: writer, reading: reading, collector: collector,
            allowance: allowance
        ).addRoutes(to: router)
        EnrolmentController(
            clinic: clinic, writer: writer, reading: reading,
            secrets: WorkQueue("diary.secrets", limit: limits.waitingRequests),
            collector: collector, attempts: AttemptCounter()
        ).addRoutes(to: router)
        HealthController(clinic: clinic, writer: writer).addRoutes(to: router)
        return router
    }

    private static var routes: [(segments: [String?], methods: [HTTPRequest.Method])] {
        [
            (["v1", "clinic"], [.get, .head]),
            (["v1", "enrol", "start"], [.post]),
            (["v1", "enrol", "finish"], [.post]),
            (["v1", "diaries", nil, "sync"], [.post]),
            (["health"], [.get, .head]),
            (["ready"], [.get, .head]),
        ]
    }

    /// Serves until a graceful shutdown is asked for; then finishes what it has begun.
    public func run() async throws { try await application.run() }

    /// Serves until SIGTERM or SIGINT; then finishes what it has begun.
    public func runUntilSignalled() async throws {
        try await ServiceGroup(
            configuration: .init(
                services: [self], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        ).run()
    }
}
