internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore

/// One line for each request: its route's pattern and what it cost; never an id, a name or a body.
struct RequestLog<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let clock = ContinuousClock()
        let start = clock.now
        let response = try await next(request, context)
        let took = (clock.now - start).components
        let milliseconds = took.seconds * 1000 + took.attoseconds / 1_000_000_000_000_000
        context.logger.info(
            "request",
            metadata: [
                "method": "\(request.method.rawValue)",
                "route": "\(context.endpointPath ?? "-")",
                "status": "\(response.status.code)",
                "ms": "\(milliseconds)",
                "received": "\(request.headers[.contentLength].flatMap { Int($0) } ?? 0)",
                "sent": "\(response.body.contentLength ?? 0)",
            ])
        return response
    }
}
