/// One row of the table of measures.
public struct MeasureRow: Sendable {
    public let code: MeasureCode
    /// The form of its value on the wire.
    public let form: MeasureForm
    /// The units it may have, each with its hard range in wire units; the first is the usual one.
    public let scales: [Scale]
    public let better: Better
    public let threshold: MeasureThreshold
    /// Which hand; nil where there are no sides.
    public let side: Site.Side?
    public let exchange: [ExchangeCode]

    /// A quantity in a unit, and the numbers that are possible.
    public struct Scale: Hashable, Sendable {
        public let quantity: MeasureAxis.Quantity
        public let unit: MeasureUnit
        /// Wire units.
        public let range: ClosedRange<Int64>

        init(
            _ quantity: MeasureAxis.Quantity, _ unit: MeasureUnit, _ range: ClosedRange<Int64>
        ) {
            self.quantity = quantity
            self.unit = unit
            self.range = range
        }
    }

    /// In which direction a change is an improvement.
    public enum Better: Sendable {
        case up, down, neither
    }

    init(
        _ code: MeasureCode, _ form: MeasureForm, _ scales: [Scale], better: Better,
        _ threshold: MeasureThreshold, side: Site.Side? = nil, exchange: [ExchangeCode] = []
    ) {
        self.code = code
        self.form = form
        self.scales = scales
        self.better = better
        self.threshold = threshold
        self.side = side
        self.exchange = exchange
    }

    /// The same measure of the other hand.
    public var otherSide: MeasureCode? {
        switch code {
        case .gripLeft: .gripRight
        case .gripRight: .gripLeft
        case .gripForceLeft: .gripForceRight
        case .gripForceRight: .gripForceLeft
        default: nil
        }
    }
}

/// The form of a measure's value: which members stand in its JSON (domain 2.10).
public enum MeasureForm: Sendable, CaseIterable {
    case grip, force, muscles, armAndLeg, irods, walk, weight, igg, count, points, days
}

/// From how large a change on it is worth a clinician's look.
public enum MeasureThreshold: Hashable, Sendable {
    /// At least so many wire units.
    case absolute(Int64)
    /// At least so many percent of the first of the two numbers, exactly.
    case percentOfBaseline(Int64)
    /// The clinic sets it; without that nothing is said.
    case clinicSet
    /// None.
    case none
}

/// A code under which other systems know a measure.
public struct ExchangeCode: Hashable, Sendable {
    public let system: System
    public let code: String
    /// Says something else than the measure unless unit and method stand beside it.
    public let needsUnitAndMethod: Bool

    public enum System: String, Sendable {
        case loinc = "http://loinc.org"
    }

    static func loinc(_ code: String, needsUnitAndMethod: Bool = false) -> ExchangeCode {
        ExchangeCode(system: .loinc, code: code, needsUnitAndMethod: needsUnitAndMethod)
    }
}
