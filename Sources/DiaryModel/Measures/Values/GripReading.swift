public import SyncCore

/// A grip by the pressure of a bulb (Martin Vigorimeter).
public struct GripReading: DiaryValue {
    public var gripPascals: Said<Int64>
    /// Every attempt, in the order they were made.
    public var attemptsPascals: Said<[Int64]>?
    /// How the number comes from the attempts: `best_of`, `mean_of`.
    public var method: PrintedText?
    public var entryMethod: EntryMethod?

    public init(gripPascals: Int64, attemptsPascals: [Int64]? = nil, method: PrintedText? = nil) {
        self.gripPascals = .value(gripPascals)
        self.attemptsPascals = attemptsPascals.map { .value($0) }
        self.method = method
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let grip: Said<Int64>? = reader.member("gripPascals")
        attemptsPascals = reader.member("attemptsPascals")
        method = reader.member("method")
        entryMethod = reader.member("entryMethod")
        guard reader.isWhole, let grip else { return nil }
        gripPascals = grip
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("gripPascals", gripPascals)
        object.set("attemptsPascals", attemptsPascals)
        object.set("method", method)
        object.set("entryMethod", entryMethod)
        return .object(object)
    }
}
