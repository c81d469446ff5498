extension Plot {
    /// A picture for each axis that these series have: kPa, kg and lbf never share one.
    ///
    /// - Parameter levels: a level for an axis, such as the plan's target.
    public static func pictures(
        of series: [MeasureSeries], window: ClosedRange<CivilDate>? = nil, joinedDays: Int? = nil,
        levels: [MeasureAxis: [PlotLine]] = [:]
    ) -> [Plot] {
        var axes: [MeasureAxis] = []
        for one in series where !axes.contains(one.axis) { axes.append(one.axis) }
        return axes.map { axis in
            let together = series.filter { $0.axis == axis }
            return Plot(
                title: title(of: together, axis), unit: axis.unit,
                tracks: together.flatMap { tracks(of: $0, isAlone: together.count == 1) },
                lines: levels[axis] ?? [], notes: notes(of: together), window: window,
                joinedDays: joinedDays)
        }
    }

    private static func title(of series: [MeasureSeries], _ axis: MeasureAxis) -> String {
        let names = series.map(\.measure.words)
        let instrument = axis.instrument.map { " (\($0))" } ?? ""
        let title = names.joined(separator: " and ") + instrument
        return title.prefix(1).uppercased() + title.dropFirst()
    }

    /// A track for each source, so that home and clinic are told apart.
    private static func tracks(of series: MeasureSeries, isAlone: Bool) -> [PlotTrack] {
        let sources: [MeasureSource?] = [.home, .clinic, nil]
        let used = sources.filter { source in series.points.contains { $0.source == source } }
        return used.map { source in
            let place = used.count > 1 ? source.map { $0.words } ?? "source not said" : nil
            let name = [isAlone && place != nil ? nil : series.measure.words, place]
                .compactMap(\.self).joined(separator: ", ")
            return PlotTrack(
                name: name,
                marks: series.points.filter { $0.source == source }.map { point in
                    guard let number = point.number else {
                        return PlotMark(
                            noNumberOn: point.day, isInDoubt: point.isInDoubt,
                            words: point.datedWords)
                    }
                    return PlotMark(
                        point.day, number.wire, isInDoubt: point.isInDoubt, words: point.datedWords)
                })
        }
    }

    private static func notes(of series: [MeasureSeries]) -> [String] {
        let isRaw = series.contains { $0.axis.quantity == .irodsRaw }
        return isRaw ? ["Raw scores are not compared with each other."] : []
    }
}
