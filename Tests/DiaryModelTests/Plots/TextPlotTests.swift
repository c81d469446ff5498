import DiaryModel
import SeededRandom
import SyncCore
import Testing
import TestSupport

/// A grip a week, one value in conflict, a walk that was not possible.
private func story() throws -> CareStory {
    var story = CareStory()
    for (index, grip) in [60, 58, 52, 50].enumerated() {
        let on = day("2026-01-05").adding(days: index * 7)
        try story.grip("R\(index)", .gripRight, Int64(grip), on: "\(on)T09:00")
        try story.grip("L\(index)", .gripLeft, Int64(grip - 20), on: "\(on)T09:00")
    }
    try story.amend(
        "L3", ["value": ["gripPascals": 35_000]], by: .tablet, seeing: ["L3"], as: "one")
    try story.amend(
        "L3", ["value": ["gripPascals": 25_000]], by: .phone, seeing: ["L3"], as: "two")
    return story
}

@Suite struct TextPlotTests {
    private func grips() throws -> Plot {
        try #require(Plot.pictures(of: try story().measurements().series).first)
    }

    @Test func `a picture of two hands is 80 columns of plain characters, then a list`() throws {
        let lines = TextPlot(try grips(), height: 9).lines
        #expect(
            lines == [
                "Grip of the left hand and grip of the right hand, in kPa. 9 points; a list",
                "follows the picture.",
                "60.0 +x                       x",
                "     |",
                "50.0 +                                                 x                       x",
                "     |",
                "40.0 +o                       o",
                "     |                                                                         ?",
                "30.0 +                                                 o",
                "     |                                                                         ?",
                "20.0 +",
                "     +--------------------------------------------------------------------------",
                "      5 Jan 2026                    15 Jan 2026                      26 Jan 2026",
                "o = grip of the left hand; x = grip of the right hand; ? = waits for an answer",
            ] + lines.dropFirst(14))
        #expect(lines.allSatisfy { $0.count <= 80 && $0.last != " " })
        #expect(lines.joined().utf8.allSatisfy { (0x20...0x7E).contains($0) })
        #expect(
            lines.contains(
                "- grip of the left hand: Mon 26 Jan 2026 09:00: 25.0 kPa, home, people disagree"
            ))
    }

    @Test func `both flavours say the same, and no mark differs by colour`() throws {
        let plot = try grips()
        let plain = TextPlot(plot)
        let drawn = TextPlot(plot, style: .unicode)
        #expect(plain.list == drawn.list)
        #expect(drawn.lines.contains { $0.contains("●") })
        #expect(drawn.lines.allSatisfy { $0.count <= 80 && !$0.contains("\u{1B}") })
    }

    @Test func `nothing recorded is said, not drawn`() {
        let empty = Plot(title: "Grip", unit: .kilopascals, tracks: [])
        #expect(TextPlot(empty).lines == ["Grip, in kPa. Nothing is recorded."])
    }

    @Test func `a range has both its ends, what has no number stands in a row of its own`() {
        let plot = Plot(
            title: "Walk", unit: .seconds,
            tracks: [
                PlotTrack(
                    name: "walk",
                    marks: [
                        PlotMark(day("2026-01-01"), from: 10_000, to: 20_000, words: "a range"),
                        PlotMark(noNumberOn: day("2026-01-31"), words: "not possible"),
                    ])
            ])
        let lines = TextPlot(plot, width: 40, height: 5).lines
        let picture = lines.filter { $0.contains("|") || $0.contains("+") }
        #expect(
            picture == [
                "20.0 +?", "     |:", "15.0 +:", "     |:", "10.0 +?",
                "     |                                 n",
                "     +" + String(repeating: "-", count: 34),
            ])
        let legend = lines.flatMap { $0.split(separator: " ") }.joined(separator: " ")
        #expect(legend.contains(": = range") && legend.contains("n = no number"))
        #expect(lines.suffix(2) == ["- a range", "- not possible"])
    }

    @Test func `a level runs across and its name stands beneath`() {
        let plot = Plot(
            title: "IgG", unit: .gramsPerLitre,
            tracks: [
                PlotTrack(
                    name: "IgG", marks: [PlotMark(day("2026-01-01"), 12_000, words: "12.0 g/L")])
            ], lines: [PlotLine("target of the plan", at: 10_000)])
        let lines = TextPlot(plot, width: 60, height: 5).lines
        #expect(lines.contains { $0.contains("--- target of the plan: 10.0 g/L") })
        #expect(lines.contains { $0.hasPrefix("10.0 +-----") })
    }

    @Test func `text from elsewhere moves no cursor and breaks no line`() {
        let plot = Plot(
            title: "Walk", unit: .seconds,
            tracks: [
                PlotTrack(
                    name: "walk\u{1B}[2J",
                    marks: [
                        PlotMark(
                            day("2026-01-01"), 10_000,
                            words: "10.0 s, with a\u{202E}stick\n"
                                + String(repeating: "x", count: 200))
                    ])
            ])
        for line in TextPlot(plot).lines
            + SVGPlot(plot, id: "a").text.split(separator: "\n").map({ String($0) })
        {
            #expect(!line.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
        }
        #expect(TextPlot(plot).lines.allSatisfy { $0.count <= 80 })
    }

    @Test func `whatever the numbers are, every line fits and nothing is lost from the list`() {
        var random = SplitMix64(seed: 80)
        for _ in 0..<200 {
            let marks = (0..<random.below(30)).map { index -> PlotMark in
                let on = CivilDate(daysSinceEpoch: random.below(40_000))
                let number =
                    random.chance(0.1)
                    ? random.pick([Int64.min, .max, 0, 9_007_199_254_740_991])
                    : Int64(random.below(200_000))
                return random.chance(0.2)
                    ? PlotMark(noNumberOn: on, words: "\(index)")
                    : PlotMark(on, from: number, to: Int64(random.below(9)), words: "\(index)")
            }
            let plot = Plot(
                title: "Any", unit: random.pick([.kilopascals, .times, .poundsForce]),
                tracks: [PlotTrack(name: "any", marks: marks)])
            let width = 40 + random.below(60)
            let lines = TextPlot(plot, width: width, height: random.below(30)).lines
            #expect(lines.allSatisfy { $0.count <= width })
            #expect(TextPlot(plot, width: width).list.count == marks.count)
            #expect(SVGPlot(plot, id: "x").text.hasSuffix("</svg>\n"))
        }
    }
}

