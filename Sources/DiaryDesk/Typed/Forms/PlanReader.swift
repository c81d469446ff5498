import DiaryModel
import SyncCore

/// Reads the members of one plan, keeping every value that could not be read.
struct PlanReader {
    let context: FormContext
    var plan: JSONObject
    var form: FormReader

    init(_ context: FormContext, base: JSONObject) {
        self.context = context
        plan = base
        form = FormReader(context)
    }

    /// Takes a member out where `none` is said; true if that was all.
    private mutating func isNone(_ typed: String, _ member: String) -> Bool {
        guard typed.trimmed.lowercased() == "none" else { return false }
        plan[member] = nil
        return true
    }

    /// Its days: an end that lies before today is one from that day on, where no other day is said.
    ///
    /// The end of the version before is taken over only where this one begins before it.
    mutating func readDays(from: String?, ends: String?) {
        if let ends, !isNone(ends, "effectiveUntil"),
            let day = form.date(ends, "effectiveUntil", in: "plan")
        {
            plan["effectiveUntil"] = .string(day.description)
        }
        let end = plan["effectiveUntil"]?.stringValue.flatMap { CivilDate($0) }
        let standard = ends == nil ? context.today : min(end ?? context.today, context.today)
        guard let day = from.map({ form.date($0, "effectiveFrom", in: "plan") }) ?? standard else {
            return
        }
        plan["effectiveFrom"] = .string(day.description)
        if ends == nil, let end, end <= day { plan["effectiveUntil"] = nil }
    }

    mutating func readZone(_ typed: String?) {
        guard let typed else {
            if plan["zone"] == nil { plan["zone"] = .string(context.zone.name) }
            return
        }
        guard ZoneFiles().rules(named: typed) != nil else {
            return form.refuse(
                "plan/zone",
                "“\(typed)” is no time zone this computer knows. Type Europe/London, for example.")
        }
        plan["zone"] = .string(typed)
    }

    mutating func readCode(_ typed: String?, _ member: String, _ codes: [String]) {
        guard let typed, !isNone(typed, member) else { return }
        let what = EntryWords.memberLabel(member)
        if let code = form.code(typed, codes, "plan/\(member)", what) { plan[member] = code }
    }

    mutating func readProducts(_ product: String?, _ substitutes: String?) {
        if let product, let key = key(product) { plan["product"] = .string(key.text) }
        guard let substitutes, !isNone(substitutes, "substitutes") else { return }
        let keys = Self.parts(substitutes).compactMap { key($0) }
        plan["substitutes"] = .array(keys.map(\.json))
    }

    /// The product a text names; a plan names products of the catalogue only.
    private mutating func key(_ typed: String) -> ProductKey? {
        let found = context.catalogue.products(named: typed)
        if found.count == 1, let one = found.first { return one.key }
        let list = found.map(\.key.text).joined(separator: ", ")
        form.refuse(
            "plan/product", .notInList,
            found.isEmpty
                ? "“\(typed)” is no product of the catalogue. Type hizentra, for example."
                : "“\(typed)” can mean \(list). Say which.")
        return nil
    }

    mutating func readNumbers(_ typed: [(String?, String, String)]) {
        for (text, member, example) in typed {
            guard let text, !isNone(text, member) else { continue }
            if let number = form.number(text, member, in: "plan", such: example) {
                plan[member] = number
            }
        }
    }

    mutating func readStopRules(_ typed: [String]) {
        guard let first = typed.first, !isNone(first, "stopRules") else { return }
        plan["stopRules"] = .array(typed.compactMap { form.text($0, "plan/stopRules") })
    }

    mutating func readPhone(_ typed: String?, _ member: String) {
        guard let typed, !isNone(typed, member) else { return }
        let isNumber = typed.allSatisfy { $0.isASCII && ($0.isNumber || " +-()".contains($0)) }
        guard isNumber, (2...15).contains(typed.filter(\.isNumber).count) else {
            return form.refuse(
                "plan/\(member)", "“\(typed)” is no number to ring. Type 01865 000000, for example."
            )
        }
        plan[member] = .string(typed.trimmed)
    }

    mutating func checkWhatIsNeeded() {
        for (member, example) in PlanForm.needed where plan[member] == nil {
            let isRefused = form.refused.contains { $0.field == "plan/\(member)" }
            if isRefused { continue }
            form.refuse(
                "plan/\(member)", .missing,
                "A plan names product, route, dose and interval. Say it: \(example).")
        }
    }
}

// MARK: Lists

