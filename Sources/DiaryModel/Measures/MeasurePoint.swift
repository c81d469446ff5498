public import SyncCore

/// One value of one measurement, at the time it was measured.
///
/// A value in conflict is two points, each marked: nothing chooses between them.
public struct MeasurePoint: Hashable, Sendable {
    public let entry: EntryID
    public let measure: MeasureCode
    public let moment: Moment
    /// The day in the plan's zone; of a bare month its last.
    public let day: CivilDate
    public let value: MeasurementValue
    /// Nil where the walk was not possible.
    public let number: MeasureNumber?
    public let axis: MeasureAxis
    /// Nil where nobody said.
    public let source: MeasureSource?
    /// Other values or other times of this entry stand beside it.
    public let isInConflict: Bool
    /// It is not settled whether the entry stands, or which of several copies counts.
    public let isInQuestion: Bool
    let order: TimeOrder

    /// Something of it waits for a person.
    public var isInDoubt: Bool { isInConflict || isInQuestion }
    /// How it was measured, as far as it was said.
    public var method: PrintedText? { value.method }
}

extension MeasurePoint: Comparable {
    /// By time, then by number, so that every store lists them alike; nothing else is decided by it.
    public static func < (left: Self, right: Self) -> Bool {
        if left.order != right.order { return left.order < right.order }
        return (left.number?.wire ?? -1) < (right.number?.wire ?? -1)
    }
}
