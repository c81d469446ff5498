public import DiaryModel

/// A picture, whatever is drawn in it.
public enum Picture: Sendable {
    case points(Plot)
    case bars(BarPlot)

    /// As SVG; `id` is a name that no other picture of a page has.
    public func svg(id: String) -> String {
        switch self {
        case .points(let plot): SVGPlot(plot, id: id).text
        case .bars(let plot): SVGBarPlot(plot, id: id).text
        }
    }

    /// As lines of text, none longer than `width`, a list of all that is drawn at the end.
    public func lines(_ style: TextPlotStyle, width: Int) -> [String] {
        switch self {
        case .points(let plot): TextPlot(plot, style: style, width: width).lines
        case .bars(let plot): TextBarPlot(plot, style: style, width: width).lines
        }
    }
}

/// Which measures people look at in one picture, and what such a picture is called.
public struct MeasurePictures: Sendable {
    public let name: String
    public let measures: [MeasureCode]

    /// Both hands together; every other measure alone.
    public static let groups: [MeasurePictures] =
        [
            MeasurePictures(name: "grip", measures: [.gripLeft, .gripRight]),
            MeasurePictures(name: "grip_force", measures: [.gripForceLeft, .gripForceRight]),
        ]
        + MeasureCode.allCases.filter { $0.row.side == nil }
        .map { MeasurePictures(name: $0.rawValue, measures: [$0]) }

    /// What somebody means by `grip`, `grip_l`, `incat`; nil where nothing is called so.
    public init?(named typed: String) {
        if let group = Self.groups.first(where: { $0.name == typed }) {
            self = group
        } else if let measure = MeasureCode(rawValue: typed) {
            self.init(name: typed, measures: [measure])
        } else {
            return nil
        }
    }

    private init(name: String, measures: [MeasureCode]) {
        self.name = name
        self.measures = measures
    }

    /// Everything that can be named so.
    public static var names: [String] { groups.map(\.name) }

    /// A picture for each axis; what lies more than four months apart is not joined.
    public func pictures(
        of measurements: Measurements, window: ClosedRange<CivilDate>? = nil,
        targetIggMilligramsPerLitre target: Int64? = nil
    ) -> [(name: String, picture: Picture)] {
        let series = measures.flatMap { measurements.series(of: $0) }.compactMap { series in
            window.map { series.inside($0) } ?? series
        }.filter { !$0.points.isEmpty }
        let igg = MeasureAxis(.igg, .gramsPerLitre)
        let levels = target.map { [igg: [PlotLine("plan's target", at: $0)]] } ?? [:]
        let plots = Plot.pictures(of: series, window: window, joinedDays: 125, levels: levels)
        return plots.enumerated().map { index, plot in
            (index == 0 ? name : "\(name)-\(index + 1)", .points(plot))
        }
    }
}
