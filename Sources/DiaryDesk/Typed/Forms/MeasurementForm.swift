public import DiaryModel
public import SyncCore

/// A measurement as people say it: `grip_l 54.1`, `grip_force_l 24kg`, `walk10m unable`, `incat 2/3`.
///
/// Number, unit and method are one value (domain 2.5). Nothing is converted: kilopascals, kilograms and
/// pounds are different instruments, and a unit of another one is refused.
public struct MeasurementForm: Sendable {
    /// The code of domain 2.5.
    public var measure: String
    /// The number, several attempts with commas between, arm and leg with a slash, or `unable`.
    public var value: String
    /// How one number came of several attempts: `best`, `mean` or `other`; never assumed.
    public var method: String?
    /// That number as it was written down, where it does not follow from the attempts exactly.
    public var figure: String?
    /// What was used to walk.
    public var aid: String?
    /// Which muscles were tested: sets are not comparable.
    public var muscleSet: String?
    /// Single muscles as `shoulder-L=5`.
    public var muscles: [String] = []
    public var centile: String?
    /// The published table that the centile is from.
    public var table: String?
    /// Whose scale: `home` or `clinic`.
    public var scale: String?
    /// The infusions before and after the blood was drawn: when, or the id of the entry.
    public var lastInfusion: String?
    public var nextInfusion: String?
    /// The period that is counted.
    public var from: String?
    public var to: String?
    public var start: String?
    public var day: String?

    public init(measure: String, value: String) {
        self.measure = measure
        self.value = value
    }

    /// The fields to be set.
    ///
    /// - Throws: `DeskError.refused` with every value that could not be read.
    public func fields(_ context: FormContext, warnings: inout [Warning]) throws -> JSONObject {
        var reader = FormReader(context)
        reader.readTime(start: start, end: nil, day: day)
        guard let code = Self.code(measure) else {
            reader.refuse(
                "measure", .notInList,
                "“\(measure)” is no measure this diary knows: "
                    + FieldTable.measures.joined(separator: ", ") + ". Say another in a note.")
            return try reader.result(warnings: &warnings)
        }
        reader.set["measure"] = .string(code)
        if let value = readValue(of: code, &reader) { reader.set["value"] = value }
        return try reader.result(warnings: &warnings)
    }

    /// The measure that a typed name can only mean.
    public static func code(_ typed: String) -> String? {
        TypedValue.code(typed, among: FieldTable.measures)?.stringValue
    }

    /// The value of a measure; nil where it was refused.
    func readValue(of code: String, _ reader: inout FormReader) -> JSONValue? {
        let text = value.trimmed.lowercased()
        if let word = AnswerWord(rawValue: text) { return word.json }
        switch code {
        case "grip_l", "grip_r": return readGrip(&reader)
        case "grip_force_l", "grip_force_r": return readForce(&reader)
        case "mrc_sum": return readMuscles(&reader)
        case "incat": return readParts(code, leg: 0...5, &reader)
        case "onls": return readParts(code, leg: 0...7, &reader)
        case "irods": return readRods(&reader)
        case "walk10m": return readWalk(&reader)
        case "weight": return readWeight(&reader)
        case "igg_trough": return readIgG(&reader)
        case "infections", "antibiotic_courses", "days_off", "hospital_days":
            return readCount(code, &reader)
        case "wearing_off_days":
            return number("days", 0...366, &reader, such: "3").map { ["days": $0] }
        default:
            return number("points", 0...10, &reader, such: "7, from 0 to 10")
                .map { ["points": $0] }
        }
    }

    /// The number, inside the range of its measure.
    private func number(
        _ member: String, _ range: ClosedRange<Int64>, _ reader: inout FormReader,
        such example: String
    ) -> JSONValue? {
        let units = reader.number(value, member, in: "value", such: example)?.integerValue
        return units.flatMap { within(range, $0, member, &reader) }
    }

    private func within(
        _ range: ClosedRange<Int64>, _ units: Int64, _ member: String, _ reader: inout FormReader
    ) -> JSONValue? {
        guard range.contains(units) else {
            let unit = WireUnit.of(member)
            let (low, high) = (range.lowerBound, range.upperBound)
            let words = "\(unit?.words(low) ?? "\(low)") to \(unit?.words(high) ?? "\(high)")"
            reader.refuse(
                "value/\(member)", .outOfRange,
                "It is \(words). Say unknown if it cannot be said, and the rest in a note.")
            return nil
        }
        return .integer(units)
    }
}

// MARK: Hands

extension MeasurementForm {
    private static let methods = ["best_of", "mean_of", "other"]

