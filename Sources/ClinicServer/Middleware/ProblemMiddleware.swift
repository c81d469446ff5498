internal import DiaryStore
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import SyncCore

/// Turns every error into one problem document, and puts the security headers on every answer.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    let metrics: ServerMetrics

    func handle(
        _ request: Request, context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            if let name = HTTPField.Name(RequestHeadGuard.refusalHeader),
                let refusal = request.headers[name]
            {
                throw Self.problem(of: refusal)
            }
            response = try await next(request, context)
        } catch {
            let problem = Self.problem(for: error)
            metrics.refused(problem.type)
            if problem.status >= 500 {
                context.logger.error(
                    "request failed", metadata: ["problem": "\(problem.type.rawValue)"])
            }
            response = Self.response(problem)
            if Self.closes(problem) { response.headers[.connection] = "close" }
        }
        for (name, value) in Self.securityHeaders { response.headers[name] = value }
        if let name = HTTPField.Name("Referrer-Policy") { response.headers[name] = "no-referrer" }
        return response
    }

    private static func problem(of refusal: String) -> ProblemAnswer {
        let parts = refusal.split(separator: "/")
        guard let type = parts.first.flatMap({ ProblemType(rawValue: String($0)) }) else {
            return ProblemAnswer(.malformed)
        }
        if type == .tooLarge { return .tooLarge }
        return ProblemAnswer(type, status: parts.count > 1 ? parts.last.flatMap { Int($0) } : nil)
    }

    /// Whether the body may not have been read, so that what follows on the connection is not a request.
    private static func closes(_ problem: ProblemAnswer) -> Bool {
        switch problem.type {
        case .malformed, .tooLarge, .timeout, .mediaType, .busy, .notEnrolled: true
        default: false
        }
    }

    static func problem(for error: any Error) -> ProblemAnswer {
        switch error {
        case let problem as ProblemAnswer: problem
        case let error as StoreError: problem(for: error)
        case let error as HTTPError where error.status == .notFound: ProblemAnswer(.notFound)
        case let error as HTTPError where error.status == .contentTooLarge: .tooLarge
        case let error as HTTPError where error.status.code < 500: ProblemAnswer(.malformed)
        case is CommitError: ProblemAnswer(.integrity)
        default: .busy(retryAfterSeconds: 60)
        }
    }

    private static func problem(for error: StoreError) -> ProblemAnswer {
        switch error {
        case .diskFull: ProblemAnswer(.full, retryAfterSeconds: 300)
        // A token whose diary is gone is damage, too; waiting would not bring it back.
        case .damaged, .unknownDiary: ProblemAnswer(.integrity)
        case .unstorableText: ProblemAnswer(.malformed)
        case .busy, .lockHeld: .busy(retryAfterSeconds: 5)
        default: .busy(retryAfterSeconds: 60)
        }
    }

    private static func response(_ problem: ProblemAnswer) -> Response {
        var headers: HTTPFields = [.contentType: "application/problem+json"]
        if let seconds = problem.retryAfterSeconds { headers[.retryAfter] = String(seconds) }
        if let allow = problem.allow { headers[.allow] = allow }
        if problem.status == 401 { headers[.wwwAuthenticate] = "Bearer" }
        return Response(
            status: .init(code: problem.status), headers: headers,
            body: .init(byteBuffer: ByteBuffer(bytes: problem.bytes)))
    }

    private static var securityHeaders: [(HTTPField.Name, String)] {
        [
            (.cacheControl, "no-store"),
            (.contentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'"),
            (.xContentTypeOptions, "nosniff"),
        ]
    }
}
