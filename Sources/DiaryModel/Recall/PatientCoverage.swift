public import SyncCore

/// How much of what a patient's devices wrote has come (domain 4.1): every answer rests on it.
///
/// Days after coverage are unknown, never empty. A closed device is still waited for; a retired one is
/// not, and whatever rests on the coverage names it.
public struct PatientCoverage: DiaryValue {
    /// All devices ever enrolled, of all diaries of the patient, in the order given.
    public let devices: [EnrolledDevice]

    public init(_ devices: [EnrolledDevice]) { self.devices = devices }

    public init?(json: JSONValue) {
        guard let devices = [EnrolledDevice](json: json) else { return nil }
        self.init(devices)
    }

    public var json: JSONValue { devices.json }

    public var waitedFor: [EnrolledDevice] { devices.filter { $0.state != .retired } }
    public var retired: [EnrolledDevice] { devices.filter { $0.state == .retired } }

    /// Whether every device that is waited for has been heard at that instant or later.
    ///
    /// A patient without devices is complete: all there is was typed at the clinic.
    public func isComplete(toMs instant: Int64) -> Bool { late(atMs: instant).isEmpty }

    /// The devices that are waited for and of which something from before that instant may not have come.
    public func late(atMs instant: Int64) -> [EnrolledDevice] {
        waitedFor.filter { !$0.isComplete(toMs: instant) }
    }

    /// Up to when all has come.
    public var reach: Reach {
        let heard = waitedFor.map(\.heardMs)
        guard !heard.contains(nil) else { return .nothing }
        return heard.compactMap(\.self).min().map(Reach.upTo) ?? .everything
    }

    public enum Reach: Hashable, Sendable {
        /// No device is waited for.
        case everything
        /// Milliseconds since 1970.
        case upTo(Int64)
        /// A device was never heard.
        case nothing

        /// The instant; nil where there is none.
        public var ms: Int64? { if case .upTo(let ms) = self { ms } else { nil } }
    }
}

extension PatientCoverage {
    /// "last heard 22 days ago", whether less came then than there was, and whether a closed device is
    /// waited for.
    func lateWords(asOfMs: Int64, askedMs: Int64) -> String {
        let late = late(atMs: asOfMs)
        let words =
            HeardWords(heardMs: reach.ms, askedMs: askedMs).ago
            + (late.contains(where: \.isBehind) ? ", not all has come" : "")
        guard late.allSatisfy({ $0.state == .revoked }) else { return words }
        return words + " (closed, still waited for)"
    }
}

/// When a device was last heard, in days of the calendar in UTC.
struct HeardWords {
    let heardMs: Int64?
    let askedMs: Int64

    /// "last heard 22 days ago".
    var ago: String {
        guard let heardMs else { return "never heard" }
        return switch days(since: heardMs) {
        case 0: "last heard today \(UniversalTime(ms: heardMs).clockFace) UTC"
        case let days where days > 0: "last heard \(Self.count(days)) ago"
        default: "last heard \(UniversalTime(ms: heardMs))"
        }
    }

    /// "not heard for 22 days".
    var silence: String {
        guard let heardMs else { return "never heard" }
        return switch days(since: heardMs) {
        case 0: "not heard since today \(UniversalTime(ms: heardMs).clockFace) UTC"
        case let days where days > 0: "not heard for \(Self.count(days))"
        default: "not heard since \(UniversalTime(ms: heardMs))"
        }
    }

    private func days(since ms: Int64) -> Int {
        UniversalTime(ms: askedMs).date.daysSinceEpoch - UniversalTime(ms: ms).date.daysSinceEpoch
    }

    private static func count(_ days: Int) -> String { days == 1 ? "1 day" : "\(days) days" }
}