    private func readGrip(_ reader: inout FormReader) -> JSONValue? {
        let member = "gripPascals"
        guard let unit = WireUnit.of(member) else { return nil }
        var attempts: [Int64] = []
        for typed in value.split(separator: ",", omittingEmptySubsequences: false) {
            let text = String(typed).trimmed
            if ["kg", "lbf", "lb"].contains(where: text.lowercased().hasSuffix) {
                reader.refuse(
                    "value/gripPascals",
                    "kg and lbf are of a dynamometer, another instrument: grip_force_l, "
                        + "grip_force_r. grip_l and grip_r are in kPa, such as 54.1.")
                return nil
            }
            guard let units = unit.read(text) else {
                reader.refuse(
                    "value/gripPascals",
                    "“\(text)” is no grip in kPa. Type 54.1, or all attempts as 54.1,52.0,55.3.")
                return nil
            }
            guard within(0...200_000, units, member, &reader) != nil else { return nil }
            attempts.append(units)
        }
        let method = reader.code(self.method, Self.methods, "value/method", "A method")
        if attempts.count == 1, let only = attempts.first {
            var object: JSONObject = ["gripPascals": .integer(only)]
            if let method { object["method"] = method }
            return .object(object)
        }
        guard let method else {
            if self.method == nil {
                reader.refuse(
                    "value/method", .missing,
                    "Several attempts, and one number has to stand for them. Say which: "
                        + "--method best or --method mean.")
            }
            return nil
        }
        guard let figure = figure(of: attempts, method, unit, &reader) else { return nil }
        return [
            "attemptsPascals": .array(attempts.map { .integer($0) }),
            "gripPascals": .integer(figure), "method": method,
        ]
    }

    /// The number that stands for the attempts: as it was written down, or what the method makes of
    /// them exactly. Nothing is rounded, and no method is chosen here.
    private func figure(
        of attempts: [Int64], _ method: JSONValue, _ unit: WireUnit, _ reader: inout FormReader
    ) -> Int64? {
        if let figure {
            guard let said = unit.read(figure), let least = attempts.min(),
                let greatest = attempts.max(), (least...greatest).contains(said)
            else {
                reader.refuse(
                    "value/gripPascals",
                    "“\(figure)” cannot stand for these attempts. Type it as it was written down.")
                return nil
            }
            return said
        }
        if method == "best_of" { return attempts.max() }
        // The attempts are at most 200 000 each: no sum of those on one line overflows.
        let sum = attempts.reduce(0, +)
        guard method == "mean_of", sum % Int64(attempts.count) == 0 else {
            reader.refuse(
                "value/gripPascals", .missing,
                "Which number stands for these does not follow exactly, and nothing is rounded "
                    + "here. Say it as it was written down:  --figure 53.8")
            return nil
        }
        return sum / Int64(attempts.count)
    }

    private func readForce(_ reader: inout FormReader) -> JSONValue? {
        let text = value.trimmed.lowercased()
        let member: String
        let range: ClosedRange<Int64>
        if text.hasSuffix("kg") {
            (member, range) = ("forceGrams", 0...120_000)
        } else if text.hasSuffix("lbf") {
            (member, range) = ("forcePoundHundredths", 0...26_500)
        } else {
            reader.refuse(
                "value", .missing,
                "A dynamometer shows kg or lbf. Type the unit with it: 24kg or 53lbf.")
            return nil
        }
        guard let force = number(member, range, &reader, such: "24kg or 53lbf") else { return nil }
        var object: JSONObject = [member: force]
        let method = reader.code(self.method, Self.methods, "value/method", "A method")
        if let method { object["method"] = method }
        return .object(object)
    }
}

// MARK: Scores

extension MeasurementForm {
    /// Six pairs of muscles reach 60, with the first dorsal interosseous of each hand 70.
    private static let muscleSets: [(name: String, most: Int64)] = [
        ("six_pairs", 60), ("six_pairs_fdi", 70),
    ]

    private func readMuscles(_ reader: inout FormReader) -> JSONValue? {
        let names = Self.muscleSets.map(\.name)
        guard let typed = muscleSet else {
            reader.refuse(
                "value/set", .missing,
                "Say which muscles were tested, since sums of different sets are not compared: "
                    + "--set \(names.joined(separator: " or --set ")).")
            return nil
        }
        guard let set = reader.code(typed, names, "value/set", "A set"),
            let most = Self.muscleSets.first(where: { $0.name == set.stringValue })?.most,
            let points = number("points", 0...most, &reader, such: "58")
        else { return nil }
        var object: JSONObject = ["points": points, "set": set]
        if let each = readEachMuscle(&reader) {
            let sum = each.reduce(Int64(0)) { $0 + ($1["points"]?.integerValue ?? 0) }
            // A set has five points for each muscle of each side.
            guard points == .integer(sum) || each.count < Int(most / 5) else {
                reader.refuse(
                    "value/muscles", .impossible,
                    "The muscles add up to \(sum). Correct one of them, or the sum, or leave "
                        + "the muscles out.")
                return nil
            }
            object["muscles"] = .array(each)
        }
        return .object(object)
    }

