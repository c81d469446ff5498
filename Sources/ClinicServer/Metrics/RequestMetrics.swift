internal import Hummingbird
internal import NIOCore

/// Counts each answer by its route's pattern, and times it.
struct RequestMetrics<Context: RequestContext>: RouterMiddleware {
    let metrics: ServerMetrics

    func handle(
        _ request: Request, context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let clock = ContinuousClock()
        let start = clock.now
        let response = try await next(request, context)
        let took = (clock.now - start).components
        metrics.answered(
            route: context.endpointPath ?? "-", status: Int(response.status.code),
            nanoseconds: took.seconds &* 1_000_000_000 &+ took.attoseconds / 1_000_000_000)
        return response
    }
}
