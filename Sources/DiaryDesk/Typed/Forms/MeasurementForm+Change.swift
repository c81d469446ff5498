import DiaryModel
import SyncCore

extension MeasurementForm {
    /// The form as a value says it, so that one thing of it can be said anew and the rest stays.
    init(measure: String, saying value: JSONValue?) {
        self.init(measure: measure, value: value?.stringValue ?? Self.number(in: value) ?? "")
        let attempts = value?["attemptsPascals"]?.arrayValue?.compactMap(\.integerValue) ?? []
        if let unit = WireUnit.of("attemptsPascals"), !attempts.isEmpty {
            figure = self.value
            self.value = attempts.map(unit.words).joined(separator: ",")
        }
        method = value?["method"]?.stringValue
        aid = value?["aid"]?.stringValue
        muscleSet = value?["set"]?.stringValue
        muscles = (value?["muscles"]?.arrayValue ?? []).compactMap { one in
            guard let name = one["muscle"]?.stringValue, let side = one["side"]?.stringValue,
                let points = one["points"]?.integerValue
            else { return nil }
            return "\(name)-\(side)=\(points)"
        }
        centile = value?["centile"]?.integerValue.map(String.init)
        table = value?["table"]?.stringValue
        scale = value?["scale"]?.stringValue
        from = value?["from"]?.stringValue
        to = value?["to"]?.stringValue
    }

    /// Says one thing anew; false where a measurement has nothing of this name.
    mutating func say(_ name: String, _ text: String) -> Bool {
        switch TypedValue.folded(name) {
        case "value", TypedValue.folded(measure):
            value = text
            // What stood for other attempts says nothing of these.
            figure = nil
            muscles = []
        case "method":
            method = text
            figure = nil
        case "figure": figure = text
        case "aid": aid = text
        case "set": muscleSet = text
        case "centile": centile = text
        case "table": table = text
        case "scale": scale = text
        case "lastinfusion": lastInfusion = text
        case "nextinfusion": nextInfusion = text
        case "from": from = text
        case "to": to = text
        default: return false
        }
        return true
    }

    /// The number of a value as it is typed.
    private static func number(in value: JSONValue?) -> String? {
        guard let object = value?.objectValue else { return nil }
        if let arm = object["armPoints"]?.integerValue, let leg = object["legPoints"]?.integerValue
        {
            return "\(arm)/\(leg)"
        }
        let names = [
            "gripPascals", "forceGrams", "forcePoundHundredths", "points", "rawPoints",
            "walkMilliseconds", "weightGrams", "iggMilligramsPerLitre", "count", "days",
        ]
        for name in names {
            guard let number = object[name]?.integerValue else { continue }
            return WireUnit.of(name)?.words(number) ?? String(number)
        }
        return nil
    }
}
