import DiaryModel
import SyncCore
import Testing

@Suite struct InfusionWarningTests {
    private func warned(_ change: (inout InfusionStory) -> Void) -> [String] {
        var story = InfusionStory()
        change(&story)
        #expect(story.rejected == [])
        return story.warned
    }

    @Test func `the plan's route, product and version are compared`() {
        let found = warned {
            $0.context.plan = InfusionStory.plan
            $0.context.plan?.route = .iv
            $0.context.plan?.products = ["cuvitru"]
            $0.context.plan?.supersededAtMs = utc("2026-03-29T08:00")
        }
        #expect(
            found == [
                "route_not_on_plan route", "plan_superseded planVersion",
                "product_not_on_plan vials.1",
            ])
    }

    @Test func `no plan version is a word`() {
        #expect(warned { $0.fields["planVersion"] = nil } == ["plan_absent planVersion"])
    }

    @Test func `a product by a route it is not known for is a word`() {
        #expect(warned { $0.fields["route"] = "iv" } == ["route_not_in_catalogue route"])
    }

    @Test(
        arguments: [
            (8, []), (7, ["completed_below_plan outcome"]),
            (6, ["dose_outside_plan vials.1", "completed_below_plan outcome"]), (9, []),
            (10, ["dose_outside_plan vials.1"]),
        ] as [(Int64, [String])])
    func `the dose is compared with the plan's`(count: Int64, codes: [String]) {
        let found = warned {
            $0.context.plan = InfusionStory.plan
            $0.line { $0.count = .value(count) }
        }
        #expect(found == codes)
    }

    @Test func `of a dose in two parts one infusion is the half`() {
        let found = warned {
            $0.context.plan = InfusionStory.plan
            $0.context.plan?.doseMilligrams = 64_000
            $0.context.plan?.parts = 2
        }
        #expect(found == [])
    }

    @Test(arguments: [(25, []), (26, ["count_high vials.1"])] as [(Int64, [String])])
    func `more than twenty-five vials are a word`(count: Int64, codes: [String]) {
        #expect(warned { $0.line { $0.count = .value(count) } } == codes)
    }

    @Test func `a size that the catalogue lacks is a word`() {
        #expect(
            warned { $0.line { $0.vialMilligrams = 5000 } } == ["size_not_in_catalogue vials.1"])
        #expect(
            warned { $0.line { $0.vialMicrolitres = 25_000 } } == ["size_not_in_catalogue vials.1"])
    }

    @Test func `a product in words is a word`() {
        let found = warned {
            $0.line {
                $0.product = .value(.other)
                $0.productText = "Demo SCIG 20 %"
            }
        }
        #expect(found == ["product_free_text vials.1"])
    }

    @Test func `a lot is compared with what lies at home`() throws {
        let other = try #require(LotKey("P100423971"))
        let same = try #require(LotKey("P100423917"))
        let near = warned { $0.context.home = [.init(product: "hizentra", lot: other, vials: 8)] }
        #expect(near == ["lot_not_in_stock vials.1", "lot_near_other vials.1"])
        let few = warned { $0.context.home = [.init(product: "hizentra", lot: same, vials: 7)] }
        #expect(few == ["count_above_stock vials.1"])
        let enough = warned { $0.context.home = [.init(product: "hizentra", lot: same, vials: 8)] }
        #expect(enough == [])
    }

    @Test func `a lot under recall is a word and still saved`() throws {
        let lot = try #require(LotKey("P100423917"))
        let found = warned { $0.context.recalled = [.init(product: "hizentra", lot: lot)] }
        #expect(found == ["lot_under_recall vials.1"])
    }

    @Test func `a lot longer than GS1 allows is a word`() {
        let found = warned { $0.line { $0.lot = "K724B85411719061421X1" } }
        #expect(found == ["lot_long vials.1"])
    }

    @Test(arguments: [
        ("2026-03-28", ["expired vials.1"]), ("2026-03-29", []), ("2031-03-29", []),
        ("2031-03-30", ["expiry_far vials.1"]),
    ]) func `an expiry is compared with the day of the infusion`(expiry: String, codes: [String]) {
        #expect(
            warned { $0.line { $0.expiry = Expiry(typed: expiry).map { .value($0) } } } == codes)
    }

    @Test(arguments: [("2028-11-30", ["expiry_differs vials.1"]), ("2028-12-05", [])])
    func `one lot has one expiry, as far as both say it`(elsewhere: String, codes: [String]) throws
    {
        let lot = try #require(LotKey("P100423917"))
        let expiry = try #require(Expiry(typed: elsewhere))
        #expect(warned { $0.context.expiries = [("hizentra", lot, expiry)] } == codes)
    }

    @Test func `C16: a barcode of another product is a word`() {
        let found = warned { $0.line { $0.gtin = "05060237670730" } }
        #expect(found == ["gtin_other_product vials.1"])
    }

    @Test func `a serial number seen before is a word`() {
        let found = warned {
            $0.line { $0.serials = ["S1", "S2"] }
            $0.context.serials = ["S2"]
        }
        #expect(found == ["serial_seen_before vials.1"])
    }

    @Test(arguments: [(6400, []), (6401, ["discard_high vials.1"])] as [(Int64, [String])])
    func `more than a fifth thrown away is a word`(milligrams: Int64, codes: [String]) {
        #expect(warned { $0.line { $0.discardedMilligrams = .value(milligrams) } } == codes)
    }

    @Test func `one vial of a dual-vial unit alone is a word`() {
        let found = warned {
            $0.fields["route"] = "fsc"
            $0.line {
                $0.product = .value("hyqvia")
                $0.vialMilligrams = 10_000
                $0.vialMicrolitres = 100_000
                $0.component = .value(.ig)
            }
        }
        #expect(found == ["component_alone vials.1"])
    }

    @Test(arguments: [
        ("2026-03-29T20:05", "sc", []), ("2026-03-29T20:06", "sc", ["sc_long time"]),
        ("2026-03-29T08:34", "iv", ["iv_short time"]), ("2026-03-29T08:35", "iv", []),
        ("2026-04-01T08:06", "iv", ["duration_long time"]),
        ("2026-03-29T08:00", "sc", ["end_before_start time"]),
    ]) func `a length that is unlikely is a word`(end: String, route: String, codes: [String]) {
        let found = warned {
            $0.fields["route"] = .string(route)
            $0.context.atMs = nil
            let time = TimeValue(
                start: moment("2026-03-29T08:05", .london), end: moment(end, .london))
            $0.fields["time"] = time.json
        }
        #expect(found.filter { $0.hasSuffix(" time") } == codes)
    }

    @Test func `T13: an end before the start with a timer is a word`() {
        let found = warned {
            $0.fields["time"] =
                TimeValue(
                    start: moment("2026-03-29T08:05", .london),
                    end: moment("2026-03-29T07:07", .london),
                    timerMs: 3_720_000
                ).json
        }
        #expect(found == ["end_before_start time"])
    }

    @Test(arguments: [
        ("2026-03-29T07:54", ["start_in_future time"]), ("2026-03-29T07:55", []),
        ("2026-04-05T08:05", []), ("2026-04-05T08:06", ["entered_late time"]),
    ]) func `when it was written is compared with when it began`(at: String, codes: [String]) {
        #expect(warned { $0.context.atMs = utc(at) } == codes)
    }

    @Test func `T12: a suspect clock is a word and refuses nothing`() {
        let found = warned {
            $0.context.atMs = utc("1970-01-01T00:10")
            $0.fields["time"] =
                TimeValue(start: moment("1970-01-01T00:05", .universal, clock: .suspect)).json
        }
        #expect(found.contains("clock_suspect time"))
    }

    @Test func `parts of a course more than five days apart are a word`() {
        let found = warned {
            $0.fields["course"] = ["id": "c", "part": 2, "parts": 2]
            $0.context.courseStartsMs = [utc("2026-03-24T08:04")]
        }
        #expect(found == ["course_spread course"])
    }

    @Test func `sites are compared with plan, label and the last two times`() {
        var large = Site(.abdomen, .left)
        large.volumeMicrolitres = 50_001
        let sites = [
            large, Site(.abdomen, .right), Site(.thigh, .left), Site(.thigh, .right), Site(.port),
        ]
        let found = warned {
            $0.context.plan = InfusionStory.plan
            $0.context.lastSites = [[Site(.thigh, .left)], [Site(.thigh, .left), Site(.hip)]]
            $0.fields["sites"] = sites.json
        }
        #expect(
            found == [
                "site_volume_high sites", "sites_many sites", "site_not_rotated sites",
                "region_not_for_route sites",
            ])
    }

    @Test(
        arguments: [
            ([40_000, 80_000], []),
            ([40_000, 80_001], ["rate_above_plan rates", "rate_step_large rates"]),
            ([100_001], ["rate_above_plan rates", "rate_above_product rates"]),
        ] as [([Int64], [String])])
    func `rates are compared with plan, label and the step before`(rates: [Int64], codes: [String])
    {
        let found = warned {
            $0.context.plan = InfusionStory.plan
            $0.fields["sites"] = [Site(.abdomen, .left), Site(.abdomen, .right)].json
            $0.fields["rates"] =
                rates.map { RateStep(fromMinutes: 0, rateMicrolitresPerHour: $0) }.json
        }
        #expect(found == codes)
    }

    @Test(
        arguments: [(384_000, []), (384_001, ["rate_above_product rates"])] as [(Int64, [String])])
    func `a rate into a vein is compared by body weight`(rate: Int64, codes: [String]) {
        let found = warned {
            $0.fields["route"] = "iv"
            $0.fields["weightGrams"] = 80_000
            $0.line {
                $0.product = .value("privigen")
                $0.vialMilligrams = 5000
                $0.vialMicrolitres = 50_000
            }
            $0.fields["rates"] = [RateStep(fromMinutes: 0, rateMicrolitresPerHour: rate)].json
        }
        #expect(found == codes)
    }

    @Test func `infusing oneself without a sign-off is a word`() {
        #expect(warned { $0.context.isTrained = false } == ["no_training_signoff infusedBy"])
        #expect(warned { $0.context.isTrained = true } == [])
    }

    @Test func `much paracetamol, and long before, are words`() {
        let found = warned {
            let taken = moment("2026-03-29T06:04", .london)
            $0.fields["premed.paracetamol"] = Premedication(doseMilligrams: 1001, taken: taken).json
        }
        #expect(
            found == ["paracetamol_high premed.paracetamol", "premed_time_far premed.paracetamol"])
    }

    @Test func `a problem seen and infused anyway is a word`() {
        #expect(
            warned { $0.fields["visualCheck"] = "problem" } == [
                "infused_despite_problem visualCheck"
            ])
    }

    @Test(
        arguments: [
            (88_000, []), (88_001, ["weight_jump weightGrams"]),
            (71_999, ["weight_jump weightGrams"]),
        ]
            as [(Int64, [String])])
    func `a weight that jumps is a word`(grams: Int64, codes: [String]) {
        let found = warned {
            $0.fields["weightGrams"] = .integer(grams)
            $0.context.lastWeight = .init(grams: 80_000, atMs: utc("2026-02-28T08:00"))
        }
        #expect(found == codes)
    }

    @Test func `a weight of long ago is not compared`() {
        let found = warned {
            $0.fields["weightGrams"] = 99_000
            $0.context.lastWeight = .init(grams: 80_000, atMs: utc("2026-01-01T08:00"))
        }
        #expect(found == [])
    }

    @Test(
        arguments: [(16_000, []), (15_999, ["dose_over_2_g_per_kg vials.1"])] as [(Int64, [String])]
    )
    func `more than two grams a kilogram is a word`(weight: Int64, codes: [String]) {
        #expect(warned { $0.fields["weightGrams"] = .integer(weight) } == codes)
    }

    @Test func `more than 400 grams is a word`() {
        let found = warned {
            $0.line {
                $0.vialMilligrams = 10_000
                $0.vialMicrolitres = 50_000
                $0.count = 41
            }
        }
        #expect(found == ["count_high vials.1", "dose_over_400_g vials.1"])
    }

    @Test func `nothing given is a word unless it was stopped`() {
        func change(_ story: inout InfusionStory) { story.line { $0.discardedMilligrams = 32_000 } }
        #expect(warned(change) == ["discard_high vials.1", "dose_zero vials.1"])
        let stopped = warned {
            change(&$0)
            $0.fields["outcome"] = ["code": "stopped"]
        }
        #expect(stopped == ["discard_high vials.1"])
    }

    @Test func `infused elsewhere opens a question about the lot`() {
        let found = warned {
            $0.fields["vials.1"] = nil
            $0.fields["outcome"] = ["code": "not_done", "reason": "infused_elsewhere"]
        }
        #expect(found == ["elsewhere_without_lot outcome"])
    }

    @Test func `a warning is kept under its code and field`() throws {
        var story = InfusionStory()
        story.line { $0.count = 26 }
        let kept = try #require(story.validation.warnings.first).kept(because: .isCorrect)
        #expect(kept.key == "warning.count_high.vials.1")
        #expect(kept.value == ["because": "is_correct", "seen": 26])
    }

    @Test(arguments: WarningCode.allCases)
    func `every code has a sentence`(code: WarningCode) {
        #expect(code.sentence.hasSuffix(".") || code.sentence.hasSuffix("?"))
    }
}
