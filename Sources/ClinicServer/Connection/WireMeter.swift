internal import NIOCore
internal import NIOHTTP1

/// Counts what a request costs on the wire, before anything is parsed, and times its header.
///
/// A body of a million one-byte chunks, or chunk marks with a megabyte of extension, cost far more
/// than they bring; what counts a parser's output does not see that.
final class WireMeter: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let limits: WireLimits
    private var length = 0
    private var isOver = false
    private var isInRequest = false
    private var timer: Scheduled<Void>?

    init(limits: WireLimits) { self.limits = limits }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        length += unwrapInboundIn(data).readableBytes
        guard length <= limits.wireLength else {
            isOver = true
            cancelTimer()
            // Answered with 400, and the connection ends.
            context.fireErrorCaught(HTTPParserError.invalidContentLength)
            return
        }
        if !isInRequest, timer == nil {
            timer = context.eventLoop.assumeIsolated().scheduleTask(in: limits.headerTime) {
                context.close(promise: nil)
            }
        }
        context.fireChannelRead(data)
    }

    func channelInactive(context: ChannelHandlerContext) {
        cancelTimer()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { cancelTimer() }

    /// A header is complete.
    func requestBegan() {
        isInRequest = true
        cancelTimer()
    }

    /// A body is complete; what follows is the next request's.
    func requestEnded() {
        isInRequest = false
        length = 0
    }

    private func cancelTimer() {
        timer?.cancel()
        timer = nil
    }
}
