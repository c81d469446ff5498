/// Points in time on one axis, ready to be drawn; how they are drawn is another's matter.
///
/// What is not there is not drawn: a gap stays a gap, a value in doubt is marked as such, a range is a
/// range, and what has no number is a word at its day. Everything that the picture shows stands in
/// `list`, too, for whoever does not see it.
public struct Plot: Hashable, Sendable {
    /// "Grip, both hands".
    public var title: String
    /// The unit of all numbers on the axis.
    public var unit: MeasureUnit
    public var tracks: [PlotTrack]
    /// Levels that run across: a threshold, a target, the plan.
    public var lines: [PlotLine]
    /// Sentences that belong to the picture: what is not known, what is not on it.
    public var notes: [String]
    /// The first and the last day that the picture spans, where it is wider than the points.
    public var window: ClosedRange<CivilDate>?
    /// Points further apart than this many days are not joined; nil joins none.
    public var joinedDays: Int?

    public init(
        title: String, unit: MeasureUnit, tracks: [PlotTrack], lines: [PlotLine] = [],
        notes: [String] = [], window: ClosedRange<CivilDate>? = nil, joinedDays: Int? = nil
    ) {
        self.title = title
        self.unit = unit
        self.tracks = tracks
        self.lines = lines
        self.notes = notes
        self.window = window
        self.joinedDays = joinedDays
    }

    /// The days that the picture spans; nil where there is nothing to show.
    public var days: ClosedRange<CivilDate>? {
        let days =
            tracks.flatMap(\.marks).map(\.day)
            + [window?.lowerBound, window?.upperBound]
            .compactMap(\.self)
        guard let first = days.min(), let last = days.max() else { return nil }
        return first...last
    }

    /// The numbers of all marks and lines; nil where there is none.
    var extremes: Extremes? {
        Extremes(
            tracks.flatMap(\.marks).flatMap { mark in [mark.low, mark.high].compactMap(\.self) }
                + lines.map(\.number))
    }

    /// Every point as a line of words, track by track in time order.
    public var list: [String] {
        tracks.flatMap { track in
            track.marks.map { tracks.count > 1 ? "\(track.name): \($0.words)" : $0.words }
        }
    }
}

/// The points of one kind: one hand, one source.
public struct PlotTrack: Hashable, Sendable {
    public var name: String
    /// In time order.
    public var marks: [PlotMark]

    public init(name: String, marks: [PlotMark]) {
        self.name = name
        self.marks = marks
    }
}

/// One point, or a range, or a day on which there was no number to be had.
public struct PlotMark: Hashable, Sendable {
    public let day: CivilDate
    /// Wire units; both nil where there is no number.
    public let low: Int64?
    public let high: Int64?
    /// Something of it waits for a person.
    public let isInDoubt: Bool
    /// The point in words, for the list.
    public let words: String

    /// A point of one number.
    public init(_ day: CivilDate, _ number: Int64, isInDoubt: Bool = false, words: String) {
        self.init(day: day, low: number, high: number, isInDoubt: isInDoubt, words: words)
    }

    /// A range between two numbers, in whatever order.
    public init(
        _ day: CivilDate, from one: Int64, to other: Int64, isInDoubt: Bool = true, words: String
    ) {
        self.init(
            day: day, low: min(one, other), high: max(one, other), isInDoubt: isInDoubt,
            words: words)
    }

    /// A day on which it was not possible.
    public init(noNumberOn day: CivilDate, isInDoubt: Bool = false, words: String) {
        self.init(day: day, low: nil, high: nil, isInDoubt: isInDoubt, words: words)
    }

    private init(day: CivilDate, low: Int64?, high: Int64?, isInDoubt: Bool, words: String) {
        self.day = day
        self.low = low
        self.high = high
        self.isInDoubt = isInDoubt
        self.words = words
    }
}

/// A level that runs across the picture.
public struct PlotLine: Hashable, Sendable {
    public let name: String
    /// Wire units.
    public let number: Int64

    public init(_ name: String, at number: Int64) {
        self.name = name
        self.number = number
    }
}
