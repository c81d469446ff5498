import DiaryDesk
import Testing

@Suite struct WireUnitTests {
    @Test(
        arguments: [
            ("gripPascals", "54.1", 54_100), ("gripPascals", "54.1 kPa", 54_100),
            ("weightGrams", "82.4", 82_400), ("weightGrams", "82.4kg", 82_400),
            ("temperatureCelsiusHundredths", "38.0", 3800),
            ("temperatureCelsiusHundredths", "36.8 °C", 3680),
            ("vialMicrolitres", "20mL", 20_000), ("iggMilligramsPerLitre", "12.5", 12_500),
            ("walkMilliseconds", "12.8 s", 12_800), ("forcePoundHundredths", "53.25lbf", 5325),
            ("doseMilligrams", "32g", 32_000), ("doseMilligrams", "1.65", 1650),
            ("doseMilligramsPerKilogram", "0.4", 400),
            ("rateMicrolitresPerKilogramPerHour", "5.4", 5400),
            ("maxMicrolitresPerHourPerSite", "25 mL/h", 25_000), ("intervalDays", "7d", 7),
            ("intervalDays", "21 days", 21), ("sizeMillimetres", "20mm", 20),
            ("oxygenPercent", "97 %", 97), ("needleMicrometres", "9", 9000),
        ] as [(String, String, Int64)])
    func `a number is read exactly in the unit of its member`(
        member: String, typed: String, wire: Int64
    ) {
        #expect(WireUnit.of(member)?.read(typed) == wire)
    }

    @Test(
        arguments: [
            ("gripPascals", "54.1234"), ("gripPascals", "54,1"), ("gripPascals", "54."),
            ("gripPascals", ".5"), ("gripPascals", "-1"), ("gripPascals", "1e3"),
            ("gripPascals", "５４"), ("gripPascals", "54.1 kg"), ("gripPascals", ""),
            ("weightGrams", "82.4 g"), ("temperatureCelsiusHundredths", "36.855"),
            ("intervalDays", "7.5d"), ("doseMilligrams", "9999999999g"), ("doseMilligrams", "NaN"),
        ])
    func `what the wire cannot hold exactly is no number`(member: String, typed: String) {
        #expect(WireUnit.of(member)?.read(typed) == nil)
    }

    @Test(
        arguments: [
            ("gripPascals", 54_100, "54.1 kPa"), ("gripPascals", 54_125, "54.125 kPa"),
            ("gripPascals", 0, "0.0 kPa"), ("weightGrams", 82_400, "82.4 kg"),
            ("temperatureCelsiusHundredths", 3800, "38.0 °C"), ("intervalDays", 1, "1 day"),
            ("intervalDays", 7, "7 days"), ("vialMicrolitres", 20_000, "20 mL"),
            ("vialMicrolitres", 12_500, "12.5 mL"), ("iggMilligramsPerLitre", 12_500, "12.5 g/L"),
            ("oxygenPercent", 97, "97 %"), ("painPoints", 4, "4"),
        ] as [(String, Int64, String)])
    func `a number is shown as it was said`(member: String, wire: Int64, words: String) {
        #expect(WireUnit.of(member)?.words(wire) == words)
    }

    @Test func `every number that is shown can be typed again`() throws {
        let unit = try #require(WireUnit.of("gripPascals"))
        for wire in stride(from: Int64(0), through: 200_000, by: 37) {
            #expect(unit.read(unit.words(wire)) == wire)
        }
    }
}
