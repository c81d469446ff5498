extension DoseBesideMeasures {
    /// A table of at most so many characters a line; measures that find no room are named under it.
    ///
    /// - Parameter columns: characters of a line.
    public func lines(columns: Int = 80) -> [String] {
        guard !rows.isEmpty else { return [] }
        var table: [[String]] = [
            ["\(grams.periodWords.capitalisedFirst) from"]
                + rows.map { Self.day($0.period.window.from) },
            ["grams"] + rows.map { Self.words($0.period) },
        ]
        var left: [String] = []
        for (index, series) in series.enumerated() {
            let column = [Self.heading(series)] + rows.map { Self.words($0.points[index], series) }
            if Self.width(table + [column]) <= columns {
                table.append(column)
            } else {
                left.append(series.measure.words)
            }
        }
        let open = rows.contains {
            $0.period.daysNotReceived > 0 && $0.period.amount != .notReceived
        }
        let legend = open ? ["... = not over, or not all received."] : []
        let rest = left.isEmpty ? [] : ["Also measured: \(left.joined(separator: ", "))."]
        return Self.lines(of: table) + (legend + rest).flatMap { $0.wrapped(columns: columns) }
    }

    private static func day(_ day: CivilDate) -> String {
        "\(day.weekday.name.prefix(3)) \(day.shortWords)"
    }

    /// "32.0 of 32.0", "32.0-64.0 of 32.0", "not received".
    private static func words(_ period: GramsByPeriod.Period) -> String {
        guard period.amount != .notReceived else { return "not received" }
        let given = String(period.given.description.dropLast(2))
        let plan = period.prescribed.milligrams
            .flatMap { $0.divided(by: Fraction(1000)) }.map { " of \($0.decimals(1))" }
        return given + (plan ?? "") + (period.daysNotReceived > 0 ? " ..." : "")
    }

    private static func heading(_ series: MeasureSeries) -> String {
        let unit = series.axis.unit.symbol
        let name = series.measure.shortWords
        return unit.isEmpty || unit == "points" || unit == "days" ? name : "\(name) \(unit)"
    }

    /// "54.1", "52.0-54.1", "54.1?" where something waits for a person.
    private static func words(_ points: [MeasurePoint], _ series: MeasureSeries) -> String {
        var parts: [String] = []
        if let numbers = Extremes(points.compactMap(\.number?.wire)) {
            let low = MeasureNumber(numbers.low, series.axis.unit).digits
            let high = MeasureNumber(numbers.high, series.axis.unit).digits
            parts.append(low == high ? low : "\(low)-\(high)")
        }
        if points.contains(where: { $0.number == nil }) { parts.append("unable") }
        let doubt = points.contains(where: \.isInDoubt) ? "?" : ""
        return parts.joined(separator: ", ") + doubt
    }

    private static let gap = 2

    private static func width(_ table: [[String]]) -> Int {
        table.reduce(-gap) { $0 + gap + ($1.map(\.count).max() ?? 0) }
    }

    private static func lines(of table: [[String]]) -> [String] {
        let widths = table.map { $0.map(\.count).max() ?? 0 }
        return (table.first ?? []).indices.map { row in
            zip(table, widths).map { column, width in column[row].rightPadded(to: width + gap) }
                .joined().withoutTrailingSpaces
        }
    }
}

extension String {
    fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
