/// A picture of points for a page: a different shape for each track, a dash for each line.
public struct SVGPlot: Sendable {
    private let plot: Plot
    private let id: String

    /// - Parameter id: a name that no other picture on the page has.
    public init(_ plot: Plot, id: String) {
        self.plot = plot
        self.id = id
    }

    private static let (left, right, top, bottom) = (80, 780, 60, 320)

    /// The SVG text.
    public var text: String {
        var svg = SVGDocument()
        svg.add(text: title, x: Self.left, y: 30, size: 18)
        if let days = plot.days {
            let scale = plot.extremes.map { numbers in
                PlotScale(holding: spread(numbers), least: plot.unit.leastTick)
            }
            if let scale {
                addAxis(scale, to: &svg)
                addLevels(scale, to: &svg)
            }
            addDates(days, to: &svg)
            for (index, track) in plot.tracks.enumerated() {
                add(track, index, scale, days, to: &svg)
            }
            addLegend(to: &svg)
        } else {
            svg.add(text: "Nothing is recorded.", x: Self.left, y: 180)
        }
        return svg.text(title: plot.title, description: description, id: id)
    }

    /// One number alone lies in the middle of its axis, unless that would go below zero.
    private func spread(_ numbers: Extremes) -> Extremes {
        guard numbers.low == numbers.high else { return numbers }
        let step = plot.unit.wirePerUnit
        let low = numbers.low.subtractingSaturating(step)
        return Extremes(
            numbers.low >= 0 ? max(0, low) : low, numbers.high.addingSaturating(step))
    }

    private var title: String {
        plot.unit.caption.isEmpty ? plot.title : "\(plot.title), \(plot.unit.caption)"
    }

    /// All points in words, as far as a description can hold them; the page has the whole list.
    private var description: String {
        let list = plot.list
        let shown = list.prefix(Self.mostInDescription)
        let rest = list.count > shown.count ? ["\(list.count - shown.count) more in the list."] : []
        let levels = plot.lines.map { "\($0.name): \(MeasureNumber($0.number, plot.unit))." }
        let points = list.isEmpty ? ["Nothing is recorded."] : shown.map { "\($0)." }
        return (plot.notes + levels + points + rest).joined(separator: " ")
    }

    private static let mostInDescription = 100

    /// Where a day lies; the only one there is, in the middle.
    private func x(_ day: CivilDate, _ days: ClosedRange<CivilDate>) -> Int {
        guard days.lowerBound < days.upperBound else { return (Self.left + Self.right) / 2 }
        return Self.left
            + PlotScale.place(
                Int64(day.daysSinceEpoch), from: Int64(days.lowerBound.daysSinceEpoch),
                to: Int64(days.upperBound.daysSinceEpoch), steps: Self.right - Self.left)
    }

    private func y(_ number: Int64, _ scale: PlotScale) -> Int {
        Self.bottom - scale.place(number, steps: Self.bottom - Self.top)
    }

    private func addAxis(_ scale: PlotScale, to svg: inout SVGDocument) {
        svg.addLine(Self.left, Self.top, Self.left, Self.bottom)
        for tick in scale.ticks {
            let y = y(tick, scale)
            svg.addLine(Self.left - 6, y, Self.left, y)
            svg.add(
                text: MeasureNumber(tick, plot.unit).digits, x: Self.left - 10, y: y + 5,
                anchor: "end")
        }
    }

    private func addLevels(_ scale: PlotScale, to svg: inout SVGDocument) {
        for level in plot.lines {
            let y = y(level.number, scale)
            svg.addLine(Self.left, y, Self.right, y, dashes: "8 4")
            svg.add(
                text: "\(level.name): \(MeasureNumber(level.number, plot.unit))", x: Self.right,
                y: y - 5, anchor: "end")
        }
    }

