public import SyncCore

/// A step of an intravenous infusion: for so many minutes this rate for each kilogram.
public struct PlanRateStep: DiaryValue {
    public var minutes: Int64
    public var rateMicrolitresPerKilogramPerHour: Int64

    public init(minutes: Int64, rateMicrolitresPerKilogramPerHour: Int64) {
        self.minutes = minutes
        self.rateMicrolitresPerKilogramPerHour = rateMicrolitresPerKilogramPerHour
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let minutes: Int64? = reader.member("minutes")
        let rate: Int64? = reader.member("rateMicrolitresPerKilogramPerHour")
        guard reader.isWhole, let minutes, let rate else { return nil }
        self.init(minutes: minutes, rateMicrolitresPerKilogramPerHour: rate)
    }

    public var json: JSONValue {
        [
            "minutes": .integer(minutes),
            "rateMicrolitresPerKilogramPerHour": .integer(rateMicrolitresPerKilogramPerHour),
        ]
    }
}

/// A dose by which a plan begins, on its own day, before the interval's rhythm.
public struct RampStep: DiaryValue {
    /// Days after `effectiveFrom`.
    public var dayOffset: Int64
    public var doseMilligrams: Int64

    public init(dayOffset: Int64, doseMilligrams: Int64) {
        self.dayOffset = dayOffset
        self.doseMilligrams = doseMilligrams
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let offset: Int64? = reader.member("dayOffset")
        let dose: Int64? = reader.member("doseMilligrams")
        guard reader.isWhole, let offset, let dose else { return nil }
        self.init(dayOffset: offset, doseMilligrams: dose)
    }

    public var json: JSONValue {
        ["dayOffset": .integer(dayOffset), "doseMilligrams": .integer(doseMilligrams)]
    }
}

/// From a day on another dose, or another interval; what it does not name stays.
public struct TaperStep: DiaryValue {
    public var from: CivilDate
    public var change: Change
    public var reason: PrintedText?

    public enum Change: Hashable, Sendable {
        case doseMilligrams(Int64)
        case intervalDays(Int64)
    }

    public init(from: CivilDate, _ change: Change, reason: PrintedText? = nil) {
        self.from = from
        self.change = change
        self.reason = reason
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let from: PrintedText? = reader.member("from")
        let dose: Int64? = reader.member("doseMilligrams")
        let interval: Int64? = reader.member("intervalDays")
        let reason: PrintedText? = reader.member("reason")
        guard reader.isWhole, let from = from.flatMap({ CivilDate($0.text) }) else { return nil }
        switch (dose, interval) {
        case (let dose?, nil): self.init(from: from, .doseMilligrams(dose), reason: reason)
        case (nil, let interval?): self.init(from: from, .intervalDays(interval), reason: reason)
        default: return nil
        }
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("from", PrintedText(from.description))
        switch change {
        case .doseMilligrams(let dose): object.set("doseMilligrams", dose)
        case .intervalDays(let days): object.set("intervalDays", days)
        }
        object.set("reason", reason)
        return .object(object)
    }
}
