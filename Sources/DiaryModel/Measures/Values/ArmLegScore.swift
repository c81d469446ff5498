public import SyncCore

/// A disability score of arms and legs, INCAT or ONLS; both parts are kept.
public struct ArmLegScore: DiaryValue {
    public var armPoints: Said<Int64>
    public var legPoints: Said<Int64>
    /// What was said of the adjusted score, as it stands.
    public var adjusted: JSONValue?
    public var entryMethod: EntryMethod?

    public init(arm: Int64, leg: Int64) {
        armPoints = .value(arm)
        legPoints = .value(leg)
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let arm: Said<Int64>? = reader.member("armPoints")
        let leg: Said<Int64>? = reader.member("legPoints")
        let adjusted: AnyJSON? = reader.member("adjusted")
        entryMethod = reader.member("entryMethod")
        guard reader.isWhole, let arm, let leg else { return nil }
        armPoints = arm
        legPoints = leg
        self.adjusted = adjusted?.json
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("armPoints", armPoints)
        object.set("legPoints", legPoints)
        if let adjusted { object["adjusted"] = adjusted }
        object.set("entryMethod", entryMethod)
        return .object(object)
    }

    /// Arm and leg together; a word where one of the two is not known.
    public var total: Said<Int64> {
        guard let arm = armPoints.value else { return armPoints }
        guard let leg = legPoints.value else { return legPoints }
        return .value(arm.addingSaturating(leg))
    }
}
