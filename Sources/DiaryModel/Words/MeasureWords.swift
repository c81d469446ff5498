extension MeasureCode {
    /// The measure in words: "grip of the left hand".
    public var words: String {
        switch self {
        case .gripLeft: "grip of the left hand"
        case .gripRight: "grip of the right hand"
        case .gripForceLeft: "grip force of the left hand"
        case .gripForceRight: "grip force of the right hand"
        case .muscleSum: "muscle strength (MRC sum)"
        case .incat: "disability (INCAT)"
        case .onls: "disability (ONLS)"
        case .irods: "daily activities (I-RODS)"
        case .walk10m: "walking 10 metres"
        case .weight: "body weight"
        case .iggTrough: "IgG in blood"
        case .infections: "infections"
        case .antibioticCourses: "courses of antibiotics"
        case .daysOff: "days off work or school"
        case .hospitalDays: "days in hospital"
        case .vasFatigue: "tiredness, 0 to 10"
        case .vasPain: "pain, 0 to 10"
        case .vasWearingOff: "wearing off, 0 to 10"
        case .wearingOffDays: "days of weakness before the next dose"
        }
    }

    /// What was expected where a value was refused, with the way out.
    public var expected: String {
        let ranges = row.scales.map { scale in
            let low = MeasureNumber(scale.range.lowerBound, scale.unit).digits
            return "\(low) to \(MeasureNumber(scale.range.upperBound, scale.unit))"
        }
        let wayOut =
            self == .walk10m
            ? "say unable if it was not possible, unknown if you do not know."
            : "say unknown if you do not know."
        return "Expected for \(words): \(ranges.joined(separator: ", or ")); \(wayOut)"
    }
}

extension BodyWeight.Source {
    /// "home", "clinic".
    public var words: String {
        switch self {
        case .home: "home"
        case .clinic: "clinic"
        }
    }
}

extension MeasurePoint {
    /// "Sun 29 Mar 2026 09:05: 54.1 kPa, home, best of 3 attempts".
    public var words: String {
        ([numberWords, source?.words] + details + [doubtWords]).compactMap(\.self)
            .joined(separator: ", ")
    }

    /// The same with its day and time before it.
    public var datedWords: String { "\(when): \(words)" }

    private var when: String {
        let wall = moment.wall
        let date = wall.date
        switch wall.precision {
        case .minute: return "\(date.weekday.name.prefix(3)) \(date.shortWords) \(wall.clockFace)"
        case .hour:
            return "\(date.weekday.name.prefix(3)) \(date.shortWords) about \(wall.clockFace)"
        case .day: return "\(date.weekday.name.prefix(3)) \(date.shortWords)"
        case .month: return date.monthWords
        }
    }

    private var numberWords: String {
        guard let number else { return "not possible" }
        return "\(number)"
    }

    private var details: [String?] {
        switch value {
        case .grip(let grip):
            let attempts = grip.attemptsPascals?.value.map { "\($0.count) attempts" }
            return [grip.method.map(Self.methodWords), attempts]
        case .force(let force): return [force.method.map(Self.methodWords)]
        case .muscles(let sum):
            return [sum.muscleSet.map { "muscle set \($0)" } ?? "muscle set not said"]
        case .armAndLeg(let score):
            guard let arm = score.armPoints.value, let leg = score.legPoints.value else {
                return []
            }
            return ["arm \(arm), leg \(leg)"]
        case .irods(let score):
            let raw = score.rawPoints.value.map { "raw \($0)" }
            return axis.quantity == .irodsCentile
                ? [raw, score.table.map { "table \($0)" } ?? "table not said"] : ["raw score"]
        case .walk(let walk): return [walk.aid.map { "with \($0)" }]
        case .count(let count):
            return [
                count.days.map { "\($0.lowerBound.shortWords) to \($0.upperBound.shortWords)" }
                    ?? "period not known"
            ]
        default: return []
        }
    }

    private static func methodWords(_ method: PrintedText) -> String {
        switch method {
        case "best_of": "best of the attempts"
        case "mean_of": "mean of the attempts"
        default: "\(method)"
        }
    }

    private var doubtWords: String? {
        if isInConflict { return "people disagree" }
        return isInQuestion ? "in question" : nil
    }
}

extension ChangeVerdict {
    /// "better by the threshold or more", "less than the threshold".
    public var words: String {
        switch self {
        case .meaningful(.better): "better, at or over the threshold"
        case .meaningful(.worse): "worse, at or over the threshold"
        case .meaningful(.up): "up, at or over the threshold"
        case .meaningful(.down): "down, at or over the threshold"
        case .belowThreshold: "less than the threshold"
        case .depends: "depends on which value is right"
        case .noThreshold: "no threshold is set"
        case .notComparable(.anotherInstrument):
            "not comparable: another unit, muscle set or table"
        case .notComparable(.instrumentNotSaid):
            "not comparable: muscle set or table is not said"
        case .notComparable(.unable): "not comparable: it was not possible on one of the days"
        case .notComparable(.noNumber): "not comparable: no number"
        }
    }
}

extension MeasureChange {
    /// "since 5 Jan 2026: -10.0 kPa, worse, at or over the threshold".
    public var words: String {
        let unit = axis.unit
        let amount = difference.map { range in
            let low = MeasureNumber(range.lowerBound, unit)
            let high = MeasureNumber(range.upperBound, unit)
            return range.lowerBound == range.upperBound
                ? low.signed : "between \(low.signed) and \(high.signed)"
        }
        let method = methodDiffers ? "measured in another way" : nil
        let adjusted = adjustedVerdict.flatMap { adjusted in
            adjusted == verdict ? nil : "adjusted score: \(adjusted.words)"
        }
        let parts = [amount, verdict.words, adjusted, method].compactMap(\.self)
        return "since \(before.day.shortWords): \(parts.joined(separator: ", "))"
    }
}

extension IgGTrough {
    /// Whether it was drawn right before an infusion.
    public var words: String {
        switch self {
        case .trough: "drawn right before an infusion"
        case .notTrough: "not drawn right before an infusion"
        case .unknown: "not known whether right before an infusion"
        }
    }
}

extension IgGBelowTarget {
    /// "IgG below the plan's target of 10.0 g/L on 5 Jan 2026".
    public var words: String {
        let target = MeasureNumber(targetMilligramsPerLitre, .gramsPerLitre)
        let may = isCertain ? "is" : "may be"
        return "IgG \(may) below the plan's target of \(target) on \(day.day.shortWords)."
    }
}

extension WearingOff.Verdict {
    /// For the list for review; nil where nothing is to be said.
    public var words: String? {
        switch self {
        case .forReview(let from, let cycles):
            "Weakness came back \(WearingOff.leastDays) days or more before the next dose "
                + "in \(cycles) doses one after another, from \(from.shortWords)."
        case .depends:
            "Weakness may have come back \(WearingOff.leastDays) days or more before the next dose "
                + "in \(WearingOff.leastCycles) doses one after another: "
                + "it depends on which value is right."
        case .no: nil
        }
    }
}

extension WeightForPlan {
    /// Every weight with its source, and which one the plan is checked with.
    public var words: [String] {
        shown.flatMap { day in
            day.points.map { point in
                let isUsed = used?.points.contains(point) ?? false
                let source = point.source?.words ?? "source not said"
                let number = point.number.map { "\($0)" } ?? "not possible"
                return "\(day.day.shortWords): \(number), \(source)"
                    + (isUsed ? ", used to check the plan" : "")
            }
        }
    }
}
