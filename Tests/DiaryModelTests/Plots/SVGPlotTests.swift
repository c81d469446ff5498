import DiaryModel
import SyncCore
import Testing

/// A strict reader of the little XML that the pictures are made of: names, attributes, text, nesting.
private struct XMLReader {
    struct Malformed: Error { let at: Int }

    private let bytes: [UInt8]
    private var index = 0
    private(set) var names: [String] = []
    private(set) var texts: [String] = []
    private(set) var attributes: [String: [String]] = [:]

    init(_ text: String) throws {
        bytes = Array(text.utf8)
        var open: [String] = []
        while index < bytes.count {
            if peek("</") {
                index += 2
                let name = try readName()
                guard open.popLast() == name else { throw Malformed(at: index) }
                try expect(">")
            } else if peek("<") {
                index += 1
                let name = try readName()
                names.append(name)
                while peek(" ") {
                    index += 1
                    let attribute = try readName()
                    try expect("=\"")
                    attributes[attribute, default: []].append(
                        try readText(until: UInt8(ascii: "\"")))
                    try expect("\"")
                }
                if peek("/>") {
                    index += 2
                } else {
                    try expect(">")
                    open.append(name)
                }
            } else {
                let text = try readText(until: UInt8(ascii: "<"))
                if text != "\n" { texts.append(text) }
                if open.isEmpty, text != "\n" { throw Malformed(at: index) }
            }
        }
        guard open.isEmpty else { throw Malformed(at: index) }
    }

    private func peek(_ text: String) -> Bool {
        bytes.dropFirst(index).starts(with: text.utf8)
    }

    private mutating func expect(_ text: String) throws {
        guard peek(text) else { throw Malformed(at: index) }
        index += text.utf8.count
    }

    private mutating func readName() throws -> String {
        let start = index
        while index < bytes.count,
            (0x61...0x7A).contains(bytes[index] | 0x20) || (0x30...0x39).contains(bytes[index])
                || bytes[index] == 0x2D
        {
            index += 1
        }
        guard index > start else { throw Malformed(at: index) }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func readText(until end: UInt8) throws -> String {
        var text: [UInt8] = []
        let entities = ["&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'"]
        while index < bytes.count, bytes[index] != end {
            if bytes[index] == UInt8(ascii: "&") {
                guard let entity = entities.first(where: { peek($0.key) }) else {
                    throw Malformed(at: index)
                }
                text += Array(entity.value.utf8)
                index += entity.key.utf8.count
            } else if bytes[index] == UInt8(ascii: "<") || bytes[index] == UInt8(ascii: ">") {
                throw Malformed(at: index)
            } else {
                text.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

@Suite struct SVGPlotTests {
    private let hostile = "Grip <b>\"L\" & 'R'</b>\u{0}]]>"

    private var plot: Plot {
        Plot(
            title: hostile, unit: .kilopascals,
            tracks: [
                PlotTrack(
                    name: "left & <right>",
                    marks: [
                        PlotMark(day("2026-01-05"), 40_000, words: "40.0 kPa"),
                        PlotMark(day("2026-01-12"), 38_000, words: "38.0 kPa"),
                        PlotMark(day("2026-03-12"), 30_000, words: "30.0 kPa"),
                        PlotMark(
                            day("2026-03-19"), from: 25_000, to: 35_000, words: "25.0 or 35.0 kPa"),
                        PlotMark(noNumberOn: day("2026-03-26"), words: "not possible"),
                    ])
            ], lines: [PlotLine("level", at: 32_000)], joinedDays: 14)
    }

    private var bars: BarPlot {
        BarPlot(
            title: hostile, unit: .grams,
            bars: [
                .init(day("2026-01-05"), .known(low: 32_000, high: 64_000), plan: .init(32_000)),
                .init(day("2026-01-12"), .notReceived, plan: .init(32_000)),
            ])
    }

    @Test func `a picture is well-formed XML, its text escaped`() throws {
        for text in [SVGPlot(plot, id: "grip").text, SVGBarPlot(bars, id: "weeks").text] {
            let read = try XMLReader(text)
            #expect(read.names.first == "svg")
            #expect(read.texts.first == "Grip <b>\"L\" & 'R'</b>\u{FFFD}]]>")
        }
    }

    @Test func `title and description come first and say every point`() throws {
        let read = try XMLReader(SVGPlot(plot, id: "grip").text)
        #expect(read.names.prefix(3) == ["svg", "title", "desc"])
        #expect(
            read.texts[1]
                == "level: 32.0 kPa. 40.0 kPa. 38.0 kPa. 30.0 kPa. 25.0 or 35.0 kPa. not possible.")
        #expect(read.attributes["role"] == ["img"])
        #expect(read.attributes["aria-labelledby"] == ["plot-grip-title plot-grip-desc"])
        #expect(read.attributes["id"] == ["plot-grip-title", "plot-grip-desc"])
        #expect(read.attributes["viewBox"] == ["0 0 800 420"])
    }

    @Test func `there is ink and paper and grey, no script, no style, nothing from elsewhere`()
        throws
    {
        for text in [SVGPlot(plot, id: "a").text, SVGBarPlot(bars, id: "b").text] {
            let read = try XMLReader(text)
            let colours = Set((read.attributes["fill"] ?? []) + (read.attributes["stroke"] ?? []))
            #expect(colours.isSubset(of: ["#1a1a1a", "#ffffff", "#5a5a5a"]))
            #expect(Set(read.names).isDisjoint(with: ["script", "style", "image", "use", "a"]))
            #expect(read.attributes["style"] == nil && read.attributes["href"] == nil)
            #expect(!text.contains("http") || text.components(of: "http") == 1)
        }
    }

    @Test func `near points are joined, far ones and those in doubt are not`() throws {
        let joined = try XMLReader(SVGPlot(plot, id: "a").text)
        var apart = plot
        apart.joinedDays = nil
        let single = try XMLReader(SVGPlot(apart, id: "a").text)
        let count = joined.names.filter { $0 == "line" }.count
        #expect(count == single.names.filter { $0 == "line" }.count + 1)
    }

    @Test func `what is in doubt has a question mark, what has no number says so`() throws {
        let read = try XMLReader(SVGPlot(plot, id: "a").text)
        #expect(read.texts.contains("?"))
        #expect(read.texts.contains("no number"))
        let weeks = try XMLReader(SVGBarPlot(bars, id: "b").text)
        #expect(weeks.texts.filter { $0 == "?" }.count == 2)
        #expect(
            weeks.texts[1]
                == "Monday 5 January 2026: 32.0 to 64.0 g of 32.0 g planned. "
                + "Monday 12 January 2026: not yet received, 32.0 g planned.")
    }

    @Test func `the same picture is the same bytes, and an id is only of harmless characters`() {
        #expect(SVGPlot(plot, id: "a").text == SVGPlot(plot, id: "a").text)
        #expect(SVGPlot(plot, id: "a\"><x").text == SVGPlot(plot, id: "ax").text)
    }

    @Test func `an empty picture says that nothing is recorded`() throws {
        let points = try XMLReader(
            SVGPlot(Plot(title: "Grip", unit: .kilopascals, tracks: []), id: "a").text)
        let weeks = try XMLReader(
            SVGBarPlot(BarPlot(title: "Weeks", unit: .grams, bars: []), id: "a").text)
        #expect(points.texts.contains("Nothing is recorded."))
        #expect(weeks.texts.contains("Nothing is recorded."))
    }
}

extension String {
    /// How often a text stands in it.
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
