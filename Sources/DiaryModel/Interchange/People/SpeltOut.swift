import SyncCore

/// A value as a person can read it: units spelt out, moments as dates and times of day.
///
/// Only what is understood is put otherwise; everything else stands as it was written.
enum SpeltOut {
    /// The fields of an event, each with its unit.
    static func fields(_ set: JSONObject) -> JSONObject {
        members(of: set) { field in
            // Other medicines are counted in milligrams, immunoglobulin in grams.
            field.hasPrefix("premed.") ? .medicine : .immunoglobulin
        }
    }

    /// A value that stands without its field's name.
    static func value(_ json: JSONValue) -> JSONValue { value(json, .immunoglobulin) }

    private enum Measured { case immunoglobulin, medicine }

    private static func value(_ json: JSONValue, _ measured: Measured) -> JSONValue {
        if let moment = Moment(json: json) { return spelt(moment) }
        switch json {
        case .array(let items): return .array(items.map { value($0, measured) })
        case .object(let object): return .object(members(of: object) { _ in measured })
        default: return json
        }
    }

    /// All members, without the unit in their names; of several that would then have one name each says
    /// what it is: `vialMass` and `vialVolume`.
    private static func members(
        of object: JSONObject, _ measured: (String) -> Measured
    ) -> JSONObject {
        let short = object.members.map { UnitSuffix.of($0.key)?.name ?? $0.key }
        var told = JSONObject()
        for (member, name) in zip(object.members, short) {
            let counted = measured(member.key)
            guard let found = UnitSuffix.of(member.key),
                let text = numbers(member.value, counted, found.unit)
            else {
                told[member.key] = Self.value(member.value, counted)
                continue
            }
            let isShared = short.count { $0 == name } > 1
            let clear = isShared ? name + found.unit.noun : name
            let isTaken = object[clear] != nil || told[clear] != nil
            told[isTaken ? member.key : clear] = text
        }
        return told
    }

    private static func numbers(
        _ json: JSONValue, _ measured: Measured, _ unit: UnitSuffix
    ) -> JSONValue? {
        let isMedicine = measured == .medicine && unit.suffix == "Milligrams"
        func text(_ number: Int64) -> JSONValue {
            .string(isMedicine ? "\(number) mg" : unit.text(number))
        }
        if let number = json.integerValue { return text(number) }
        guard let numbers = [Int64](json: json), !numbers.isEmpty else { return nil }
        return .array(numbers.map(text))
    }

    private static func spelt(_ moment: Moment) -> JSONValue {
        var object: JSONObject = [
            "clock": moment.clock.json, "local": .string(moment.wall.description),
            "precision": moment.precision.json,
        ]
        object.set("zone", moment.zone)
        object["offset"] = moment.offset.map { .string(InstantText.offset($0)) }
        object["utc"] = moment.ms.flatMap(InstantText.utc).map { .string($0) }
        return .object(object)
    }
}
