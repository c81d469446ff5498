public import SyncCore

/// A medicine taken before the infusion: the value of a field `premed.<name>`.
public struct Premedication: DiaryValue {
    /// Milligrams taken at once.
    public var doseMilligrams: Said<Int64>?
    public var taken: Said<Moment>?

    public init(doseMilligrams: Int64? = nil, taken: Moment? = nil) {
        self.doseMilligrams = doseMilligrams.map { .value($0) }
        self.taken = taken.map { .value($0) }
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        doseMilligrams = reader.member("doseMilligrams")
        taken = reader.member("taken")
        guard reader.isWhole else { return nil }
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("doseMilligrams", doseMilligrams)
        object.set("taken", taken)
        return .object(object)
    }
}
