public import SyncCore

/// A step of the pump: from this minute on this rate over all sites together.
public struct RateStep: DiaryValue {
    public var fromMinutes: Said<Int64>
    public var rateMicrolitresPerHour: Said<Int64>

    public init(fromMinutes: Int64, rateMicrolitresPerHour: Int64) {
        self.fromMinutes = .value(fromMinutes)
        self.rateMicrolitresPerHour = .value(rateMicrolitresPerHour)
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let from: Said<Int64>? = reader.member("fromMinutes")
        let rate: Said<Int64>? = reader.member("rateMicrolitresPerHour")
        guard reader.isWhole, let from, let rate else { return nil }
        fromMinutes = from
        rateMicrolitresPerHour = rate
    }

    public var json: JSONValue {
        ["fromMinutes": fromMinutes.json, "rateMicrolitresPerHour": rateMicrolitresPerHour.json]
    }
}
