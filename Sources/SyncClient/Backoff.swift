internal import DiaryModel

/// How long to wait before asking again: doubling, jittered, never less than the clinic asked for.
///
/// Full jitter: each wait is drawn evenly from nothing to the ceiling, so that devices which failed
/// together do not come back together.
public struct Backoff: Sendable {
    /// The ceiling of the first wait and of all, in milliseconds.
    public let firstMs: Int64
    public let mostMs: Int64
    /// How many times to ask again before giving up.
    public let attempts: Int
    private var failures = 0

    public init(firstMs: Int64 = 400, mostMs: Int64 = 30_000, attempts: Int = 3) {
        self.firstMs = firstMs
        self.mostMs = mostMs
        self.attempts = attempts
    }

    /// Milliseconds to wait after one more failure; nil to give up.
    ///
    /// - Parameter retryAfterMs: what the clinic asked for; if that is longer than this would ever wait, it
    ///   gives up and says so rather than ask too early.
    public mutating func failed(
        retryAfterMs: Int64?, using generator: inout some RandomNumberGenerator
    ) -> Int64? {
        guard failures < attempts else { return nil }
        let shift = min(failures, 20)
        failures += 1
        let ceiling = min(firstMs.multipliedReportingOverflow(by: 1 << shift).partialValue, mostMs)
        let drawn = Int64.random(in: 0...max(ceiling, 1), using: &generator)
        guard let retryAfterMs else { return drawn }
        return retryAfterMs > mostMs ? nil : max(retryAfterMs, 0) + drawn
    }

    /// An answer came: what follows starts anew.
    public mutating func succeeded() { failures = 0 }
}

/// The header Retry-After (RFC 9110, 10.2.3): seconds or a date.
public enum RetryAfter {
    /// Milliseconds from `now`; nil for what is neither.
    public static func milliseconds(_ header: String, now: Int64) -> Int64? {
        let text = header.utf8
        if !text.isEmpty, text.count <= 9, text.allSatisfy({ (0x30...0x39).contains($0) }) {
            return Int64(header).map { $0 * 1000 }
        }
        // `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that may be sent.
        let parts = header.split(separator: " ").map(String.init)
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        guard parts.count == 6, parts[5] == "GMT", let day = Int(parts[1]),
            let month = months.firstIndex(of: parts[2]), let year = Int(parts[3]),
            let date = CivilDate(year: year, month: month + 1, day: day)
        else { return nil }
        let clock = parts[4].split(separator: ":").compactMap { Int64($0) }
        guard clock.count == 3, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]),
            (0...60).contains(clock[2])
        else { return nil }
        let seconds =
            Int64(date.daysSinceEpoch) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
        return max(seconds * 1000 - now, 0)
    }
}
