/// What numbers must have in common to stand on one axis and to be compared.
///
/// Kilopascals of a bulb, kilograms and pounds of a dynamometer are three axes: they are different
/// instruments, and nothing is converted (domain 2.5, H10). So are the sums of two muscle sets, and
/// the centiles of two conversion tables.
public struct MeasureAxis: Hashable, Sendable {
    public let quantity: Quantity
    public let unit: MeasureUnit
    /// The muscle set or the conversion table that the number rests on; nil where there is none.
    public let instrument: PrintedText?

    public init(_ quantity: Quantity, _ unit: MeasureUnit, instrument: PrintedText? = nil) {
        self.quantity = quantity
        self.unit = unit
        self.instrument = instrument
    }

    /// What a number is of.
    public enum Quantity: String, Sendable, CaseIterable {
        case gripPressure, gripForce, muscleSum, incat, onls, irodsRaw, irodsCentile, walk, weight
        case igg, infections, antibioticCourses, daysOff, hospitalDays, scale, wearingOff

        /// Whether numbers are comparable only where the set or the table is the same and is said.
        var restsOnInstrument: Bool { self == .muscleSum || self == .irodsCentile }
    }

    /// Whether two numbers on this axis may be compared at all.
    ///
    /// A raw I-RODS score is not: what counts is the transformed scale (domain 2.5).
    public var isComparable: Bool {
        quantity != .irodsRaw && (!quantity.restsOnInstrument || instrument != nil)
    }
}
