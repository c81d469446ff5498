internal import NIOCore
internal import NIOHTTP1
internal import SyncCore

/// Counts what a request costs on the wire, before anything is parsed, and times header and body.
///
/// A body of a million one-byte chunks, or chunk marks with a megabyte of extension, cost far more
/// than they bring; what counts a parser's output does not see that. And a peer that sends a byte now
/// and then is not idle, but nobody waits for it for long.
final class WireMeter: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// A header took too long; as an event, since there is no request yet that could fail.
    struct HeaderTooSlow: Sendable {}

    private let limits: WireLimits
    /// Bytes of this request on the wire, and those that were its body's.
    private var length = 0
    private var bodyLength = 0
    /// What the body had brought when the present stretch of time began.
    private var bodyLengthBefore = 0
    private var isOver = false
    private var isInBody = false
    private var timer: Scheduled<Void>?
    private var context: ChannelHandlerContext?

    init(limits: WireLimits) { self.limits = limits }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        let received = unwrapInboundIn(data).readableBytes
        if isInBody {
            length += received
            guard length - bodyLength <= limits.overheadLength + bodyLength / 4 + received else {
                return end { context.fireErrorCaught(HTTPParserError.invalidChunkSize) }
            }
        } else if timer == nil {
            timer = context.eventLoop.assumeIsolated().scheduleTask(in: limits.headerTime) {
                self.end { context.fireUserInboundEventTriggered(HeaderTooSlow()) }
            }
        }
        context.fireChannelRead(data)
    }

    /// Lets nothing more in.
    private func end(_ tell: () -> Void) {
        isOver = true
        cancelTimer()
        tell()
    }

    func channelInactive(context: ChannelHandlerContext) {
        cancelTimer()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        cancelTimer()
        self.context = nil
    }

    /// A header is complete; what follows is its body.
    func requestBegan() {
        cancelTimer()
        isInBody = true
        length = 0
        bodyLength = 0
        bodyLengthBefore = 0
        timeBody()
    }

    func bodyBrought(_ count: Int) { bodyLength += count }

    /// A body is complete; what follows is the next request's.
    func requestEnded() {
        cancelTimer()
        isInBody = false
    }

    /// Every stretch of time has to bring its least amount until the body ends.
    private func timeBody() {
        guard let context else { return }
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: limits.bodyTime) {
            let seconds = Int(clamping: self.limits.bodyTime.nanoseconds / 1_000_000_000)
            let least = seconds * self.limits.bodyBytesPerSecond
            guard self.bodyLength - self.bodyLengthBefore >= least else {
                return self.end { context.fireErrorCaught(ProblemAnswer(.timeout)) }
            }
            self.bodyLengthBefore = self.bodyLength
            self.timeBody()
        }
    }

    private func cancelTimer() {
        timer?.cancel()
        timer = nil
    }
}
