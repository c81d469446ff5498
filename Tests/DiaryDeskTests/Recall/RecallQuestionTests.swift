import DiaryDesk
import DiaryModel
import SyncCore
import Testing

/// What a pharmacist types, and the search that it makes.
@Suite struct RecallQuestionTests {
    /// Monday 2 May 2016, 16:30 in London, where it is summer.
    private let now: Int64 = 1_462_203_000_000
    private let zone: TZif

    init() throws { zone = try #require(ZoneFiles().rules(named: "Europe/London")) }

    private func question(_ lots: String..., products: [String] = ["octagam5"]) -> RecallQuestion {
        var question = RecallQuestion(now: now, zone: zone)
        question.products = products
        question.lots = lots
        return question
    }

    private func asOf(_ typed: String?) throws -> Int64 {
        var question = question("K551A8441")
        question.asOf = typed
        return try question.query().asOfMs
    }

    @Test func `unless said otherwise diaries have to be complete to the end of yesterday`() throws
    {
        #expect(try asOf(nil) == 1_462_143_600_000)
        #expect(try asOf("today") == asOf(nil))
        let query = try question("K551A8441").query()
        #expect(query.from == CivilDate("2014-05-01"))
        #expect(query.lots.map(\.lot) == ["K551A8441"])
    }

    @Test(
        arguments: [
            ("2016-05-02T12:00Z", 1_462_190_400_000), ("2016-05-02t12:00z", 1_462_190_400_000),
            ("2016-05-02T13:00", 1_462_190_400_000), ("13:00", 1_462_190_400_000),
            ("now", 1_462_203_000_000), ("sunday 13:00", 1_462_104_000_000),
        ])
    func `an instant is said in UTC or as the clinic's clock shows it`(typed: String, ms: Int64)
        throws
    {
        #expect(try asOf(typed) == ms)
    }

    @Test(arguments: ["2016-05-02", "2016-05", "soon", "2016-05-02Z", ""])
    func `a day alone is no instant, for it has a beginning and an end`(typed: String) {
        #expect(refusals { _ = try asOf(typed) } == ["asOf: malformed"])
    }

    @Test func `one product is that of all lots, several are one for each`() throws {
        let one = try question("K551A8441", "K552A8441").query()
        #expect(one.lots.map(\.product) == ["octagam5", "octagam5"])
        let two = try question("K551A8441", "A010A8431", products: ["octagam5", "octagam10"])
            .query()
        #expect(two.lots.map(\.product) == ["octagam5", "octagam10"])
        let odd = question("K551A8441", products: ["octagam5", "octagam10"])
        #expect(refusals { _ = try odd.query() } == ["product: malformed"])
    }

    @Test func `all that cannot be read is said at once, and nothing is searched for`() {
        var question = question("--", products: ["octagam"])
        question.expiries = ["some day"]
        question.asOf = "soon"
        question.from = "once"
        #expect(
            refusals { _ = try question.query() } == [
                "product: malformed", "expiry: malformed", "asOf: malformed", "from: malformed",
            ])
        let twice = self.question("K551A8441", "k551 a8441")
        #expect(refusals { _ = try twice.query() } == ["lot: malformed"])
    }
}
