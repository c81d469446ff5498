extension Catalogue {
    static let intravenousProducts: [Product] = [
        Product(
            "gammagard_liquid", "Gammagard Liquid", "Takeda", 100, [.iv, .sc], wideSizes,
            "glycine 0.25 M, no sugar; moved to room temperature it has a second date; 30 g confirm",
            label: LabelLimits(microlitresPerKilogramPerHour: 5400),
            roomTemperature: RoomTemperatureRule(
                months: 9, atMostCelsius: 25, withinMonthsOfManufacture: 24)),
        Product(
            "kiovig", "Kiovig", "Takeda (EU/UK)", 100, [.iv], wideSizes,
            "glycine; CIDP and MMN licensed; IgA at most 140 ug/mL"),
        Product(
            "gammagard_sd", "Gammagard S/D", "Takeda", 50, [.iv], grams(2500, 5000, 10_000),
            "powder and diluent: two lots possible; 50 mg/mL after mixing"),
        Product(
            "gamunex_c", "Gamunex-C", "Grifols", 100, [.iv, .sc],
            sizes(
                (1000, 10), (2500, 25), (5000, 50), (10_000, 100), (20_000, 200), (40_000, 400)),
            "glycine; room temperature 6 months; SC in PID",
            label: LabelLimits(microlitresPerKilogramPerHour: 4800),
            roomTemperature: RoomTemperatureRule(months: 6, atMostCelsius: 25)),
        Product(
            "gammaked", "Gammaked", "Kedrion (made by Grifols)", 100, [.iv, .sc],
            grams(1000, 2500, 5000, 10_000, 20_000), "lot style as Gamunex-C", .part),
        Product(
            "privigen", "Privigen", "CSL Behring", 100, [.iv],
            sizes((2500, 25), (5000, 50), (10_000, 100), (20_000, 200), (40_000, 400)),
            "L-proline 250 mmol/L; IgA at most 25 ug/mL; no refrigeration", .part,
            label: LabelLimits(microlitresPerKilogramPerHour: 4800)),
        Product(
            "octagam5", "Octagam 5 %", "Octapharma", 50, [.iv],
            sizes((1000, 20), (2500, 50), (5000, 100), (10_000, 200), (25_000, 500)),
            "maltose: can falsely raise some glucose meters"),
        Product(
            "octagam10", "Octagam 10 %", "Octapharma", 100, [.iv],
            sizes((2000, 20), (5000, 50), (6000, 60), (10_000, 100), (20_000, 200)), "maltose"),
        Product(
            "panzyga", "Panzyga", "Octapharma", 100, [.iv],
            sizes(
                (1000, 10), (2500, 25), (5000, 50), (6000, 60), (10_000, 100), (20_000, 200),
                (30_000, 300)),
            "glycine; sodium 69 mg per 100 mL"),
        Product(
            "flebogamma5", "Flebogamma DIF 5 %", "Grifols", 50, [.iv],
            sizes((500, 10), (2500, 50), (5000, 100), (10_000, 200), (20_000, 400)),
            "D-sorbitol 50 mg/mL: not in hereditary fructose intolerance"),
        Product(
            "flebogamma10", "Flebogamma DIF 10 %", "Grifols", 100, [.iv],
            sizes((5000, 50), (10_000, 100), (20_000, 200)), "sorbitol", .part),
        Product(
            "gammaplex5", "Gammaplex 5 %", "BPL", 50, [.iv],
            sizes((2500, 50), (5000, 100), (10_000, 200), (20_000, 400)), "sorbitol"),
        Product(
            "gammaplex10", "Gammaplex 10 %", "BPL", 100, [.iv],
            sizes((5000, 50), (10_000, 100), (20_000, 200)), "CIDP and MMN licensed", .part),
        Product(
            "intratect5", "Intratect 5 %", "Biotest", 50, [.iv], grams(1000, 2500, 5000, 10_000),
            "glycine", .part),
        Product(
            "intratect10", "Intratect 10 %", "Biotest", 100, [.iv],
            grams(1000, 2500, 5000, 10_000, 20_000), "glycine", .part),
        Product(
            "iqymune", "Iqymune", "LFB", 100, [.iv],
            sizes((2000, 20), (5000, 50), (10_000, 100), (20_000, 200)), "glycine, polysorbate 80",
            .part),
        Product(
            "bivigam", "Bivigam", "ADMA Biologics", 100, [.iv], grams(5000, 10_000), "US only",
            .part),
        Product("asceniv", "Asceniv", "ADMA Biologics", 100, [.iv], grams(5000), "US only", .part),
    ]

    private static let wideSizes = sizes(
        (1000, 10), (2500, 25), (5000, 50), (10_000, 100), (20_000, 200), (30_000, 300))
}
