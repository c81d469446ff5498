import DiaryModel
import Testing

/// A file with the changes of one zone, as `zic -b slim` writes it: all in the version 2 block.
private func zoneFile(
    instants: [Int64], types: [UInt8], offsets: [Int32], footer: String
) -> [UInt8] {
    func big(_ value: some FixedWidthInteger) -> [UInt8] {
        (0..<value.bitWidth / 8).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
    func header(_ time: Int, _ type: Int, _ character: Int) -> [UInt8] {
        Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
            + [0, 0, 0, time, type, character].flatMap { big(UInt32($0)) }
    }
    var bytes = header(0, 1, 1) + big(Int32(0)) + [0, 0] + [0]
    bytes += header(instants.count, offsets.count, 4)
    bytes += instants.flatMap { big($0) } + types
    bytes += offsets.flatMap { big($0) + [0, 0] } + Array("ABC\0".utf8)
    return bytes + Array("\n\(footer)\n".utf8)
}

private let london = zoneFile(
    instants: [utc("2025-03-30T01:00") / 1000, utc("2025-10-26T01:00") / 1000], types: [1, 0],
    offsets: [0, 3600], footer: "GMT0BST,M3.5.0/1,M10.5.0")

@Suite struct TZifTests {
    @Test func `changes after the last one in the file come from its footer`() throws {
        let zone = try #require(TZif(name: "Europe/London", bytes: london))
        #expect(zone.offsetMinutes(atMs: utc("2025-03-30T00:59")) == 0)
        #expect(zone.offsetMinutes(atMs: utc("2025-03-30T01:00")) == 60)
        #expect(
            zone.transitions(fromMs: utc("2025-01-01T00:00"), throughMs: utc("2026-12-31T00:00"))
                == [
                    ZoneTransition(atMs: utc("2025-03-30T01:00"), offsetBefore: 0, offsetAfter: 60),
                    ZoneTransition(atMs: utc("2025-10-26T01:00"), offsetBefore: 60, offsetAfter: 0),
                    ZoneTransition(atMs: utc("2026-03-29T01:00"), offsetBefore: 0, offsetAfter: 60),
                    ZoneTransition(atMs: utc("2026-10-25T01:00"), offsetBefore: 60, offsetAfter: 0),
                ])
    }

    @Test(
        arguments: [
            ("GMT0BST,M3.5.0/1,M10.5.0", HandwrittenZone.london),
            ("NZST-12NZDT,M9.5.0,M4.1.0/3", .auckland),
            ("EST5EDT,M3.2.0,M11.1.0", .newYork),
            ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", .lordHowe),
            ("<+0545>-5:45", .kathmandu),
        ] as [(String, HandwrittenZone)])
    func `a footer alone says what was written by hand for 2026`(
        footer: String, expected: HandwrittenZone
    ) throws {
        let bytes = zoneFile(instants: [], types: [], offsets: [0], footer: footer)
        let zone = try #require(TZif(name: expected.name, bytes: bytes))
        let range = (utc("2026-01-01T00:00"), utc("2026-12-31T00:00"))
        #expect(
            zone.transitions(fromMs: range.0, throughMs: range.1)
                == expected.transitions(fromMs: range.0, throughMs: range.1))
        for day in 0..<365 {
            let ms = range.0 + Int64(day) * 86_400_000
            #expect(zone.offsetMinutes(atMs: ms) == expected.offsetMinutes(atMs: ms))
        }
    }

    @Test func `gap and overlap resolve with rules from a file`() throws {
        let zone = try #require(TZif(name: "Europe/London", bytes: london))
        let gap = try #require(WallTime("2026-03-29T01:30"))
        #expect(zone.resolve(gap)?.warning == .wallNonexistent)
        let overlap = try #require(WallTime("2026-10-25T01:30"))
        #expect(zone.resolve(overlap)?.warning == .wallAmbiguous)
    }

    @Test func `a file cut anywhere is no zone and no trap`() {
        for length in 0..<london.count {
            #expect(TZif(name: "x", bytes: Array(london.prefix(length))) == nil)
        }
    }

    @Test func `any byte may be anything`() {
        for index in london.indices {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
                var bytes = london
                bytes[index] = value
                let zone = TZif(name: "x", bytes: bytes)
                _ = zone?.offsetMinutes(atMs: utc("2026-06-01T00:00"))
                _ = zone?.transitions(fromMs: .min, throughMs: .max)
            }
        }
    }

    @Test(arguments: [Int64.min, Int64.max, 0])
    func `the ends of time have an offset`(ms: Int64) throws {
        let zone = try #require(TZif(name: "Europe/London", bytes: london))
        #expect([0, 60].contains(zone.offsetMinutes(atMs: ms)))
    }
}