    private func addDates(_ days: ClosedRange<CivilDate>, to svg: inout SVGDocument) {
        svg.addLine(Self.left, Self.bottom, Self.right, Self.bottom)
        guard days.lowerBound < days.upperBound else {
            svg.add(
                text: days.lowerBound.shortWords, x: x(days.lowerBound, days), y: Self.bottom + 22,
                anchor: "middle")
            return
        }
        svg.add(text: days.lowerBound.shortWords, x: Self.left, y: Self.bottom + 22)
        svg.add(
            text: days.upperBound.shortWords, x: Self.right, y: Self.bottom + 22, anchor: "end")
        let span = days.upperBound.daysSinceEpoch - days.lowerBound.daysSinceEpoch
        guard span >= 2 else { return }
        let middle = days.lowerBound.adding(days: span / 2)
        svg.add(
            text: middle.shortWords, x: x(middle, days), y: Self.bottom + 22, anchor: "middle")
    }

    private func add(
        _ track: PlotTrack, _ index: Int, _ scale: PlotScale?, _ days: ClosedRange<CivilDate>,
        to svg: inout SVGDocument
    ) {
        var before: PlotMark?
        for mark in track.marks {
            let x = x(mark.day, days)
            guard let scale, let low = mark.low, let high = mark.high else {
                svg.add(text: "no number", x: x, y: Self.bottom - 6, anchor: "middle", size: 12)
                before = nil
                continue
            }
            if let before, let last = before.high, isJoined(before, mark) {
                svg.addLine(
                    self.x(before.day, days), y(last, scale), x, y(high, scale), width: 2,
                    dashes: SVGMark.dashes(index))
            }
            if low < high {
                svg.addLine(x, y(high, scale), x, y(low, scale), width: 2)
                SVGMark(index).add(to: &svg, x: x, y: y(low, scale), isHollow: mark.isInDoubt)
            }
            SVGMark(index).add(to: &svg, x: x, y: y(high, scale), isHollow: mark.isInDoubt)
            if mark.isInDoubt { svg.add(text: "?", x: x + 10, y: y(high, scale) - 8) }
            before = mark
        }
    }

    /// Only single numbers that nobody doubts are joined, and only where they lie near enough.
    private func isJoined(_ one: PlotMark, _ other: PlotMark) -> Bool {
        guard let most = plot.joinedDays, !one.isInDoubt, !other.isInDoubt, one.low == one.high,
            other.low == other.high
        else { return false }
        let apart = other.day.daysSinceEpoch - one.day.daysSinceEpoch
        return apart > 0 && apart <= most
    }

    /// The names of the tracks, in as many rows as they need.
    private func addLegend(to svg: inout SVGDocument) {
        var (x, y) = (Self.left, Self.bottom + 46)
        for (index, track) in plot.tracks.enumerated() where !track.marks.isEmpty {
            let width = 30 + 8 * min(track.name.count, 80)
            if x > Self.left, x + width > Self.right { (x, y) = (Self.left, y + 22) }
            guard y < SVGDocument.height - 20 else { break }
            SVGMark(index).add(to: &svg, x: x + 6, y: y - 5, isHollow: false)
            svg.add(text: track.name, x: x + 18, y: y)
            x += width
        }
        if plot.tracks.flatMap(\.marks).contains(where: \.isInDoubt) {
            svg.add(text: "? waits for an answer", x: Self.left, y: SVGDocument.height - 8)
        }
    }
}

/// The shape of one track's points.
struct SVGMark {
    private let index: Int

    init(_ index: Int) { self.index = index }

    static func dashes(_ index: Int) -> String? {
        [nil, "6 3", "2 3", "10 3 2 3"][index % 4]
    }

    func add(to svg: inout SVGDocument, x: Int, y: Int, isHollow: Bool) {
        let look = [
            ("fill", isHollow ? SVGDocument.paper : SVGDocument.ink),
            ("stroke", SVGDocument.ink), ("stroke-width", "2"),
        ]
        switch index % 4 {
        case 0: svg.add("circle", [("cx", "\(x)"), ("cy", "\(y)"), ("r", "5")] + look)
        case 1:
            let place = [("x", "\(x - 5)"), ("y", "\(y - 5)"), ("width", "10"), ("height", "10")]
            svg.add("rect", place + look)
        case 2:
            svg.add("path", [("d", "M\(x - 6) \(y + 5)L\(x) \(y - 6)L\(x + 6) \(y + 5)Z")] + look)
        default:
            let corners = "M\(x - 7) \(y)L\(x) \(y - 7)L\(x + 7) \(y)L\(x) \(y + 7)Z"
            svg.add("path", [("d", corners)] + look)
        }
    }
}
