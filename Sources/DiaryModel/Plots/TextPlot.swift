/// A picture of points for a terminal, and after it the same as a list of words.
///
/// The picture has no colour and joins nothing, so a gap is a gap. A screen reader can pass over it: its
/// first line says how many points there are and that a list follows.
public struct TextPlot: Sendable {
    private let plot: Plot
    private let style: TextPlotStyle
    private let width: Int
    private let height: Int

    /// - Parameters:
    ///   - width: characters of a line, at least 40.
    ///   - height: lines of the picture itself, at least 5.
    public init(
        _ plot: Plot, style: TextPlotStyle = .ascii, width: Int = 80, height: Int = 15
    ) {
        self.plot = plot
        self.style = style
        self.width = min(max(width, 40), 400)
        self.height = min(max(height, 5), 100)
    }

    /// All lines, none longer than the width, none ending in spaces.
    public var lines: [String] {
        let picture = self.picture
        var lines = PlotText(heading).lines(width: width)
        lines += picture
        if !picture.isEmpty {
            lines += legend.flatMap { PlotText($0).lines(width: width, indent: 2) }
        }
        lines += plot.notes.flatMap { PlotText($0).lines(width: width) }
        lines += list
        return lines.map(\.withoutTrailingSpaces)
    }

    /// The list alone.
    public var list: [String] {
        plot.list.flatMap { PlotText("- \($0)").lines(width: width, indent: 2) }
    }

    private var count: Int { plot.tracks.reduce(0) { $0 + $1.marks.count } }

    private var heading: String {
        let caption = plot.unit.caption.isEmpty ? "" : ", \(plot.unit.caption)"
        let points = count == 1 ? "1 point" : "\(count) points"
        return count == 0
            ? "\(plot.title)\(caption). Nothing is recorded."
            : "\(plot.title)\(caption). \(points); a list follows the picture."
    }

    private var legend: [String] {
        var legend = zip(plot.tracks, plot.tracks.indices).filter { !$0.0.marks.isEmpty }
            .map { track, index in "\(mark(index)) = \(track.name)" }
        let marks = plot.tracks.flatMap(\.marks)
        if marks.contains(where: \.isInDoubt) {
            legend.append("\(style.doubt) = waits for an answer")
        }
        if marks.contains(where: { $0.low != $0.high }) { legend.append("\(style.range) = range") }
        if marks.contains(where: { $0.low == nil }) {
            legend.append("\(style.noNumber) = no number")
        }
        let isShared = cells.contains { $0.contains(style.several) }
        if isShared { legend.append("\(style.several) = several in one place") }
        var lines = [legend.joined(separator: "; ")]
        lines += plot.lines.map { line in
            let number = MeasureNumber(line.number, plot.unit)
            return "\(String(repeating: style.level, count: 3)) \(line.name): \(number)"
        }
        return lines
    }

    private func mark(_ track: Int) -> Character { style.marks[track % style.marks.count] }

    private var scale: PlotScale? {
        plot.extremes.map { numbers in
            // No nearer than every second line, so that each tick has a line of its own.
            PlotScale(
                holding: numbers, least: plot.unit.leastTick,
                mostTicks: min(6, (height - 1) / 2 + 1))
        }
    }

    private func label(_ tick: Int64) -> String { MeasureNumber(tick, plot.unit).digits }

    private var labelWidth: Int {
        min(20, scale?.ticks.map { label($0).count }.max() ?? 0)
    }

    private var columns: Int { width - labelWidth - 2 }

    /// The characters of the picture without its axes.
    private var cells: [[Character]] {
        var cells = [[Character]](
            repeating: [Character](repeating: " ", count: columns), count: height)
        guard let days = plot.days, let scale else { return cells }
        func row(_ number: Int64) -> Int { height - 1 - scale.place(number, steps: height - 1) }
        for line in plot.lines {
            cells[row(line.number)] = [Character](repeating: style.level, count: columns)
        }
        for (index, track) in plot.tracks.enumerated() {
            for mark in track.marks {
                guard let low = mark.low, let high = mark.high else { continue }
                let column = self.column(mark.day, in: days)
                let (top, bottom) = (row(high), row(low))
                for between in top...bottom where between != top && between != bottom {
                    if cells[between][column] == " " { cells[between][column] = style.range }
                }
                let own = mark.isInDoubt ? style.doubt : self.mark(index)
                for end in Set([top, bottom]) {
                    let there = cells[end][column]
                    let isFree = there == " " || there == style.level || there == style.range
                    cells[end][column] = isFree || there == own ? own : style.several
                }
            }
        }
        return cells
    }

    private func column(_ day: CivilDate, in days: ClosedRange<CivilDate>) -> Int {
        PlotScale.place(
            Int64(day.daysSinceEpoch), from: Int64(days.lowerBound.daysSinceEpoch),
            to: Int64(days.upperBound.daysSinceEpoch), steps: columns - 1)
    }

    private var picture: [String] {
        guard let days = plot.days, count > 0 else { return [] }
        var lines: [String] = []
        if let scale {
            var labels: [Int: String] = [:]
            for tick in scale.ticks {
                labels[height - 1 - scale.place(tick, steps: height - 1)] = label(tick)
            }
            for (row, cells) in cells.enumerated() {
                let label = labels[row] ?? ""
                let axis = labels[row] == nil ? style.upright : style.tick
                lines.append("\(label.leftPadded(to: labelWidth)) \(axis)\(String(cells))")
            }
        }
        lines += wordless(days)
        let margin = String(repeating: " ", count: labelWidth + 1)
        lines.append("\(margin)\(style.corner)\(String(repeating: style.ground, count: columns))")
        if let dates = dates(days) {
            lines.append("\(margin) \(dates)")
        } else {
            lines.append("\(days.lowerBound.shortWords) to \(days.upperBound.shortWords)")
        }
        return lines
    }

    /// The days without a number, in a row of their own under the numbers.
    private func wordless(_ days: ClosedRange<CivilDate>) -> [String] {
        let marks = plot.tracks.flatMap(\.marks).filter { $0.low == nil }
        guard !marks.isEmpty else { return [] }
        var row = [Character](repeating: " ", count: columns)
        for mark in marks {
            row[column(mark.day, in: days)] = mark.isInDoubt ? style.doubt : style.noNumber
        }
        let margin = String(repeating: " ", count: labelWidth + 1)
        return ["\(margin)\(style.upright)\(String(row))"]
    }

    /// The first and the last day under their columns, and the middle one where there is room; nil where
    /// there is not even room for two.
    private func dates(_ days: ClosedRange<CivilDate>) -> String? {
        let (first, last) = (days.lowerBound.shortWords, days.upperBound.shortWords)
        guard days.lowerBound < days.upperBound else { return first }
        guard first.count + last.count < columns else { return nil }
        let span = days.upperBound.daysSinceEpoch - days.lowerBound.daysSinceEpoch
        let middleDay = days.lowerBound.adding(days: span / 2)
        let middle = middleDay.shortWords
        let start = max(0, column(middleDay, in: days) - middle.count / 2)
        var text = first
        if span >= 2, start >= first.count + 3, start + middle.count + 3 <= columns - last.count {
            text = text.rightPadded(to: start) + middle
        }
        return text.rightPadded(to: columns - last.count) + last
    }
}

extension String {
    func leftPadded(to width: Int) -> String {
        String(repeating: " ", count: Swift.max(0, width - count)) + self
    }

    func rightPadded(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - count))
    }

    var withoutTrailingSpaces: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
