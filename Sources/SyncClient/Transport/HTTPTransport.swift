internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
public import SyncCore

/// Carries one request to the clinic and brings the answer back, if it is the clinic's.
///
/// It follows no redirect, takes no more than the limit, and believes only the content types that the
/// clinic sends: a 200 with a page is a portal's. Nothing is decoded and no cookie kept.
public struct HTTPTransport: Sendable {
    public let base: ClinicAddress
    private let authority: TrustedAuthority?
    private let client: HTTPClient
    private let timeoutSeconds: Int

    /// What came back.
    public enum Exchange: Sendable, Equatable {
        case answer([UInt8])
        case problem(ProblemType, retryAfter: RetryAfter?)
        case notReached(NotReached, retryAfter: RetryAfter? = nil)
    }

    /// - Parameters:
    ///   - authority: whose certificates alone are believed; nil for those that the system knows.
    ///   - timeoutSeconds: half of what a whole exchange may take; an answer that does not begin or
    ///     go on within 30 seconds ends sooner.
    public init(
        base: ClinicAddress, authority: TrustedAuthority? = nil, timeoutSeconds: Int = 60
    ) {
        self.base = base
        self.authority = authority
        self.timeoutSeconds = timeoutSeconds
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(10), read: .seconds(30), write: .seconds(30)),
            decompression: .disabled)
        configuration.httpVersion = .http1Only
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        if let authority { tls.trustRoots = .certificates(authority.certificates) }
        configuration.tlsConfiguration = tls
        // Whether to try again is for `Backoff` to say.
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Closes all connections; has to be called once, last.
    public func close() async {
        // What cannot be closed is closed with the process.
        try? await client.shutdown()
    }

    public func get(_ path: String, accept type: String) async -> Exchange {
        await exchange(HTTPClientRequest(url: base.text + path), accept: type)
    }

    public func post(
        _ path: String, _ body: [UInt8], type: String, token: String? = nil, accept: String
    ) async -> Exchange {
        var request = HTTPClientRequest(url: base.text + path)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: type)
        if let token { request.headers.add(name: "Authorization", value: "Bearer " + token) }
        request.body = .bytes(ByteBuffer(bytes: body))
        return await exchange(request, accept: accept)
    }

    private func exchange(_ request: HTTPClientRequest, accept type: String) async -> Exchange {
        var request = request
        request.headers.add(name: "Accept", value: type + ", application/problem+json")
        request.headers.add(name: "User-Agent", value: "home-infusion-diary")
        let ready = request
        do {
            return try await withDeadline {
                let response = try await client.execute(
                    ready, timeout: .seconds(Int64(timeoutSeconds)))
                return try await read(response, accept: type)
            }
        } catch {
            return .notReached(await reason(of: error))
        }
    }

    /// Ends an exchange whose answer never does.
    ///
    /// The client's own deadline ends with the head, and its read timeout begins anew with each byte:
    /// a body that drips would go on for months.
    private func withDeadline(
        _ body: @escaping @Sendable () async throws -> Exchange
    ) async throws -> Exchange {
        try await withThrowingTaskGroup(of: Exchange.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: .seconds(2 * timeoutSeconds))
                return .notReached(.noAnswer)
            }
            defer { group.cancelAll() }
            return try await group.next() ?? .notReached(.noAnswer)
        }
    }

    private func read(
        _ response: HTTPClientResponse, accept type: String
    ) async throws -> Exchange {
        let status = Int(response.status.code)
        let retryAfter = response.headers["retry-after"].first.flatMap { RetryAfter($0) }
        if (300..<400).contains(status) { return .notReached(.redirected) }
        let given = response.headers["content-type"].first?.split(separator: ";").first
            .map { $0.lowercased() }
        if status == 200, given == type {
            guard let bytes = try await collect(response, limit: SyncLimits.messageLength) else {
                return .notReached(.tooMuch)
            }
            return .answer(bytes)
        }
        guard status >= 400, given == "application/problem+json",
            let bytes = try await collect(response, limit: 64 * 1024),
            let uri = (try? JSONValue(canonical: bytes))?["type"]?.stringValue,
            let problem = ProblemType(uri: uri, status: status)
        else {
            // 511 is a network that asks for a sign-in (RFC 6585).
            let isLater = [408, 429].contains(status) || (status >= 500 && status != 511)
            return isLater
                ? .notReached(.busy, retryAfter: retryAfter) : .notReached(.somebodyElse)
        }
        return .problem(problem, retryAfter: retryAfter)
    }

    /// The body; nil if it is longer than `limit`, of which the rest is not read.
    private func collect(_ response: HTTPClientResponse, limit: Int) async throws -> [UInt8]? {
        var bytes: [UInt8] = []
        for try await part in response.body {
            guard part.readableBytes <= limit - bytes.count else { return nil }
            bytes += part.readableBytesView
        }
        return bytes
    }

    private func reason(of error: any Error) async -> NotReached {
        if error as? NIOSSLExtraError == .failedToValidateHostname { return .certificateName }
        if case .handshakeFailed(let failure) = error as? NIOSSLError {
            guard "\(failure)".contains("CERTIFICATE_VERIFY_FAILED") else { return .notSecure }
            return await CertificateInquiry(
                host: base.host, port: base.port, authority: authority,
                now: Int(Date().timeIntervalSince1970)
            ).reason()
        }
        guard let error = error as? HTTPClientError else {
            // What is no HTTP: an answer cut in the middle, a head without an end.
            return error is HTTPParserError ? .noAnswer : .noConnection
        }
        return switch error {
        case .readTimeout, .writeTimeout, .deadlineExceeded, .remoteConnectionClosed,
            .getConnectionFromPoolTimeout:
            .noAnswer
        case .tlsHandshakeTimeout, .serverOfferedUnsupportedApplicationProtocol(""): .notSecure
        default: .noConnection
        }
    }
}
