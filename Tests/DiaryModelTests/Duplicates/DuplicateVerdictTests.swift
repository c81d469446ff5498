import DiaryModel
import SyncCore
import Testing

/// An infusion of 8 vials of 4 g, lot X1, on Sunday 29 March at 09:05.
private func infusion(
    _ number: UInt8 = 1, start: Moment = moment("2026-03-29T08:05", .london),
    lot: PrintedText = "X1",
    vials: Int64 = 8, product: ProductKey = "hizentra", serials: [PrintedText]? = nil,
    route: Route = .sc, course: Course? = nil
) -> DuplicateFacts? {
    var line = VialLine(product: product)
    line.vialMilligrams = 4000
    line.count = .value(vials)
    line.lot = lot
    line.serials = serials
    var fields: JSONObject = [
        "route": route.json, "time": TimeValue(start: start).json, "vials.1": line.json,
    ]
    fields["course"] = course?.json
    return entry(number).map {
        DuplicateFacts(entry: $0, Infusion(fields: fields), planZone: HandwrittenZone.london)
    }
}

private func verdict(_ left: DuplicateFacts?, _ right: DuplicateFacts?) throws -> DuplicateVerdict {
    DuplicateVerdict(try #require(left), try #require(right))
}

@Suite struct DuplicateVerdictTests {
    @Test func `C01: five minutes apart with the same lot is probably one`() throws {
        let carer = infusion(2, start: moment("2026-03-29T08:10", .london))
        #expect(
            try verdict(infusion(), carer)
                == .probable([.closeStart, .sameProduct, .closeGrams, .sharedLot]))
    }

    @Test func `C02: other lots at the same time are still asked about`() throws {
        let carer = infusion(2, lot: "Y1", vials: 3)
        #expect(try verdict(infusion(), carer) == .probable([.closeStart, .sameProduct]))
    }

    @Test func `C15: a bare day from paper is weighed against the entry of that day`() throws {
        let day = try #require(WallTime("2026-03-29"))
        let paper = infusion(2, start: try #require(Moment(bare: day, zone: "Europe/London")))
        #expect(
            try verdict(infusion(), paper) == .probable([.sameProduct, .closeGrams, .sharedLot]))
    }

    @Test func `last week's dose of the same lot is no duplicate`() throws {
        let before = infusion(2, start: moment("2026-03-22T09:05", .london))
        #expect(try verdict(infusion(), before) == .unrelated)
    }

    @Test func `one piece of evidence is not enough`() throws {
        let other = infusion(2, lot: "Y1", vials: 2, product: "cuvitru")
        #expect(try verdict(infusion(), other) == .unrelated)
    }

    @Test(arguments: [("2026-03-29T14:05", true), ("2026-03-29T14:06", false)])
    func `under the skin six hours are close`(start: String, isClose: Bool) throws {
        let other = infusion(2, start: moment(start, .london))
        let isProbable = if case .probable = try verdict(infusion(), other) { true } else { false }
        #expect(isProbable == isClose)
    }

    @Test func `into a vein the same day is close`() throws {
        let morning = infusion(1, start: moment("2026-03-29T06:00", .london), route: .iv)
        let evening = infusion(2, start: moment("2026-03-29T20:00", .london), route: .iv)
        #expect(
            try verdict(morning, evening)
                == .probable([.closeStart, .sameProduct, .closeGrams, .sharedLot]))
    }

    @Test func `C26: a serial number in common is certain whatever the rest says`() throws {
        let hospital = infusion(1, serials: ["S1", "S2"])
        let imported = infusion(
            2, start: moment("2026-05-01T08:00", .london), lot: "Z9", serials: ["S2"])
        #expect(try verdict(hospital, imported) == .certainlySame)
    }

    @Test func `complete serial lists with nothing in common are certain, too`() throws {
        let one = infusion(1, vials: 2, serials: ["S1", "S2"])
        let other = infusion(2, vials: 2, serials: ["S3", "S4"])
        #expect(try verdict(one, other) == .certainlyDifferent(.otherSerials))
    }

    @Test func `incomplete serial lists decide nothing`() throws {
        let one = infusion(1, vials: 2, serials: ["S1"])
        let other = infusion(2, vials: 2, serials: ["S3", "S4"])
        let isProbable = if case .probable = try verdict(one, other) { true } else { false }
        #expect(isProbable)
    }

    @Test func `two parts of one course are two infusions`() throws {
        let first = infusion(1, course: Course(id: "c", part: 1, parts: 2))
        let second = infusion(2, course: Course(id: "c", part: 2, parts: 2))
        #expect(try verdict(first, second) == .certainlyDifferent(.otherPartOfCourse))
    }

    @Test(arguments: [(10, 9, true), (10, 8, false)] as [(Int64, Int64, Bool)])
    func `grams within a tenth are close`(one: Int64, other: Int64, isClose: Bool) throws {
        let found = try verdict(
            infusion(1, lot: "A1", vials: one), infusion(2, lot: "B1", vials: other))
        let expected: [DuplicateVerdict.Evidence] =
            isClose ? [.closeStart, .sameProduct, .closeGrams] : [.closeStart, .sameProduct]
        #expect(found == .probable(expected))
    }

    @Test func `a search finds each pair once`() throws {
        let facts = [
            infusion(2), infusion(1), infusion(3, start: moment("2026-04-05T08:05", .london)),
        ]
        .compactMap(\.self)
        let pairs = DuplicateSearch(facts).pairs.map { [$0.left.entry, $0.right.entry] }
        #expect(pairs == [[try #require(entry(1)), try #require(entry(2))]])
    }
}
