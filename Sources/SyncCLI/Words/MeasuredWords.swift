import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// What was measured: the last of each measure with its change, and single measures with all values.
extension DeskWords {
    /// The last of every measure, against the first and against the one before.
    func measured(for name: String) throws -> Reply {
        let (measurements, handles) = try desk.read("list") {
            (try $0.measurements(), try $0.handles())
        }
        let series = measurements.series
        var reply = Reply(json: ["for": .string(name)])
        reply.json["measures"] = .array(series.map { Self.deltas(of: $0).json })
        guard !series.isEmpty else {
            reply.say("\(name). No measurement yet.   diary measure grip_l 54.1  records one.")
            return reply
        }
        let count = series.count == 1 ? "1 measure" : "\(series.count) measures"
        reply.say("\(name). \(count), the last of each:")
        for one in series { reply.lines += Self.lines(of: Self.deltas(of: one), handles) }
        reply.lines += Self.swapped(measurements)
        reply.lines += Self.leftOut(measurements)
        reply.say("diary measure show NAME --plot  shows all of one;  diary measure list  all.")
        return reply
    }

    /// The latest day against the first and against the day before it.
    private static func deltas(of series: MeasureSeries) -> MeasureDeltas {
        MeasureDeltas(series, lastVisit: series.days.dropLast().last?.day)
    }

    private static func lines(of deltas: MeasureDeltas, _ handles: HandleBook) -> [String] {
        let points = deltas.latest?.points ?? []
        let last = points.map { point in
            "\(handles.handle(of: point.entry))  \(point.measure.words), \(point.datedWords)"
        }
        return last.flatMap { fitted($0, indent: 6) } + changes(deltas)
    }

    /// Both changes, or the one that there is: of two days it is the same.
    private static func changes(_ deltas: MeasureDeltas) -> [String] {
        var changes = [deltas.sinceBaseline, deltas.sinceLastVisit].compactMap(\.self)
        if changes.count == 2, changes[0] == changes[1] { changes.removeLast() }
        return changes.flatMap { fitted("      \($0.words)") }
    }

    /// A line for each day on which the hands look swapped (C22).
    private static func swapped(_ measurements: Measurements) -> [String] {
        measurements.swappedSides.flatMap { day in
            let numbers = day.points.map { point in
                "\(point.measure.shortWords) \(point.number.map { "\($0)" } ?? "not possible")"
            }
            return fitted(
                "\(day.day.longWords): the sides look swapped: \(numbers.joined(separator: ", ")).")
        }
    }

    private static func leftOut(_ measurements: Measurements) -> [String] {
        let silent = measurements.withoutNumber.count
        let odd = measurements.notUnderstood.count
        return [
            silent > 0 ? "\(silent) without a number: not known, or not said." : nil,
            odd > 0 ? "\(odd) that this version cannot read." : nil,
        ].compactMap(\.self)
    }

    /// A line broken where the terminal ends.
    static func fitted(_ line: String, indent: Int = 2) -> [String] {
        line.wrapped(columns: Terminal.current.width, indent: indent)
    }

    // MARK: single measures

