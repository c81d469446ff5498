public import SyncCore

/// Where a number was measured: on the home's instrument or the clinic's.
public typealias MeasureSource = BodyWeight.Source

/// A body weight with the scale that showed it.
public struct ScaleWeight: DiaryValue {
    public var weightGrams: Said<Int64>
    public var scale: Said<MeasureSource>?
    public var entryMethod: EntryMethod?

    public init(weightGrams: Int64, scale: MeasureSource? = nil) {
        self.weightGrams = .value(weightGrams)
        self.scale = scale.map { .value($0) }
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let weight: Said<Int64>? = reader.member("weightGrams")
        scale = reader.member("scale")
        entryMethod = reader.member("entryMethod")
        guard reader.isWhole, let weight else { return nil }
        weightGrams = weight
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("weightGrams", weightGrams)
        object.set("scale", scale)
        object.set("entryMethod", entryMethod)
        return .object(object)
    }
}
