import DiaryModel
import SeededRandom
import SyncCore
import Testing
import TestSupport

@testable import Simulator

/// The oracle by itself, held against the figures of the clinical reference.
@Suite struct OracleExamplesTests {
    private let ids: [EntryID]

    init() {
        var random = SplitMix64(seed: 11)
        ids = (0..<3).map { _ in EntryID.random(using: &random) }.sorted()
    }

    /// So many vials of 4 g, begun at a minute of one day.
    private func copy(
        _ index: Int, vials: Int64, minute: Int64, _ status: PlainInfusion.Status = .active,
        links: [(Int, JSONValue)] = []
    ) -> PlainInfusion {
        let line: JSONValue = [
            "count": .integer(vials), "lot": "P100423917", "product": "hizentra",
            "vialMicrolitres": 20_000, "vialMilligrams": 4000,
        ]
        let time = TimeValue(start: Moment(ms: minute * 60_000, in: FixedZone()))
        var fields: [String: [Register.Value]] = [
            "route": [.said("sc")], "time": [.said(time.json)], "vials.1": [.said(line)],
        ]
        for (other, value) in links {
            fields[Vocabulary.linkPrefix + ids[other].text, default: []].append(.said(value))
        }
        return PlainInfusion(entry: ids[index], status: status, fields: fields)
    }

    private func same(_ index: Int) -> JSONValue {
        ["counts": .string(ids[index].text), "value": "same"]
    }

    private func range(_ infusions: PlainInfusion...) -> ClosedRange<Int64>? {
        plainTotals(infusions, zone: FixedZone()).map { $0.range.low...$0.range.high }
    }

    @Test func `C01: recorded twice and not answered is once or twice`() {
        let total = range(copy(0, vials: 8, minute: 545), copy(1, vials: 8, minute: 550))
        #expect(total == 32_000...64_000)
    }

    @Test func `C27: two who each say mine counts leave one infusion`() {
        let said = [(1, same(0)), (1, same(1))]
        let total = range(
            copy(0, vials: 8, minute: 545, links: said), copy(1, vials: 7, minute: 550))
        #expect(total == 28_000...32_000)
    }

    @Test func `C28: the copy that counted was voided, or three stand in a ring`() {
        let voided = range(
            copy(0, vials: 8, minute: 545, .voided, links: [(1, same(0))]),
            copy(1, vials: 8, minute: 550))
        #expect(voided == 0...32_000)
        let ring = range(
            copy(0, vials: 8, minute: 545, links: [(1, same(1)), (2, same(0))]),
            copy(1, vials: 7, minute: 550, links: [(2, same(2))]),
            copy(2, vials: 6, minute: 555))
        #expect(ring == 24_000...32_000)
    }

    @Test func `different against same has the sum as its high end`() {
        let total = range(
            copy(0, vials: 8, minute: 545, links: [(1, same(0)), (1, ["value": "different"])]),
            copy(1, vials: 8, minute: 550))
        #expect(total == 32_000...64_000)
    }

    @Test func `a status in conflict gives nothing to its dose`() {
        #expect(range(copy(0, vials: 8, minute: 545, .inQuestion)) == 0...32_000)
    }

    @Test func `a line in conflict goes from the least to the most that somebody says`() {
        var infusion = copy(0, vials: 8, minute: 545)
        infusion.fields["vials.1"] = (infusion.fields["vials.1"] ?? []) + [.erased]
        #expect(range(infusion) == 0...32_000)
    }

    @Test func `seven hours apart are two infusions`() {
        let total = range(copy(0, vials: 8, minute: 545), copy(1, vials: 8, minute: 965))
        #expect(total == 64_000...64_000)
    }
}