    /// All values of some measures, as a list with handles or as pictures.
    func measured(
        _ groups: [MeasurePictures], days: ClosedRange<CivilDate>?, asPicture: Bool, isAll: Bool,
        for name: String
    ) throws -> (reply: Reply, pictures: [(name: String, picture: Picture)]) {
        let (measurements, handles, target) = try desk.read("list") { reading in
            (
                try reading.measurements(), try reading.handles(),
                try CareRecord.targetIgg(in: reading, on: desk.today)
            )
        }
        let starts = try infusionStarts(groups)
        var reply = Reply(json: ["for": .string(name)])
        var pictures: [(name: String, picture: Picture)] = []
        var json: [JSONValue] = []
        for group in groups {
            let found = group.pictures(
                of: measurements, window: days, targetIggMilligramsPerLitre: target)
            pictures += found
            let series = group.measures.flatMap { measurements.series(of: $0) }
                .compactMap { series in days.map { series.inside($0) } ?? series }
                .filter { !$0.points.isEmpty }
            json += series.map(Self.json)
            if asPicture {
                for one in found {
                    reply.lines += one.picture.lines(.ofTerminal, width: Terminal.current.width)
                }
            }
            for one in series {
                let title =
                    "\(name). \(Self.title(one)): \(one.points.count) "
                    + (one.points.count == 1 ? "value." : "values.")
                reply.lines += Self.fitted(
                    [title, one.measure.row.meaningWords]
                        .compactMap(\.self).joined(separator: " "))
                if !asPicture {
                    reply.lines += one.points.flatMap { point in
                        let trough = point.trough(starts: starts).map { ", \($0.words)" } ?? ""
                        return Self.fitted(
                            "\(handles.handle(of: point.entry))  \(point.datedWords)\(trough)",
                            indent: 6)
                    }
                }
                reply.lines += Self.changes(Self.deltas(of: one))
            }
            if series.isEmpty, !isAll {
                let what = group.measures.map(\.words).joined(separator: ", ")
                reply.lines += Self.fitted(
                    "\(name). \(what): nothing is recorded\(days == nil ? "" : " in these days").")
            }
        }
        if groups.contains(where: { $0.measures.contains { $0.row.side != nil } }) {
            reply.lines += Self.swapped(measurements)
        }
        if reply.lines.isEmpty { reply.say("\(name). Nothing is recorded of that.") }
        reply.json["series"] = .array(json)
        return (reply, pictures)
    }

    private static func title(_ series: MeasureSeries) -> String {
        series.measure.words.prefix(1).uppercased() + series.measure.words.dropFirst()
    }

    /// When infusions began, where a blood sample is held against it.
    private func infusionStarts(_ groups: [MeasurePictures]) throws -> [EntryID: Moment] {
        guard groups.contains(where: { $0.measures.contains(.iggTrough) }) else { return [:] }
        let record = try desk.read("list") { try CareRecord($0) }
        return InfusionTimes(record.infusions, zone: desk.zone).starts
    }

    private static func json(_ series: MeasureSeries) -> JSONValue {
        [
            "axis": series.axis.json, "measure": .string(series.measure.rawValue),
            "points": .array(series.points.map(\.json)),
            "sinceBefore": deltas(of: series).sinceLastVisit.map(\.json) ?? .null,
            "sinceFirst": deltas(of: series).sinceBaseline.map(\.json) ?? .null,
        ]
    }

    /// Grams of one period after another against the plan.
    func grams(
        _ days: ClosedRange<CivilDate>, asPicture: Bool, for name: String
    ) throws -> (reply: Reply, picture: Picture) {
        let record = try desk.read("list") { try CareRecord($0, since: days.lowerBound) }
        let window = DayWindow(from: days.lowerBound, until: days.upperBound.adding(days: 1))
        let grams = GramsByPeriod(
            in: window, record.plans, InfusionLedger(record.infusions, zone: desk.zone),
            receivedUntil: desk.today.adding(days: 1))
        let picture = Picture.bars(grams.plot)
        var reply = Reply(json: ["for": .string(name)])
        reply.json["periods"] = .array(grams.periods.map(\.json))
        reply.json["periodDays"] = .integer(Int64(grams.periodDays))
        reply.say("\(name). \(grams.plot.title), by this device's diary.")
        reply.lines +=
            asPicture
            ? picture.lines(.ofTerminal, width: Terminal.current.width)
            : TextBarPlot(grams.plot, width: Terminal.current.width).list
        return (reply, picture)
    }
}

extension TextPlotStyle {
    /// The characters that this terminal can be expected to have.
    static var ofTerminal: TextPlotStyle { Terminal.current.hasUnicode ? .unicode : .ascii }
}
