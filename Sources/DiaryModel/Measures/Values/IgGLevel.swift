public import SyncCore

/// Immunoglobulin G in blood, with the infusions before and after it was drawn.
public struct IgGLevel: DiaryValue {
    public var iggMilligramsPerLitre: Said<Int64>
    public var lastInfusion: Said<InfusionNamed>?
    public var nextInfusion: Said<InfusionNamed>?
    public var entryMethod: EntryMethod?

    public init(
        iggMilligramsPerLitre: Int64, lastInfusion: InfusionNamed? = nil,
        nextInfusion: InfusionNamed? = nil
    ) {
        self.iggMilligramsPerLitre = .value(iggMilligramsPerLitre)
        self.lastInfusion = lastInfusion.map { .value($0) }
        self.nextInfusion = nextInfusion.map { .value($0) }
    }

    /// A level that a laboratory gives in mg/dL; nil for a number that no wire unit holds.
    public init?(milligramsPerDecilitre: Int64) {
        let (wire, overflow) = milligramsPerDecilitre.multipliedReportingOverflow(by: 10)
        guard !overflow else { return nil }
        self.init(iggMilligramsPerLitre: wire)
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let level: Said<Int64>? = reader.member("iggMilligramsPerLitre")
        lastInfusion = reader.member("lastInfusion")
        nextInfusion = reader.member("nextInfusion")
        entryMethod = reader.member("entryMethod")
        guard reader.isWhole, let level else { return nil }
        iggMilligramsPerLitre = level
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("iggMilligramsPerLitre", iggMilligramsPerLitre)
        object.set("lastInfusion", lastInfusion)
        object.set("nextInfusion", nextInfusion)
        object.set("entryMethod", entryMethod)
        return .object(object)
    }
}

/// An infusion by its entry, or by when it was or will be where none is recorded.
public enum InfusionNamed: DiaryValue {
    case entry(EntryID)
    case start(Moment)

    public init?(json: JSONValue) {
        if let entry = EntryID(json: json) {
            self = .entry(entry)
        } else if let moment = Moment(json: json) {
            self = .start(moment)
        } else {
            return nil
        }
    }

    public var json: JSONValue {
        switch self {
        case .entry(let entry): entry.json
        case .start(let moment): moment.json
        }
    }
}
