/// How far a device's clock is ahead of the clinic's, seen at a sync.
public struct ClockSkew: Hashable, Sendable {
    /// Milliseconds ahead; negative where the device is behind.
    public let ms: Int64

    /// From the device's clock, the instant on the answer's receipt and the round trip, in milliseconds.
    public init(deviceNowMs: Int64, receiptMs: Int64, roundTripMs: Int64) {
        ms = deviceNowMs.subtractingSaturating(receiptMs.addingSaturating(roundTripMs / 2))
    }

    /// What is to be done about it.
    public enum Consequence: Sendable, Hashable {
        case nothing
        /// A note, `clock_skew`.
        case note
        case banner
        /// Each entry not yet sent asks.
        case askEachEntry
    }

    /// Two minutes are nothing.
    public static let ignoredMs: Int64 = 120_000

    public var consequence: Consequence {
        switch ms.distance(from: 0) {
        case ...Self.ignoredMs: .nothing
        case ...900_000: .note
        case ...86_400_000: .banner
        default: .askEachEntry
        }
    }

    /// The instant that is offered instead of a claimed one, never applied silently.
    public func corrected(claimedMs: Int64) -> Int64 { claimedMs.subtractingSaturating(ms) }

    /// "device clock wrong by 7 d 0 h".
    public var label: String {
        let minutes = ms.distance(from: 0) / 60_000
        if minutes < 60 { return "device clock wrong by \(minutes) min" }
        if minutes < 1440 { return "device clock wrong by \(minutes / 60) h \(minutes % 60) min" }
        return "device clock wrong by \(minutes / 1440) d \(minutes % 1440 / 60) h"
    }
}