@Suite struct TextBarPlotTests {
    private var plot: BarPlot {
        BarPlot(
            title: "Grams a week", unit: .grams,
            bars: [
                .init(day("2026-01-05"), .known(low: 32_000, high: 32_000), plan: .init(32_000)),
                .init(day("2026-01-12"), .known(low: 32_000, high: 64_000), plan: .init(32_000)),
                .init(day("2026-01-19"), .known(low: 0, high: 0), plan: .init(220_000, over: 7)),
                .init(
                    day("2026-01-26"), .partlyReceived(low: 16_000, high: 16_000),
                    plan: .init(32_000)),
                .init(day("2026-02-02"), .notReceived, plan: .init(32_000)),
            ])
    }

    @Test func `grams a week against the plan, each week a line`() {
        let lines = TextBarPlot(plot).lines
        #expect(
            lines == [
                "Grams a week, in g. A list follows the picture.",
                " 5 Jan 2026 |####################|                                32.0 g",
                "12 Jan 2026 |####################|????????????????????            32.0-64.0 g",
                "19 Jan 2026 |                    |                                0.0 g",
                "26 Jan 2026 |##########          |                                16.0 g",
                " 2 Feb 2026 | not yet received   |",
                "# = certain; ? = waits for an answer; | = plan",
                "- Monday 5 January 2026: 32.0 g of 32.0 g planned",
                "- Monday 12 January 2026: 32.0 to 64.0 g of 32.0 g planned",
                "- Monday 19 January 2026: 0.0 g of about 31.4 g planned",
                "- Monday 26 January 2026: 16.0 g of 32.0 g planned, not all received yet",
                "- Monday 2 February 2026: not yet received, 32.0 g planned",
            ])
    }

    @Test func `a week that was not received is not an empty one`() {
        let list = TextBarPlot(plot).list
        #expect(list[2].contains("0.0 g of"))
        #expect(list[4].contains("not yet received"))
        #expect(!list[4].contains("0.0 g of"))
    }

    @Test func `without a plan there is no mark of one`() {
        let bare = BarPlot(
            title: "Grams a week", unit: .grams,
            bars: [.init(day("2026-01-05"), .known(low: 32_000, high: 32_000))])
        let lines = TextBarPlot(bare).lines
        #expect(lines.last == "- Monday 5 January 2026: 32.0 g")
        #expect(!lines.contains { $0.contains("plan") })
    }
}
