/// Bars for a page: what is certain is filled, what may be is an empty box with a dashed edge, the plan is a
/// thick stroke across.
public struct SVGBarPlot: Sendable {
    private let plot: BarPlot
    private let id: String

    /// - Parameter id: a name that no other picture on the page has.
    public init(_ plot: BarPlot, id: String) {
        self.plot = plot
        self.id = id
    }

    private static let (left, right, top, bottom) = (80, 780, 60, 320)

    /// The SVG text.
    public var text: String {
        var svg = SVGDocument()
        let caption = plot.unit.caption
        svg.add(
            text: caption.isEmpty ? plot.title : "\(plot.title), \(caption)", x: Self.left, y: 30,
            size: 18)
        if plot.bars.isEmpty {
            svg.add(text: "Nothing is recorded.", x: Self.left, y: 180)
        } else {
            let scale = plot.scale
            addAxis(scale, to: &svg)
            for index in plot.bars.indices { add(index, scale, to: &svg) }
            addLegend(to: &svg)
        }
        return svg.text(title: plot.title, description: description, id: id)
    }

    private var description: String {
        let list = plot.list.map { "\($0)." }
        let shown = list.prefix(Self.mostInDescription)
        let rest = list.count > shown.count ? ["\(list.count - shown.count) more in the list."] : []
        let none = list.isEmpty ? ["Nothing is recorded."] : []
        return (plot.notes + none + shown + rest).joined(separator: " ")
    }

    private static let mostInDescription = 100

    private func y(_ number: Int64, _ scale: PlotScale) -> Int {
        Self.bottom - scale.place(number, steps: Self.bottom - Self.top)
    }

    private func addAxis(_ scale: PlotScale, to svg: inout SVGDocument) {
        svg.addLine(Self.left, Self.top, Self.left, Self.bottom)
        svg.addLine(Self.left, Self.bottom, Self.right, Self.bottom)
        for tick in scale.ticks {
            let y = y(tick, scale)
            svg.addLine(Self.left - 6, y, Self.left, y)
            svg.add(
                text: MeasureNumber(tick, plot.unit).digits, x: Self.left - 10, y: y + 5,
                anchor: "end")
        }
    }

    /// The left edge of a bar's place, and of the one after the last.
    private func edge(_ index: Int) -> Int {
        Self.left
            + PlotScale.place(
                Int64(index), from: 0, to: Int64(plot.bars.count), steps: Self.right - Self.left)
    }

    private func add(_ index: Int, _ scale: PlotScale, to svg: inout SVGDocument) {
        let bar = plot.bars[index]
        let (from, to) = (edge(index), edge(index + 1))
        let inset = min(4, (to - from) / 4)
        let (x, width) = (from + inset, max(1, to - from - 2 * inset))
        if let amount = bar.amount.extremes {
            let (low, high) = (y(amount.low, scale), y(amount.high, scale))
            addBox(x, low, width, Self.bottom - low, isCertain: true, to: &svg)
            addBox(x, high, width, low - high, isCertain: false, to: &svg)
            let isDoubtful =
                if case .known = bar.amount { amount.low < amount.high } else { true }
            if isDoubtful, width >= 8 {
                svg.add(text: "?", x: x + width / 2, y: high - 5, anchor: "middle")
            }
        } else if width >= 8 {
            svg.add(text: "?", x: x + width / 2, y: Self.bottom - 6, anchor: "middle")
        }
        if let plan = bar.plan {
            let level = y(plan.rounded, scale)
            svg.addLine(from, level, to, level, width: 3, dashes: "6 3")
        }
        if index % labelEvery == 0 { addLabel(bar, index, to: &svg) }
    }

    /// The day under a bar; of one that has no room to its right it ends where the axis does, and of one
    /// that would then reach into the label before it stands there not at all.
    private func addLabel(_ bar: BarPlot.Bar, _ index: Int, to svg: inout SVGDocument) {
        let x = edge(index)
        let isLast = x + Self.labelWidth > SVGDocument.width
        let before = index >= labelEvery ? edge(index - labelEvery) + Self.labelWidth : 0
        guard !isLast || before < Self.right - Self.labelWidth else { return }
        svg.add(
            text: bar.day.shortWords, x: isLast ? Self.right : x, y: Self.bottom + 22,
            anchor: isLast ? "end" : "start", size: 12)
    }

    private static let labelWidth = 85

    /// Labels need some 90 units each.
    private var labelEvery: Int { max(1, (plot.bars.count + 6) / 7) }

    private func addBox(
        _ x: Int, _ y: Int, _ width: Int, _ height: Int, isCertain: Bool, to svg: inout SVGDocument
    ) {
        guard height > 0 else { return }
        var attributes = [
            ("x", "\(x)"), ("y", "\(y)"), ("width", "\(width)"), ("height", "\(height)"),
            ("fill", isCertain ? "#5a5a5a" : SVGDocument.paper), ("stroke", SVGDocument.ink),
        ]
        if !isCertain { attributes.append(("stroke-dasharray", "3 3")) }
        svg.add("rect", attributes)
    }

    private func addLegend(to svg: inout SVGDocument) {
        addBox(Self.left, 360, 12, 12, isCertain: true, to: &svg)
        svg.add(text: "certain", x: Self.left + 18, y: 371)
        addBox(Self.left + 120, 360, 12, 12, isCertain: false, to: &svg)
        svg.add(text: "? not certain, or not all received", x: Self.left + 138, y: 371)
        guard plot.bars.contains(where: { $0.plan != nil }) else { return }
        svg.addLine(Self.left + 440, 366, Self.left + 470, 366, width: 3, dashes: "6 3")
        svg.add(text: plot.planName, x: Self.left + 478, y: 371)
    }
}
