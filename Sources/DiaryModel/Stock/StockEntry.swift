public import SyncCore

/// A stock entry's settled fields as typed values; what could not be read is named, never guessed.
public struct StockEntry: Hashable, Sendable {
    public var movement: Movement?
    public var time: TimeValue?
    /// The vial lines in order of their names.
    public var lines: [Infusion.NamedLine] = []
    public var delivery: Delivery?
    public var coldChain: Said<ColdChain>?
    public var storage: Storage?
    public var loss: Said<Loss>?
    /// Fields that stand there in a form this version does not know.
    public var notUnderstood: [String] = []

    public enum Movement: String, DiaryValue, CaseIterable {
        case receipt
        /// To room temperature; the vials stay at home.
        case move
        case loss
        case count
    }

    /// How a delivery was kept cool on its way.
    public enum ColdChain: String, DiaryValue, CaseIterable { case ok, broken }

    /// Why vials are gone, or are not to be picked.
    public enum Loss: String, DiaryValue, CaseIterable {
        case broken, leaked, cloudy, expired, thermal
        case discardedPart = "discarded_part"
        case returned, lost
        /// Still at home and not to be picked; voiding the entry takes it back.
        case quarantined
    }

    /// Reads the fields; null and absent ones are left out.
    public init(fields: JSONObject = JSONObject()) {
        for member in fields.members where !member.value.isNull {
            read(member.key, member.value)
        }
    }

    private mutating func read(_ field: String, _ json: JSONValue) {
        switch field {
        case "movement": movement = value(json, field)
        case "time": time = value(json, field)
        case "delivery": delivery = value(json, field)
        case "coldChain": coldChain = value(json, field)
        case "storage": storage = value(json, field)
        case "loss": loss = value(json, field)
        case _ where field.hasPrefix("vials."):
            if let line = VialLine(json: json) {
                lines.append(Infusion.NamedLine(field: field, line: line))
            } else {
                notUnderstood.append(field)
            }
        default: break
        }
    }

    private mutating func value<Value: DiaryValue>(_ json: JSONValue, _ field: String) -> Value? {
        if let value = Value(json: json) { return value }
        if AnswerWord(json: json) == nil { notUnderstood.append(field) }
        return nil
    }

    /// The fields as an event sets them; what was not said is absent, what was not understood is left out.
    public var fields: JSONObject {
        var fields = JSONObject()
        fields.set("movement", movement)
        fields.set("time", time)
        for line in lines { fields[line.field] = line.line.json }
        fields.set("delivery", delivery)
        fields.set("coldChain", coldChain)
        fields.set("storage", storage)
        fields.set("loss", loss)
        return fields
    }
}
