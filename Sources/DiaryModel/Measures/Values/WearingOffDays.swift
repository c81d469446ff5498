public import SyncCore

/// How many days before the next dose the weakness comes back.
public struct WearingOffDays: DiaryValue {
    public var days: Said<Int64>
    public var entryMethod: EntryMethod?

    public init(_ days: Int64) { self.days = .value(days) }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let days: Said<Int64>? = reader.member("days")
        entryMethod = reader.member("entryMethod")
        guard reader.isWhole, let days else { return nil }
        self.days = days
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("days", days)
        object.set("entryMethod", entryMethod)
        return .object(object)
    }
}
