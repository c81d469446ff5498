internal import HTTPTypes
internal import Hummingbird
internal import SyncCore

/// Answers a known address with a method it does not have: 405, and the methods it has.
struct MethodMiddleware<Context: RequestContext>: RouterMiddleware {
    /// Addresses as segments, nil for any one segment, with their methods.
    let routes: [(segments: [String?], methods: [HTTPRequest.Method])]

    func handle(
        _ request: Request, context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let segments = request.uri.path.split(separator: "/")
        let route = routes.first { route in
            route.segments.count == segments.count
                && zip(route.segments, segments).allSatisfy { $0 == nil || $0 == String($1) }
        }
        if let route, !route.methods.contains(request.method) {
            let allow = route.methods.map(\.rawValue).joined(separator: ", ")
            throw ProblemAnswer(.methodNotAllowed, allow: allow)
        }
        return try await next(request, context)
    }
}
