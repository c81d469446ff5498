public import SyncCore

/// The time that ten metres took.
public struct WalkTime: DiaryValue {
    public var walkMilliseconds: Said<Int64>
    /// What was used: a stick, a frame.
    public var aid: PrintedText?
    public var entryMethod: EntryMethod?

    public init(walkMilliseconds: Int64, aid: PrintedText? = nil) {
        self.walkMilliseconds = .value(walkMilliseconds)
        self.aid = aid
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let walk: Said<Int64>? = reader.member("walkMilliseconds")
        aid = reader.member("aid")
        entryMethod = reader.member("entryMethod")
        guard reader.isWhole, let walk else { return nil }
        walkMilliseconds = walk
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("walkMilliseconds", walkMilliseconds)
        object.set("aid", aid)
        object.set("entryMethod", entryMethod)
        return .object(object)
    }
}
