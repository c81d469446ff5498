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

    /// Carries the refusal to the middleware. One that a client sends goes no further than here.
    static let refusalHeader = "diary-refused"

    private let limits: WireLimits
    private let hosts: HostNames
    private let meter: WireMeter
    private let place: ConnectionPlace
    private var isInBody = false
    /// After a refusal nothing more is let in.
    private var isRefused = false
    private var closesAfterResponse = false

    init(limits: WireLimits, hosts: HostNames, meter: WireMeter, place: ConnectionPlace) {
        self.limits = limits
        self.hosts = hosts
        self.meter = meter
        self.place = place
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isRefused else { return }
        switch unwrapInboundIn(data) {
        case .head(let head): read(head, context)
        case .body(let part):
            meter.bodyBrought(part.readableBytes)
            context.fireChannelRead(data)
        case .end:
            isInBody = false
            meter.requestEnded()
            place.work()
            context.fireChannelRead(data)
        }
    }

    private func read(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        if let refusal = refusal(of: head) { return refuse(refusal, context) }
        meter.requestBegan()
        isInBody = true
        var head = head
        head.headers.remove(name: Self.refusalHeader)
        if head.headers.contains(name: "expect") {
            head.headers.remove(name: "expect")
            context.writeAndFlush(
                wrapOutboundOut(.head(HTTPResponseHead(version: head.version, status: .continue))),
                promise: nil)
        }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    /// Hands on a harmless request that names the problem, and nothing after it.
    private func refuse(_ refusal: String, _ context: ChannelHandlerContext) {
        isRefused = true
        meter.requestEnded()
        place.work()
        var headers = HTTPHeaders()
        headers.add(name: "host", value: "refused")
        headers.add(name: Self.refusalHeader, value: refusal)
        let harmless = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/", headers: headers)
        context.fireChannelRead(wrapInboundOut(.head(harmless)))
        context.fireChannelRead(wrapInboundOut(.end(nil)))
        context.fireChannelReadComplete()
    }

    /// What cannot be parsed is answered like what should not have been sent; in the midst of a body,
    /// the one who collects it is told.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isRefused else { return }
        guard error is HTTPParserError || error is ProblemAnswer else {
            return context.fireErrorCaught(error)
        }
        guard isInBody else { return refuse(ProblemType.malformed.rawValue, context) }
        isRefused = true
        meter.requestEnded()
        place.work()
        context.fireErrorCaught((error as? ProblemAnswer) ?? ProblemAnswer(.malformed))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is WireMeter.HeaderTooSlow else {
            return context.fireUserInboundEventTriggered(event)
        }
        if !isRefused { refuse(ProblemType.timeout.rawValue, context) }
    }

    /// `type` or `type/status` of the problem; nil if the header is sound.
    private func refusal(of head: HTTPRequestHead) -> String? {
        let malformed = ProblemType.malformed.rawValue
        let headers = head.headers
        guard head.version == .http1_1 || head.version == .http1_0 else { return malformed }
        let hosts = headers["host"]
        guard hosts.count == 1 || (hosts.isEmpty && head.version == .http1_0) else {
            return malformed
        }
        guard Self.isPlainPath(head.uri) else { return malformed }
        for field in headers where !Self.isASCII(field.value) { return malformed }
        if let host = hosts.first, !self.hosts.include(host) {
            return ProblemType.notFound.rawValue + "/421"
        }
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
            place.wait()
            context.writeAndFlush(data, promise: promise)
            context.close(mode: .output, promise: nil)
            context.eventLoop.assumeIsolated().scheduleTask(in: limits.lingerTime) {
                context.close(promise: nil)
            }
        case .end:
            context.write(data, promise: promise)
            if !isInBody { place.wait() }
        default: context.write(data, promise: promise)
        }
    }
}
