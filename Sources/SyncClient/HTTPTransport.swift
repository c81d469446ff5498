internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
import SyncCore

/// Carries requests to one clinic over HTTP, and believes only what can be the clinic's.
public struct HTTPTransport: Sendable {
    public let address: ClinicAddress
    private let client: HTTPClient
    /// Milliseconds since 1970, to read a Retry-After that is a date.
    private let now: @Sendable () -> Int64

    /// How long a whole exchange may take.
    private static let deadline = TimeAmount.seconds(120)

    public init(to address: ClinicAddress, now: @escaping @Sendable () -> Int64) {
        self.address = address
        self.now = now
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(10), read: .seconds(60)),
            decompression: .disabled)
        configuration.httpVersion = .http1Only
        client = HTTPClient(
            eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Closes the connections; the transport is of no use afterwards.
    public func close() async { try? await client.shutdown() }

    /// The two kinds of body there are.
    public enum BodyType: String, Sendable {
        case json = "application/json"
        case ndjson = "application/x-ndjson"
    }

    struct Exchange {
        var path: String
        var body: (type: BodyType, bytes: [UInt8])?
        var token: String?
        var answer: BodyType
    }

    /// One request and its answer.
    ///
    /// - Throws: `TransportFailure`, or `CancellationError`.
    func send(_ exchange: Exchange) async throws -> [UInt8] {
        var request = HTTPClientRequest(url: address.base + exchange.path)
        request.headers.add(name: "Accept", value: exchange.answer.rawValue)
        request.headers.add(name: "User-Agent", value: "diary/1")
        if let token = exchange.token {
            request.headers.add(name: "Authorization", value: "Bearer \(token)")
        }
        if let body = exchange.body {
            request.method = .POST
            request.headers.add(name: "Content-Type", value: body.type.rawValue)
            request.body = .bytes(body.bytes, length: .known(Int64(body.bytes.count)))
        }
        let response: HTTPClientResponse
        let bytes: [UInt8]
        do {
            response = try await client.execute(request, timeout: Self.deadline)
            bytes = try await collect(response)
        } catch let failure as TransportFailure {
            throw failure
        } catch let error as CancellationError {
            throw error
        } catch {
            throw TransportFailure.noAnswer
        }
        return try check(response, bytes, expecting: exchange.answer)
    }

    private func collect(_ response: HTTPClientResponse) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await part in response.body {
            guard bytes.count + part.readableBytes <= SyncLimits.messageLength else {
                throw TransportFailure.answerTooLarge
            }
            bytes.append(contentsOf: part.readableBytesView)
        }
        return bytes
    }

    private func check(
        _ response: HTTPClientResponse, _ bytes: [UInt8], expecting type: BodyType
    ) throws -> [UInt8] {
        let status = Int(response.status.code)
        let answered = response.headers.first(name: "Content-Type")?
            .split(separator: ";").first.map { $0.lowercased() }
        if (300..<400).contains(status) { throw TransportFailure.redirected }
        if status == 200, answered == type.rawValue { return bytes }
        if answered == "application/problem+json",
            let json = try? JSONValue(canonical: bytes),
            let problem = json["type"]?.stringValue.flatMap(ProblemType.init(uri:)),
            problem.status == status
        {
            let wait = response.headers.first(name: "Retry-After")
                .flatMap { RetryAfter.milliseconds($0, now: now()) }
            throw TransportFailure.problem(problem, retryAfterMs: wait)
        }
        throw TransportFailure.notTheClinic(status: status)
    }
}
