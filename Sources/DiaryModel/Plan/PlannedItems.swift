public import SyncCore

/// A medicine to take before the infusion.
public struct PlannedPremedication: DiaryValue {
    /// As in `premed.<name>`.
    public var name: PrintedText
    public var doseMilligrams: Int64?
    public var minutesBefore: Int64?

    public init(name: PrintedText, doseMilligrams: Int64? = nil, minutesBefore: Int64? = nil) {
        self.name = name
        self.doseMilligrams = doseMilligrams
        self.minutesBefore = minutesBefore
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let name: PrintedText? = reader.member("name")
        let dose: Int64? = reader.member("doseMilligrams")
        let minutes: Int64? = reader.member("minutesBefore")
        guard reader.isWhole, let name else { return nil }
        self.init(name: name, doseMilligrams: dose, minutesBefore: minutes)
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("name", name)
        object.set("doseMilligrams", doseMilligrams)
        object.set("minutesBefore", minutesBefore)
        return .object(object)
    }
}

/// A question before the infusion, and the answers at which the clinic wants to be told.
///
/// Which answer is a concern is the clinic's to say; without its word none is.
public struct PlannedCheck: DiaryValue {
    /// As in `answer.<item>`.
    public var item: PrintedText
    public var concern: [Answer]?
    /// The clinic's words where such an answer is given.
    public var text: PrintedText?

    public init(item: PrintedText, concern: [Answer]? = nil, text: PrintedText? = nil) {
        self.item = item
        self.concern = concern
        self.text = text
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let item: PrintedText? = reader.member("item")
        let concern: [Answer]? = reader.member("concern")
        let text: PrintedText? = reader.member("text")
        guard reader.isWhole, let item else { return nil }
        self.init(item: item, concern: concern, text: text)
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("item", item)
        object.set("concern", concern)
        object.set("text", text)
        return .object(object)
    }
}

/// Something to measure, and how often.
public struct PlannedMeasure: DiaryValue {
    /// A code of the field `measure`.
    public var measure: PrintedText
    public var everyDays: Int64

    public init(measure: PrintedText, everyDays: Int64) {
        self.measure = measure
        self.everyDays = everyDays
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let measure: PrintedText? = reader.member("measure")
        let every: Int64? = reader.member("everyDays")
        guard reader.isWhole, let measure, let every else { return nil }
        self.init(measure: measure, everyDays: every)
    }

    public var json: JSONValue {
        ["everyDays": .integer(everyDays), "measure": measure.json]
    }
}
