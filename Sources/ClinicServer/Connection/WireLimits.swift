internal import NIOCore
internal import SyncCore

/// What one connection, and all of them together, may cost in bytes, parts, time and places.
public struct WireLimits: Sendable {
    var bodyLength = SyncLimits.messageLength
    /// Bytes on the wire beyond header and body: chunk marks and their extensions. A quarter of the
    /// body is allowed on top, for clients that send it in small chunks.
    var overheadLength = 128 * 1024
    var headerTime = TimeAmount.seconds(10)
    /// The stretch of time in each of which a body that has not ended has to bring a least amount.
    var bodyTime = TimeAmount.seconds(30)
    /// The least amount, for each second of that stretch.
    var bodyBytesPerSecond = 1000
    /// Longer than `bodyTime`, so that a body that stands still gets its answer.
    var idleTime = TimeAmount.seconds(40)
    /// How long a connection that was told to close may linger, so that the answer is read.
    var lingerTime = TimeAmount.seconds(2)
    var headerFieldLength = 16 * 1024
    var headerListLength = 32 * 1024
    var headerFieldCount = 100
    /// Connections at one moment, as far as the system grants that many files.
    var connections = 4096
    /// Bytes of all bodies being collected or answered at one moment.
    var collectedLength = 64 * 1024 * 1024
    /// The share of those that one device, or all who show no token together, may fill.
    var collectedLengthOfOne = 8 * 1024 * 1024
    /// Requests that wait for the disk, and for each of the queues that read.
    var waitingRequests = 512
    /// Logs that one device may bring at once, and how long it takes to be granted another.
    var newLogs = 256
    var newLogMilliseconds: Int64 = 10_000

    public init() {}

    /// Why a drill is not understood.
    public struct UnknownDrill: Error, Sendable { public let word: String }

    /// Other limits for a drill, as in `header-seconds=1 connections=64`; never needed in service.
    public init(drill: String) throws(UnknownDrill) {
        self.init()
        for word in drill.split(separator: " ") {
            let parts = word.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let number = Int(parts[1]), (1...1_000_000_000).contains(number)
            else { throw UnknownDrill(word: String(word)) }
            switch parts[0] {
            case "header-seconds": headerTime = .seconds(Int64(number))
            case "body-seconds": bodyTime = .seconds(Int64(number))
            case "idle-seconds": idleTime = .seconds(Int64(number))
            case "connections": connections = number
            case "collected-bytes": collectedLength = number
            case "waiting-requests": waitingRequests = number
            case "new-logs": newLogs = number
            default: throw UnknownDrill(word: String(word))
            }
        }
    }
}
