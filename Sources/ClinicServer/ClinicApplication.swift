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
    private let services: [any Service]
    private let logger: Logger

    /// Makes a server of plain HTTP that is ready to run.
    ///
    /// - Parameter onListening: told the port once it listens; with port 0 the system chooses one.
    public static func build(
        clinic: Clinic, address: ListenAddress, logger: Logger, limits: WireLimits = WireLimits(),
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> ClinicApplication {
        var settings = ServerSettings(address: address)
        settings.drill = limits
        return build(
            clinic: clinic, settings: settings, logger: logger, onListening: onListening)
    }

    /// Makes a server that is ready to run.
    ///
    /// - Parameters:
    ///   - onListening: told the port once devices are answered.
    ///   - onMetrics: told the port once numbers are given.
    public static func build(
        clinic: Clinic, settings: ServerSettings, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in },
        onMetrics: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> ClinicApplication {
        let limits = settings.wireLimits
        let metrics = ServerMetrics()
        let collector = BodyCollector(limits: limits, metrics: metrics)
        var services: [any Service] = [TLSReload(identity: settings.identity, logger: logger)]
        if let address = settings.metrics {
            let controller = MetricsController<ClinicContext>(
                clinic: clinic, metrics: metrics, budget: collector.budget,
                identity: settings.identity, reading: WorkQueue("diary.metrics", limit: 16))
            var few = limits
            few.connections = 16
            // Who reads the numbers is not among them.
            services.append(
                server(
                    metricsRouter(controller), at: address, limits: few, identity: nil,
                    metrics: ServerMetrics(), logger: logger, onListening: onMetrics))
        }
        let router = router(
            clinic: clinic, limits: limits, collector: collector, metrics: metrics)
        services.append(
            server(
                router, at: settings.address, limits: limits, identity: settings.identity,
                metrics: metrics, logger: logger, onListening: onListening))
        return ClinicApplication(services: services, logger: logger)
    }

    private static func server(
        _ router: Router<ClinicContext>, at address: ListenAddress, limits: WireLimits,
        identity: TLSIdentity?, metrics: ServerMetrics, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void
    ) -> some Service {
        let connections = ConnectionTable(limit: OpenFiles.raise(for: limits.connections))
        let hosts = HostNames(listeningAt: address.host, configured: address.names)
        return Application(
            router: router,
            server: HTTPServerBuilder { responder in
                GuardedChannel(
                    responder: responder, limits: limits, hosts: hosts, connections: connections,
                    identity: identity, metrics: metrics)
            },
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port), backlog: backlog),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? 0) },
            logger: logger)
    }

    private static func metricsRouter(
        _ controller: MetricsController<ClinicContext>
    ) -> Router<ClinicContext> {
        let router = Router(context: ClinicContext.self)
        router.middlewares.add(ProblemMiddleware(metrics: ServerMetrics()))
        router.middlewares.add(MethodMiddleware(routes: [(["metrics"], [.get])]))
        controller.addRoutes(to: router)
        return router
    }

    /// Connections the system keeps until they are looked at.
    private static var backlog: Int { 1024 }

    private static func router(
        clinic: Clinic, limits: WireLimits, collector: BodyCollector, metrics: ServerMetrics
    ) -> Router<ClinicContext> {
        let writer = StoreWriter(
            clinic.database, limit: limits.waitingRequests, metrics: metrics)
        let reading = WorkQueue("diary.reading", limit: limits.waitingRequests)
        let allowance = LogAllowance(
            atOnce: limits.newLogs, millisecondsForOne: limits.newLogMilliseconds)
        let router = Router(
            context: ClinicContext.self, options: .autoGenerateHeadEndpoints)
        router.middlewares.add(RequestLog(metrics: metrics))
        router.middlewares.add(ProblemMiddleware(metrics: metrics))
        router.middlewares.add(MethodMiddleware(routes: routes))
        SyncController(
            clinic: clinic, writer: writer, reading: reading, collector: collector,
            allowance: allowance, metrics: metrics
        ).addRoutes(to: router)
        EnrolmentController(
            clinic: clinic, writer: writer, reading: reading,
            secrets: WorkQueue("diary.secrets", limit: limits.waitingRequests),
            collector: collector, attempts: AttemptCounter(), metrics: metrics
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
    public func run() async throws {
        try await ServiceGroup(configuration: .init(services: services, logger: logger)).run()
    }

    /// Serves until SIGTERM or SIGINT; then finishes what it has begun.
    public func runUntilSignalled() async throws {
        try await ServiceGroup(
            configuration: .init(
                services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        ).run()
    }
}