extension PlanReader {
    private static func parts(_ typed: String) -> [String] {
        typed.split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed }
    }

    /// Reads `key=value,key=value` into a list of objects; a part that does not read refuses the whole.
    private mutating func readPairs(
        _ typed: String?, _ member: String, such example: String,
        _ read: (String, String) -> JSONValue?
    ) {
        guard let typed, !isNone(typed, member) else { return }
        var items: [JSONValue] = []
        for part in Self.parts(typed) {
            let pair = part.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
            guard pair.count == 2, let item = read(pair[0], pair[1]) else {
                return form.refuse(
                    "plan/\(member)", "“\(part)” was not understood. Type \(example), or none.")
            }
            items.append(item)
        }
        plan[member] = .array(items)
    }

    mutating func readRateSteps(_ typed: String?) {
        readPairs(typed, "rateSteps", such: "30=0.5,30=1 for minutes and mL/kg/h") { key, value in
            guard let minutes = WireUnit.of("fromMinutes")?.read(key), minutes > 0,
                let rate = WireUnit.of("rateMicrolitresPerKilogramPerHour")?.read(value), rate > 0
            else { return nil }
            return [
                "minutes": .integer(minutes), "rateMicrolitresPerKilogramPerHour": .integer(rate),
            ]
        }
    }

    mutating func readRamp(_ typed: String?) {
        readPairs(typed, "ramp", such: "0=7.5g,7=15g for days after the start and doses") {
            key, value in
            guard let day = Self.whole(key), let dose = Self.dose(value) else { return nil }
            return ["dayOffset": .integer(day), "doseMilligrams": .integer(dose)]
        }
    }

    mutating func readTaper(_ typed: String?) {
        let today = context.today
        readPairs(typed, "taper", such: "2026-05-01=28.8g:stable or 2026-05-01=10d:stable") {
            key, value in
            let said = value.split(separator: ":", maxSplits: 1).map { String($0).trimmed }
            guard let day = DayName.date(key, today: today), let what = said.first else {
                return nil
            }
            var step: JSONObject = ["from": .string(day.description)]
            if what.lowercased().hasSuffix("d"), let days = WireUnit.of("intervalDays")?.read(what),
                (1...365).contains(days)
            {
                step["intervalDays"] = .integer(days)
            } else if let dose = Self.dose(what) {
                step["doseMilligrams"] = .integer(dose)
            } else {
                return nil
            }
            if said.count == 2 {
                guard TypedText.isPrintable(said[1]) else { return nil }
                step["reason"] = .string(said[1])
            }
            return .object(step)
        }
    }

    mutating func readPremedications(_ typed: String?) {
        readPairs(typed, "premeds", such: "paracetamol=1000:30 for mg and minutes before") {
            key, value in
            let said = value.split(separator: ":", maxSplits: 1).map { String($0).trimmed }
            guard FieldPattern.isName("premed.\(key)"), !key.contains("."), let first = said.first,
                let dose = WireUnit.milligrams.read(first)
            else { return nil }
            var step: JSONObject = [
                "doseMilligrams": .integer(dose), "name": .string(key.lowercased()),
            ]
            if said.count == 2 {
                guard let minutes = WireUnit.of("fromMinutes")?.read(said[1]) else { return nil }
                step["minutesBefore"] = .integer(minutes)
            }
            return .object(step)
        }
    }

    mutating func readChecks(_ typed: String?) {
        readPairs(
            typed, "checks",
            such: "feels_well=no:Ring us first for an item, the answer to worry about, your words"
        ) { key, value in
            let said = value.split(separator: ":", maxSplits: 1).map { String($0).trimmed }
            let item = TypedValue.code(key, among: CheckForm.items)?.stringValue ?? key
            let concerns = (said.first ?? "").split(separator: "/")
                .map { TypedValue.answer(String($0).trimmed) }
            guard FieldPattern.isName("answer.\(item)"), !item.contains("."), !concerns.isEmpty,
                !concerns.contains(nil)
            else { return nil }
            let answers = concerns.compactMap(\.self).map(JSONValue.string)
            var check: JSONObject = ["concern": .array(answers), "item": .string(item)]
            if said.count == 2 {
                guard TypedText.isPrintable(said[1]) else { return nil }
                check["text"] = .string(said[1])
            }
            return .object(check)
        }
    }

    mutating func readMeasures(_ typed: String?) {
        readPairs(typed, "measures", such: "grip_l=7d for a measure and how often") { key, value in
            guard let code = MeasurementForm.code(key),
                let days = WireUnit.of("everyDays")?.read(value), (1...730).contains(days)
            else { return nil }
            return ["everyDays": .integer(days), "measure": .string(code)]
        }
    }

    private static func whole(_ text: String) -> Int64? { TypedDecimal.units(text, decimals: 0) }

    private static func dose(_ text: String) -> Int64? {
        let dose = WireUnit.of("doseMilligrams")?.read(text)
        return dose.flatMap { (1...400_000).contains($0) ? $0 : nil }
    }
}
