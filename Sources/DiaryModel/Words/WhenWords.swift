/// Dates and times for people: 24 hours, the weekday always shown.
///
/// The year is said where it is another than the reader's, and so is the zone.
public struct WhenWords: Sendable {
    private let wall: WallTime
    private let year: String
    private let place: String

    /// A time on the clock of the reader's own zone.
    public init(_ wall: WallTime, for reader: HereAndNow) {
        self.init(wall, for: reader, place: "")
    }

    public init(_ moment: Moment, for reader: HereAndNow) {
        self.init(moment.wall, for: reader, place: reader.place(of: moment))
    }

    private init(_ wall: WallTime, for reader: HereAndNow, place: String) {
        self.wall = wall
        self.place = place
        year = wall.date.year == reader.year ? "" : " \(wall.date.year)"
    }

    /// "Sunday 29 March 09:05"; a bare day without the time; a bare month "March 2026".
    public var long: String { text(weekday: { $0.name }, month: { Self.months[$0] }) }

    /// "Sun 29 Mar 09:05", "Wed 26 Mar 2025 09:00", "Sun 15 Nov 08:00 in Auckland".
    public var short: String {
        text(weekday: { String($0.name.prefix(3)) }, month: { String(Self.months[$0].prefix(3)) })
    }

    /// "Sunday 29 March 09:05-10:20"; both whole where they are of different days or zones.
    public static func span(_ start: Moment, _ end: Moment, for reader: HereAndNow) -> String {
        guard start.wall.date == end.wall.date, start.zone == end.zone else {
            return "\(WhenWords(start, for: reader).long) to \(WhenWords(end, for: reader).long)"
        }
        return WhenWords(start.wall, for: reader).long + "-" + end.wall.clockFace
            + reader.place(of: start)
    }

    private func text(weekday: (Weekday) -> String, month: (Int) -> String) -> String {
        let date = wall.date
        let monthName = month(date.month - 1)
        let day = "\(weekday(date.weekday)) \(date.day) \(monthName)\(year)"
        return switch wall.precision {
        case .minute: "\(day) \(wall.clockFace)\(place)"
        case .hour: "\(day) about \(wall.clockFace)\(place)"
        case .day: day + place
        case .month: "\(monthName) \(date.year)\(place)"
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