    private func readEachMuscle(_ reader: inout FormReader) -> [JSONValue]? {
        guard !muscles.isEmpty else { return nil }
        var each: [JSONValue] = []
        for word in reader.words(muscles, such: "shoulder-L=5") {
            let parts = word.said.lowercased().split { $0 == "-" || $0 == "_" }.map(String.init)
            let sides = Site.Side.allCases.map(\.rawValue)
            guard let last = parts.last, let side = TypedValue.code(last, among: sides),
                let points = TypedDecimal.units(word.text, decimals: 0), points <= 5,
                parts.count > 1
            else {
                reader.refuse(
                    "value/muscles",
                    "“\(word.said)=\(word.text)” is no muscle of one side with 0 to 5 points. "
                        + "Type shoulder-L=5.")
                continue
            }
            let muscle = parts.dropLast().joined(separator: "_")
            each.append(
                ["muscle": .string(muscle), "points": .integer(points), "side": side])
        }
        return each
    }

    private func readParts(
        _ code: String, leg: ClosedRange<Int64>, _ reader: inout FormReader
    ) -> JSONValue? {
        let parts = value.split(separator: "/", omittingEmptySubsequences: false)
            .map { TypedDecimal.units(String($0).trimmed, decimals: 0) }
        guard parts.count == 2, let arm = parts[0], let legs = parts[1] else {
            reader.refuse(
                "value",
                "“\(value)” is not arm and leg. Type 2/3: arm 0 to 5, leg 0 to "
                    + "\(leg.upperBound).")
            return nil
        }
        guard let armPoints = within(0...5, arm, "armPoints", &reader),
            let legPoints = within(leg, legs, "legPoints", &reader)
        else { return nil }
        return ["armPoints": armPoints, "legPoints": legPoints]
    }

    private func readRods(_ reader: inout FormReader) -> JSONValue? {
        guard let raw = number("rawPoints", 0...48, &reader, such: "30, from 0 to 48") else {
            return nil
        }
        var object: JSONObject = ["rawPoints": raw]
        guard centile != nil || table != nil else { return .object(object) }
        guard let centile, let table else {
            reader.refuse(
                "value/table", .missing,
                "A centile goes with the published table that it was read from, and a table with "
                    + "its centile: --centile 52 --table NAME. Or leave both out.")
            return nil
        }
        guard let read = reader.number(centile, "centile", in: "value", such: "52"),
            let name = reader.text(table, "value/table"), let units = read.integerValue,
            let inside = within(0...100, units, "centile", &reader)
        else { return nil }
        object["centile"] = inside
        object["table"] = name
        return .object(object)
    }
}

// MARK: The rest

extension MeasurementForm {
    private func readWalk(_ reader: inout FormReader) -> JSONValue? {
        if value.trimmed.lowercased() == "unable" { return "unable" }
        guard
            let walk = number(
                "walkMilliseconds", 500...600_000, &reader, such: "12.8, in seconds, or unable")
        else { return nil }
        var object: JSONObject = ["walkMilliseconds": walk]
        if let aid = reader.text(aid, "value/aid") { object["aid"] = aid }
        return .object(object)
    }

    private func readWeight(_ reader: inout FormReader) -> JSONValue? {
        guard let weight = number("weightGrams", 2000...350_000, &reader, such: "82.4, in kg")
        else { return nil }
        var object: JSONObject = ["weightGrams": weight]
        let scale = reader.code(self.scale, ["home", "clinic"], "value/scale", "A scale")
        if let scale { object["scale"] = scale }
        return .object(object)
    }

    private func readIgG(_ reader: inout FormReader) -> JSONValue? {
        let text = value.trimmed.lowercased()
        let member = "iggMilligramsPerLitre"
        let igg: JSONValue
        if text.hasSuffix("mg/dl") {
            // 1 mg/dL is 10 mg/L, exactly.
            let digits = String(text.dropLast(5)).trimmed
            guard let units = TypedDecimal.units(digits, decimals: 1),
                let inside = within(0...60_000, units, member, &reader)
            else {
                if reader.refused.isEmpty {
                    reader.refuse("value", "“\(value)” is no IgG in mg/dL. Type 1250 mg/dL.")
                }
                return nil
            }
            igg = inside
        } else {
            guard
                let inside = number(member, 0...60_000, &reader, such: "12.5, in g/L")
            else { return nil }
            igg = inside
        }
        var object: JSONObject = [member: igg]
        for (typed, name) in [(lastInfusion, "lastInfusion"), (nextInfusion, "nextInfusion")] {
            if let typed, let entry = EntryID(typed) {
                object[name] = entry.json
            } else if let moment = reader.moment(typed, name, in: "value") {
                object[name] = moment
            }
        }
        return .object(object)
    }

    private func readCount(_ code: String, _ reader: inout FormReader) -> JSONValue? {
        guard let count = number("count", 0...366, &reader, such: "2; 0 is an answer") else {
            return nil
        }
        guard from != nil, to != nil else {
            reader.refuse(
                "value/from", .missing,
                "Say of which time: --from 2026-01-01 --to 2026-03-31, both days counted.")
            return nil
        }
        guard let from = reader.date(from, "from", in: "value"),
            let to = reader.date(to, "to", in: "value")
        else { return nil }
        guard from <= to else {
            reader.refuse(
                "value/to", .impossible, "The last day lies before the first. Correct one of them.")
            return nil
        }
        return [
            "count": count, "from": .string(from.description), "to": .string(to.description),
        ]
    }
}
