internal import NIOCore
internal import NIOHTTP1
internal import SyncCore

/// Refuses, on the raw header, what the stack lets through: it stands between parser and framework.
///
/// A refused header travels on as a harmless one that names the problem, so that one place writes all
/// answers; its body is dropped, and the connection ends after the answer.
final class RequestHeadGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Carries the refusal to the middleware. A client that sends it refuses only itself.
    static let refusalHeader = "diary-refused"

    private let limits: WireLimits
    private let meter: WireMeter
    private var parts = 0
    private var isRefused = false
    private var closesAfterResponse = false

    init(limits: WireLimits, meter: WireMeter) {
        self.limits = limits
        self.meter = meter
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): read(head, context)
        case .body:
            parts += 1
            guard parts <= limits.bodyParts else {
                if parts == limits.bodyParts + 1 {
                    context.fireErrorCaught(HTTPParserError.invalidChunkSize)
                }
                return
            }
            if !isRefused { context.fireChannelRead(data) }
        case .end:
            meter.requestEnded()
            if !isRefused { context.fireChannelRead(data) }
        }
    }

    private func read(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        meter.requestBegan()
        guard !isRefused else { return }
        parts = 0
        if let refusal = Self.refusal(of: head, limits: limits) {
            isRefused = true
            var headers = HTTPHeaders()
            headers.add(name: "host", value: "refused")
            headers.add(name: Self.refusalHeader, value: refusal)
            let harmless = HTTPRequestHead(
                version: .http1_1, method: .GET, uri: "/", headers: headers)
            context.fireChannelRead(wrapInboundOut(.head(harmless)))
            context.fireChannelRead(wrapInboundOut(.end(nil)))
            return
        }
        var head = head
        if head.headers.contains(name: "expect") {
            head.headers.remove(name: "expect")
            context.writeAndFlush(
                wrapOutboundOut(.head(HTTPResponseHead(version: head.version, status: .continue))),
                promise: nil)
        }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    /// `type` or `type/status` of the problem; nil if the header is sound.
    static func refusal(of head: HTTPRequestHead, limits: WireLimits) -> String? {
        let malformed = ProblemType.malformed.rawValue
        let headers = head.headers
        guard head.version == .http1_1 || head.version == .http1_0 else { return malformed }
        let hosts = headers["host"]
        guard hosts.count == 1 || (hosts.isEmpty && head.version == .http1_0) else {
            return malformed
        }
        guard isOurs(hosts.first, names: limits.names) else { return malformed }
        guard isPlainPath(head.uri) else { return malformed }
        for field in headers where !isASCII(field.value) { return malformed }
        let encodings = headers["transfer-encoding"]
        if !encodings.isEmpty {
            guard head.version == .http1_1, encodings.count == 1, encodings[0] == "chunked" else {
                return malformed
            }
        }
        let expectations = headers["expect"]
        guard expectations.isEmpty || expectations.map({ $0.lowercased() }) == ["100-continue"]
        else { return malformed + "/417" }
        if headers.contains(name: "content-encoding") { return ProblemType.mediaType.rawValue }
        if let length = headers["content-length"].first {
            guard let length = Int(length), length <= limits.bodyLength else {
                return ProblemType.tooLarge.rawValue
            }
        }
        if head.method == .CONNECT || head.method == .TRACE || headers.contains(name: "upgrade") {
            return malformed
        }
        return nil
    }

    /// Whether the clinic is called by one of its names, whatever the port.
    private static func isOurs(_ host: String?, names: [String]) -> Bool {
        if names.isEmpty { return true }
        guard let host = host?.lowercased() else { return false }
        let port = host.lastIndex(of: ":").map { host[host.index(after: $0)...] } ?? ""
        let isPort = !port.isEmpty && port.allSatisfy { $0.isASCII && $0.isNumber }
        let name = isPort ? host.dropLast(port.count + 1) : host[...]
        return names.contains { $0 == name }
    }

    /// A path of plain letters: no other host, no escapes, no empty or dotted segments.
    private static func isPlainPath(_ uri: String) -> Bool {
        let path = uri.utf8.prefix { $0 != UInt8(ascii: "?") }
        guard path.first == UInt8(ascii: "/"), path.count <= 1024 else { return false }
        if path.count == 1 { return true }
        return path.dropFirst().split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false
        ).allSatisfy { segment in
            !segment.isEmpty && !segment.allSatisfy { $0 == UInt8(ascii: ".") }
                && segment.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"),
                        UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                        UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "~"):
                        true
                    default: false
                    }
                }
        }
    }

    private static func isASCII(_ value: String) -> Bool {
        value.utf8.allSatisfy { $0 == 0x09 || (0x20..<0x7F).contains($0) }
    }

    // MARK: Responses

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            if head.headers["connection"].contains("close") { closesAfterResponse = true }
            context.write(data, promise: promise)
        case .end where closesAfterResponse:
            isRefused = true
            context.writeAndFlush(data, promise: promise)
            context.close(mode: .output, promise: nil)
            context.eventLoop.assumeIsolated().scheduleTask(in: limits.lingerTime) {
                context.close(promise: nil)
            }
        default: context.write(data, promise: promise)
        }
    }
}
