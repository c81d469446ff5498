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

    /// Makes a server that is ready to run.
    ///
    /// - Parameter onListening: told the port once it listens; with port 0 the system chooses one.
    public static func build(
        clinic: Clinic, settings: ServerSettings, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in },
        onMetrics: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> ClinicApplication {
        build(
            clinic: clinic, settings: settings, logger: logger, limits: settings.wireLimits,
            attempts: AttemptCounter(), onListening: onListening, onMetrics: onMetrics)
    }

    /// A server of plain HTTP with what is usual.
    public static func build(
        clinic: Clinic, address: ListenAddress, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> ClinicApplication {
        build(
            clinic: clinic, settings: ServerSettings(address: address), logger: logger,
            onListening: onListening)
    }

    static func build(
        clinic: Clinic, address: ListenAddress, logger: Logger, limits: WireLimits,
        attempts: AttemptCounter, onListening: @escaping @Sendable (Int) async -> Void
    ) -> ClinicApplication {
        build(
            clinic: clinic, settings: ServerSettings(address: address), logger: logger,
            limits: limits, attempts: attempts, onListening: onListening, onMetrics: { _ in })
    }

    private static func build(
        clinic: Clinic, settings: ServerSettings, logger: Logger, limits: WireLimits,
        attempts: AttemptCounter, onListening: @escaping @Sendable (Int) async -> Void,
        onMetrics: @escaping @Sendable (Int) async -> Void
    ) -> ClinicApplication {
        let metrics = ServerMetrics()
        let collector = BodyCollector(limits: limits, metrics: metrics)
        let identity = settings.identity
        var services: [any Service] = [TLSReload(identity: identity, logger: logger)]
        if let address = settings.metrics {
            let router = metricsRouter(
                MetricsController(
                    clinic: clinic, metrics: metrics, budget: collector.budget,
                    identity: identity, reading: WorkQueue("diary.metrics")))
            var few = limits
            few.connections = 16
            // Its own numbers would say nothing of the clinic, so they are counted apart.
            services.append(
                application(
                    router, at: address, limits: few, identity: nil, metrics: ServerMetrics(),
                    logger: logger, onListening: onMetrics))
        }
        services.append(
            application(
                router(
                    clinic: clinic, collector: collector, attempts: attempts, metrics: metrics),
                at: settings.address, limits: limits, identity: identity, metrics: metrics,
                logger: logger, onListening: onListening))
        return ClinicApplication(services: services, logger: logger)
    }

    private static func application(
        _ router: Router<ClinicContext>, at address: ListenAddress, limits: WireLimits,
        identity: TLSIdentity?, metrics: ServerMetrics, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void
    ) -> some Service {
        Application(
            router: router,
            server: HTTPServerBuilder { responder in
                GuardedChannel(
                    responder: responder, limits: limits, identity: identity, metrics: metrics)
            },
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port),
                availableConnectionsDelegate: .maximum(limits.connections, logger: logger)),
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

    private static func router(
        clinic: Clinic, collector: BodyCollector, attempts: AttemptCounter, metrics: ServerMetrics
    ) -> Router<ClinicContext> {
        let writer = StoreWriter(clinic.database, metrics: metrics)
        let reading = WorkQueue("diary.reading")
        let router = Router(
            context: ClinicContext.self, options: .autoGenerateHeadEndpoints)
        router.middlewares.add(RequestLog())
        router.middlewares.add(RequestMetrics(metrics: metrics))
        router.middlewares.add(ProblemMiddleware(metrics: metrics))
        router.middlewares.add(MethodMiddleware(routes: routes))
        SyncController(
            clinic: clinic, writer: writer, reading: reading, collector: collector,
            metrics: metrics
        ).addRoutes(to: router)
        EnrolmentController(
            clinic: clinic, writer: writer, reading: reading, collector: collector,
            attempts: attempts, metrics: metrics
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
