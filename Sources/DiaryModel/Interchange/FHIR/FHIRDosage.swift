import SyncCore

/// The doses of a plan version: the steps of its ramp, then the dose of each interval, then its taper, in
/// the order in which they hold.
///
/// It says what was signed and calculates no dose. What cannot be read stays whole beside it.
struct FHIRDosage {
    private(set) var instructions: [FHIRObject] = []
    /// The members of the plan that are told here.
    private(set) var told: Set<String> = []
    private let route: FHIRObject?

    init(_ plan: JSONValue?) {
        let route = plan?["route"].flatMap { Route(json: $0) }
        self.route = route.map { FHIRCodes.concept(of: $0) }
        if route != nil { told.insert("route") }
        guard let plan, let dose = plan["doseMilligrams"]?.integerValue,
            let interval = plan["intervalDays"]?.integerValue, interval > 0,
            let days = Int(exactly: interval)
        else { return }
        told.formUnion(["doseMilligrams", "intervalDays"])
        let from = plan["effectiveFrom"]?.stringValue.flatMap { CivilDate($0) }
        var steady = from
        if let from, let ramp = Self.ramp(plan["ramp"]) {
            told.insert("ramp")
            for step in ramp {
                let day = from.adding(days: step.day)
                add(dose: step.dose, timing: ["event": .list([.text(day.description)])])
                steady = day.adding(days: days)
            }
        }
        let taper = Self.taper(plan["taper"])
        if taper != nil { told.insert("taper") }
        add(
            dose: dose,
            timing: Self.repeating(days: interval, from: steady, until: taper?.first?.from))
        var last = (dose: dose, days: interval)
        for (index, step) in (taper ?? []).enumerated() {
            last = (step.dose ?? last.dose, step.days ?? last.days)
            let next = (taper ?? []).dropFirst(index + 1).first?.from
            add(
                dose: last.dose,
                timing: Self.repeating(days: last.days, from: step.from, until: next),
                reason: step.reason)
        }
    }

    private mutating func add(dose: Int64, timing: FHIRObject, reason: String? = nil) {
        var instruction = FHIRObject()
        if let reason {
            let said = FHIRParts.own("taper-reason", "valueString", .text(reason))
            instruction.set("extension", list: [said])
        }
        instruction.set("sequence", .integer(Int64(instructions.count + 1)))
        instruction.set("timing", object: timing)
        instruction.set("route", object: route)
        instruction.set(
            "doseAndRate", list: [["doseQuantity": .object(FHIRParts.grams(dose))]])
        instructions.append(instruction)
    }

    /// Once in so many days, from a day to the day before the next step.
    private static func repeating(days: Int64, from: CivilDate?, until: CivilDate?) -> FHIRObject {
        var bounds = FHIRObject()
        bounds.set("start", from.map { .text($0.description) })
        if let until, from.map({ $0 < until }) ?? true {
            bounds.set("end", .text(until.adding(days: -1).description))
        }
        var every = FHIRObject()
        every.set("boundsPeriod", object: bounds)
        every.set("frequency", 1)
        every.set("period", .decimal(ExactDecimal(days, decimals: 0)))
        every.set("periodUnit", "d")
        return ["repeat": .object(every)]
    }

    /// The steps of a ramp, by days after the plan begins; nil where one is not understood.
    private static func ramp(_ json: JSONValue?) -> [(day: Int, dose: Int64)]? {
        guard let items = json?.arrayValue, !items.isEmpty else { return nil }
        var steps: [(day: Int, dose: Int64)] = []
        for item in items {
            guard let offset = item["dayOffset"]?.integerValue, let day = Int(exactly: offset),
                let dose = item["doseMilligrams"]?.integerValue, item.objectValue?.count == 2
            else { return nil }
            steps.append((day, dose))
        }
        return steps
    }

    private struct TaperStep {
        let from: CivilDate
        let dose: Int64?
        let days: Int64?
        let reason: String?
    }

    /// The steps of a taper, by the day from which each holds; nil where one is not understood.
    private static func taper(_ json: JSONValue?) -> [TaperStep]? {
        guard let items = json?.arrayValue, !items.isEmpty else { return nil }
        let known: Set<String> = ["from", "doseMilligrams", "intervalDays", "reason"]
        var steps: [TaperStep] = []
        for item in items {
            guard let from = item["from"]?.stringValue.flatMap({ CivilDate($0) }),
                let keys = item.objectValue?.keys, known.isSuperset(of: keys)
            else { return nil }
            let dose = item["doseMilligrams"]?.integerValue
            let days = item["intervalDays"]?.integerValue
            guard dose != nil || days != nil, days ?? 1 > 0 else { return nil }
            steps.append(
                TaperStep(from: from, dose: dose, days: days, reason: item["reason"]?.stringValue))
        }
        return steps
    }
}
