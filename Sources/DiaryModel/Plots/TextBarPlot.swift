/// Bars for a terminal: a line for each period, with its numbers beside it.
///
/// What is certain is filled, what may be is question marks, and the plan is an upright stroke. The same
/// follows as a list of words.
public struct TextBarPlot: Sendable {
    private let plot: BarPlot
    private let style: TextPlotStyle
    private let width: Int

    public init(_ plot: BarPlot, style: TextPlotStyle = .ascii, width: Int = 80) {
        self.plot = plot
        self.style = style
        self.width = min(max(width, 40), 400)
    }

    /// All lines, none longer than the width, none ending in spaces.
    public var lines: [String] {
        var lines = PlotText(heading).lines(width: width)
        if !plot.bars.isEmpty {
            lines += picture
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

    private var heading: String {
        let caption = plot.unit.caption.isEmpty ? "" : ", \(plot.unit.caption)"
        return plot.bars.isEmpty
            ? "\(plot.title)\(caption). Nothing is recorded."
            : "\(plot.title)\(caption). A list follows the picture."
    }

    private static let dayWidth = 11
    private static let numberWidth = 14

    private var columns: Int { width - Self.dayWidth - Self.numberWidth - 4 }

    private var picture: [String] {
        let scale = plot.scale
        return plot.bars.map { bar in
            var cells = [Character](repeating: " ", count: columns + 1)
            if let amount = bar.amount.extremes {
                let (low, high) = (
                    scale.place(amount.low, steps: columns),
                    scale.place(amount.high, steps: columns)
                )
                for index in 0..<high { cells[index] = index < low ? style.full : style.perhaps }
            } else {
                let word = Array("not yet received")
                for (index, character) in word.enumerated() where index + 1 < cells.count {
                    cells[index + 1] = character
                }
            }
            if let plan = bar.plan {
                cells[scale.place(plan.rounded, steps: columns)] = style.upright
            }
            let day = bar.day.shortWords.leftPadded(to: Self.dayWidth)
            return "\(day) \(style.upright)\(String(cells)) \(number(bar))"
        }
    }

    /// The number beside the bar; the list has it in words.
    private func number(_ bar: BarPlot.Bar) -> String {
        guard let amount = bar.amount.extremes else { return "" }
        let (low, high) = (
            MeasureNumber(amount.low, plot.unit), MeasureNumber(amount.high, plot.unit)
        )
        let text = amount.low == amount.high ? "\(high)" : "\(low.digits)-\(high)"
        // A number that is cut would be another number.
        return text.count <= Self.numberWidth ? text : "see the list"
    }

    private var legend: [String] {
        var legend = ["\(style.full) = certain"]
        if plot.bars.contains(where: { $0.amount.extremes.map { $0.low < $0.high } ?? false }) {
            legend.append("\(style.perhaps) = waits for an answer")
        }
        if plot.bars.contains(where: { $0.plan != nil }) {
            legend.append("\(style.upright) = \(plot.planName)")
        }
        return [legend.joined(separator: "; ")]
    }
}
