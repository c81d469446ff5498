extension CivilDate {
    /// The same day of the month so many months later, or the last day of a month that has none such;
    /// beyond the years 0 to 9999 the nearest date.
    public func adding(months: Int) -> CivilDate {
        // More than there are in all the years, so that no sum overflows.
        let index = year * 12 + month - 1 + min(max(months, -200_000), 200_000)
        let toYear = Int(Int64(index).floorDivided(by: 12))
        guard let first = CivilDate(year: toYear, month: index - toYear * 12 + 1, day: 1) else {
            return CivilDate(daysSinceEpoch: months < 0 ? .min : .max)
        }
        return first.adding(days: min(day, first.endOfMonth.day) - 1)
    }
}
