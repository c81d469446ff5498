public import SyncCore

/// Points from 0 to 10 on a scale that the patient fills in.
public struct ScalePoints: DiaryValue {
    public var points: Said<Int64>
    public var entryMethod: EntryMethod?

    public init(_ points: Int64) { self.points = .value(points) }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let points: Said<Int64>? = reader.member("points")
        entryMethod = reader.member("entryMethod")
        guard reader.isWhole, let points else { return nil }
        self.points = points
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("points", points)
        object.set("entryMethod", entryMethod)
        return .object(object)
    }
}
