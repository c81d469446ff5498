extension MeasureCode {
    /// The measure in a column's head: "grip left".
    public var shortWords: String {
        switch self {
        case .gripLeft: "grip left"
        case .gripRight: "grip right"
        case .gripForceLeft: "force left"
        case .gripForceRight: "force right"
        case .muscleSum: "MRC"
        case .incat: "INCAT"
        case .onls: "ONLS"
        case .irods: "I-RODS"
        case .walk10m: "10 m"
        case .weight: "weight"
        case .iggTrough: "IgG"
        case .infections: "infections"
        case .antibioticCourses: "antibiotics"
        case .daysOff: "days off"
        case .hospitalDays: "hospital"
        case .vasFatigue: "tiredness"
        case .vasPain: "pain"
        case .vasWearingOff: "wearing off"
        case .wearingOffDays: "days weak"
        }
    }
}

extension MeasureRow {
    /// Which way is better, and from how large a change on it is worth a look; nil where nothing is said.
    public var meaningWords: String? {
        let direction: String? =
            switch better {
            case .up: "More is better."
            case .down: "Less is better."
            case .neither: nil
            }
        let sentences = [direction, thresholdWords].compactMap(\.self)
        return sentences.isEmpty ? nil : sentences.joined(separator: " ")
    }

    private var thresholdWords: String? {
        switch threshold {
        case .absolute(let wire):
            let number = scales.first.map { MeasureNumber(wire, $0.unit).description } ?? "\(wire)"
            return "A change of \(number) or more is worth a look."
        case .percentOfBaseline(let percent):
            return "A change of \(percent) % of the first value or more is worth a look."
        case .clinicSet: return "From how large a change on it counts is the clinic's to say."
        case .none: return nil
        }
    }
}
