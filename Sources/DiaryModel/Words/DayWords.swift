extension CivilDate {
    /// "5 Jan 2026", for axes and tables.
    public var shortWords: String { "\(day) \(WhenWords.months[month - 1].prefix(3)) \(year)" }

    /// "January 2026".
    public var monthWords: String { "\(WhenWords.months[month - 1]) \(year)" }

    /// "Monday 5 January 2026".
    public var longWords: String {
        "\(weekday.name) \(day) \(WhenWords.months[month - 1]) \(year)"
    }
}
