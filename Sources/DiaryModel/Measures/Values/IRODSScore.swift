public import SyncCore

/// An I-RODS score: the raw sum, and the centile that a published table makes of it.
public struct IRODSScore: DiaryValue {
    /// 24 items of 0 to 2.
    public var rawPoints: Said<Int64>
    /// 0 to 100; never worked out here.
    public var centile: Said<Int64>?
    /// The table that the centile is from.
    public var table: PrintedText?
    public var entryMethod: EntryMethod?

    public init(rawPoints: Int64, centile: Int64? = nil, table: PrintedText? = nil) {
        self.rawPoints = .value(rawPoints)
        self.centile = centile.map { .value($0) }
        self.table = table
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let raw: Said<Int64>? = reader.member("rawPoints")
        centile = reader.member("centile")
        table = reader.member("table")
        entryMethod = reader.member("entryMethod")
        guard reader.isWhole, let raw else { return nil }
        rawPoints = raw
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("rawPoints", rawPoints)
        object.set("centile", centile)
        object.set("table", table)
        object.set("entryMethod", entryMethod)
        return .object(object)
    }
}
