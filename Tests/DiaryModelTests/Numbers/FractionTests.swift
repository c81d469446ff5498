import DiaryModel
import SeededRandom
import Testing
import TestSupport

@Suite struct FractionTests {
    @Test(
        arguments: [
            (2, 4, "1/2"), (-2, 4, "-1/2"), (2, -4, "-1/2"), (-2, -4, "1/2"), (0, -7, "0"),
            (6, 3, "2"), (Int64.min, 1, "-9223372036854775808"), (.min, .min, "1"),
            (.min, 2, "-4611686018427387904"),
        ] as [(Int64, Int64, String)])
    func `a fraction is reduced and its denominator positive`(
        top: Int64, bottom: Int64, text: String
    ) throws {
        #expect(try #require(Fraction(top, over: bottom)).description == text)
    }

    @Test func `what cannot be written as one is nil, never a trap`() {
        #expect(Fraction(1, over: 0) == nil)
        #expect(Fraction(.min, over: -1) == nil)
        #expect(Fraction(1, over: .min) == nil)
        #expect(Fraction(.max).adding(Fraction(1)) == nil)
        #expect(Fraction(.min).subtracting(Fraction(1)) == nil)
        #expect(Fraction(.max).multiplied(by: Fraction(2)) == nil)
        #expect(Fraction(1).divided(by: .zero) == nil)
        #expect(Fraction(.min).divided(by: Fraction(-1)) == nil)
    }

    @Test func `arithmetic is exact`() throws {
        let third = try #require(Fraction(1, over: 3))
        let sixth = try #require(Fraction(1, over: 6))
        #expect(third.adding(sixth) == Fraction(1, over: 2))
        #expect(third.subtracting(sixth) == sixth)
        #expect(third.multiplied(by: sixth) == Fraction(1, over: 18))
        #expect(third.divided(by: sixth) == Fraction(2))
        #expect(Fraction(.max).subtracting(Fraction(.max)) == .zero)
    }

    @Test func `no size overflows a comparison`() throws {
        let large = try #require(Fraction(.max, over: .max - 1))
        let less = try #require(Fraction(.max - 1, over: .max))
        #expect(less < Fraction(1))
        #expect(Fraction(1) < large)
        #expect(Fraction(.min) < Fraction(.max))
        #expect(try #require(Fraction(1, over: .max)) > .zero)
        #expect(try #require(Fraction(-1, over: .max)) < .zero)
    }

    @Test(
        arguments: [
            (1892, 7, 3, "270.286"), (1892, 7, 1, "270.3"), (1, 2, 0, "1"), (-1, 2, 0, "-1"),
            (1, 4, 1, "0.3"), (-1, 4, 1, "-0.3"), (-1, 40, 1, "0.0"), (1, 20, 1, "0.1"),
            (5, 1, 2, "5.00"), (.max, 1, 9, "9223372036854775807.000000000"),
        ] as [(Int64, Int64, Int, String)])
    func `text is rounded to the nearest, halves away from nought`(
        top: Int64, bottom: Int64, places: Int, text: String
    ) throws {
        #expect(try #require(Fraction(top, over: bottom)).decimals(places) == text)
    }

    @Test(
        arguments: [(55, 64, "85.9 %"), (63, 64, "98.4 %"), (7, 9, "77.8 %"), (2, 1, "200.0 %")]
            as [(Int64, Int64, String)])
    func `a share has one decimal`(top: Int64, bottom: Int64, text: String) throws {
        #expect(try #require(Fraction(top, over: bottom)).percent == text)
    }

    @Test(
        arguments: [(32, 1, "32"), (288, 10, "28.8"), (100, 1, "100"), (1, 100, "0")]
            as [(Int64, Int64, String)])
    func `a number in a sentence has no noughts behind it`(
        top: Int64, bottom: Int64, text: String
    ) throws {
        #expect(try #require(Fraction(top, over: bottom)).shortDecimals(1) == text)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `sums and products have the laws of numbers`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        func draw() throws -> Fraction {
            let top = Int64(random.below(2_000_001)) - 1_000_000
            return try #require(Fraction(top, over: Int64(random.below(365)) + 1))
        }
        for _ in 0..<50 {
            let (a, b, c) = (try draw(), try draw(), try draw())
            #expect(a.adding(b) == b.adding(a))
            #expect(a.adding(b)?.adding(c) == b.adding(c).flatMap { a.adding($0) })
            #expect(a.adding(b)?.subtracting(b) == a)
            #expect(a.multiplied(by: b) == b.multiplied(by: a))
            #expect((a < b) == (a.subtracting(b).map { $0 < .zero } ?? false))
            #expect([a < b, b < a, a == b].count { $0 } == 1)
            if b != .zero { #expect(a.divided(by: b)?.multiplied(by: b) == a) }
        }
    }

    @Test func `a range is exact where its ends meet`() throws {
        let range = try #require(
            FractionRange(MilligramRange(220_000, 252_000), of: Fraction(256_000)))
        #expect(range.percent == "85.9-98.4 %")
        #expect(FractionRange(MilligramRange(220_000), of: Fraction(256_000))?.percent == "85.9 %")
        #expect(FractionRange(MilligramRange(1), of: .zero) == nil)
        #expect(FractionRange(CountRange(1), of: 0) == nil)
        #expect(CountRange(7, 6).description == "6-7")
    }
}
