/// How long a label allows a product at room temperature, whatever the printed expiry says (domain 2.6).
///
/// From the day it is moved a vial has a second date. It may be used until the earlier of the two.
public struct RoomTemperatureRule: Hashable, Sendable {
    /// Calendar months from the day on which it was moved.
    public let months: Int
    /// Room temperature is at most this, in °C.
    public let atMostCelsius: Int
    /// It may be moved only so many months after it was made; nil where the label sets no such limit.
    ///
    /// No field says when a vial was made, so this is shown and never checked.
    public let withinMonthsOfManufacture: Int?

    public init(months: Int, atMostCelsius: Int, withinMonthsOfManufacture: Int? = nil) {
        self.months = min(max(months, 0), 1200)
        self.atMostCelsius = atMostCelsius
        self.withinMonthsOfManufacture = withinMonthsOfManufacture
    }

    /// The last day of use of what was moved on a day; in a shorter month its last day.
    public func lastDay(movedOn day: CivilDate) -> CivilDate {
        let count = day.year * 12 + day.month - 1 + months
        let first = CivilDate(year: count / 12, month: count % 12 + 1, day: 1)
        guard let end = first?.endOfMonth else { return CivilDate(daysSinceEpoch: .max) }
        return CivilDate(year: end.year, month: end.month, day: min(day.day, end.day)) ?? end
    }
}
