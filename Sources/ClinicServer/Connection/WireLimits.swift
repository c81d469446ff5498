internal import NIOCore
internal import SyncCore

/// What one connection may cost, in bytes, parts and time.
struct WireLimits: Sendable {
    var bodyLength = SyncLimits.messageLength
    /// Bytes of one request as they come in, with header and chunk marks.
    var wireLength = SyncLimits.messageLength + SyncLimits.messageLength / 4 + 96 * 1024
    /// Pieces in which a body may come.
    var bodyParts = 32 * 1024
    var headerTime = TimeAmount.seconds(10)
    var idleTime = TimeAmount.seconds(30)
    /// How long a connection that was told to close may linger, so that the answer is read.
    var lingerTime = TimeAmount.seconds(2)
    var headerFieldLength = 16 * 1024
    var headerListLength = 32 * 1024
    var headerFieldCount = 100
    var bodyTime = Duration.seconds(30)
    var bodyBytesPerSecond = 1000
    var connections = 512
    /// The names in small letters under which the clinic is called; empty for any.
    var names: [String] = []
    /// Bytes of all bodies being collected or answered at one moment.
    var collectedLength = 64 * 1024 * 1024
}
