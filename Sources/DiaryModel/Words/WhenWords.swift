/// Dates and times for people: 24 hours, the weekday always shown.
public struct WhenWords: Sendable {
    private let wall: WallTime

    public init(_ wall: WallTime) { self.wall = wall }
    public init(_ moment: Moment) { wall = moment.wall }

    /// "Sunday 29 March 09:05"; a bare day without the time; a bare month "March 2026".
    public var long: String { text(weekday: { $0.name }, month: { Self.months[$0] }) }

    /// "Sun 29 Mar 09:05".
    public var short: String {
        text(weekday: { String($0.name.prefix(3)) }, month: { String(Self.months[$0].prefix(3)) })
    }

    /// "Sunday 29 March 2026".
    public var longWithYear: String {
        "\(wall.date.weekday.name) \(wall.date.day) \(Self.months[wall.date.month - 1]) "
            + "\(wall.date.year)"
    }

    private func text(weekday: (Weekday) -> String, month: (Int) -> String) -> String {
        let date = wall.date
        let monthName = month(date.month - 1)
        let day = "\(weekday(date.weekday)) \(date.day) \(monthName)"
        switch wall.precision {
        case .minute: return "\(day) \(wall.clockFace)"
        case .hour: return "\(day) about \(wall.clockFace)"
        case .day: return day
        case .month: return "\(monthName) \(date.year)"
        }
    }

    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]
}

extension Weekday {
    /// The English name.
    public var name: String {
        switch self {
        case .sunday: "Sunday"
        case .monday: "Monday"
        case .tuesday: "Tuesday"
        case .wednesday: "Wednesday"
        case .thursday: "Thursday"
        case .friday: "Friday"
        case .saturday: "Saturday"
        }
    }
}

extension Moment {
    /// "Sun 15 Nov 08:00 in Auckland", where its zone is not the one at home.
    public func words(homeZone: String) -> String {
        let short = WhenWords(self).short
        guard let zone, zone != PrintedText(homeZone),
            let city = zone.text.split(separator: "/").last
        else { return short }
        return "\(short) in \(city.replacing("_", with: " "))"
    }
}
