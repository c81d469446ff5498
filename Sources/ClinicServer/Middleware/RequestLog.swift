internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore

/// One line and one count for each request: its route's pattern and what it cost; never an id, a name
/// or a body.
struct RequestLog<Context: RequestContext>: RouterMiddleware {
    let metrics: ServerMetrics

    func handle(
        _ request: Request, context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let clock = ContinuousClock()
        let start = clock.now
        let response = try await next(request, context)
        let took = clock.now - start
        let route = context.endpointPath ?? "-"
        metrics.answered(route: route, status: Int(response.status.code), in: took)
        context.logger.info(
            "request",
            metadata: [
                "method": "\(request.method.rawValue)",
                "route": "\(route)",
                "status": "\(response.status.code)",
                "ms": "\(took.nanoseconds / 1_000_000)",
                "received": "\(request.headers[.contentLength].flatMap { Int($0) } ?? 0)",
                "sent": "\(response.body.contentLength ?? 0)",
            ])
        return response
    }
}
