extension Catalogue {
    /// The product list of domain section 3, dated by this program's release.
    public static let seed = Catalogue(
        products: subcutaneousProducts + intravenousProducts,
        families: [
            ["octagam5", "octagam10"], ["flebogamma5", "flebogamma10"],
            ["gammaplex5", "gammaplex10"], ["intratect5", "intratect10"],
            ["gamunex_c", "gammaked"], ["gammagard_liquid", "kiovig"],
        ])

    /// Sizes written as (milligrams, millilitres).
    static func sizes(_ pairs: (Int64, Int64)...) -> [VialSize] {
        pairs.map { VialSize(milligrams: $0, microlitres: $1 * 1000) }
    }

    /// Sizes of which only the milligrams are known.
    static func grams(_ milligrams: Int64...) -> [VialSize] {
        milligrams.map { VialSize(milligrams: $0) }
    }

    /// Packs written as (trade item number, milligrams in one vial).
    static func packs(_ pairs: (String, Int64)...) -> [Pack] {
        pairs.compactMap { pair in GTIN(pair.0).map { Pack($0, milligrams: pair.1) } }
    }

    private static let subcutaneousProducts: [Product] = [
        Product(
            "hizentra", "Hizentra", "CSL Behring", 200, [.sc],
            sizes((1000, 5), (2000, 10), (4000, 20), (10_000, 50)),
            "L-proline 250 mmol/L (not in hyperprolinaemia), polysorbate 80; store below 25 C",
            label: LabelLimits(microlitresPerSite: 50_000, microlitresPerHourPerSite: 50_000)),
        Product(
            "cuvitru", "Cuvitru", "Takeda", 200, [.sc],
            sizes((1000, 5), (2000, 10), (4000, 20), (8000, 40), (10_000, 50)),
            "glycine; the 10 g size is newer, confirm",
            label: LabelLimits(
                sites: 4, microlitresPerSite: 60_000, microlitresPerHourPerSite: 60_000)),
        Product(
            "xembify", "Xembify", "Grifols", 200, [.sc],
            sizes((1000, 5), (2000, 10), (4000, 20), (10_000, 50)),
            "IgA at most 160 ug/mL; glycine, polysorbate 80",
            label: LabelLimits(
                sites: 6, microlitresPerSite: 25_000, microlitresPerHourPerSite: 35_000)),
        Product(
            "cutaquig", "cutaquig", "Octapharma", 165, [.sc], sizesOf165,
            "maltose; sodium 33.1 mg per 48 mL; mL = g x 6 in the US label",
            label: LabelLimits(
                sites: 6, microlitresPerSite: 40_000, microlitresPerHourPerSite: 25_000,
                microlitresPerHour: 100_000)),
        Product(
            "gammanorm", "Gammanorm", "Octapharma", 165, [.sc], sizesOf165,
            "glycine, NaCl, Na acetate, polysorbate 80", packs: packs(("05060237670730", 8000))),
        Product(
            "subgam", "Subgam", "BPL", 160, [.sc], sizes((750, 5), (1500, 10)),
            "older UK product", .part),
        Product(
            "evogam", "Evogam", "CSL (AU/NZ)", 160, [.sc], sizes((800, 5), (3200, 20)), "glycine",
            .part),
        Product(
            "hyqvia", "HyQvia", "Takeda", 100, [.fsc],
            sizes((2500, 25), (5000, 50), (10_000, 100), (20_000, 200), (30_000, 300)),
            "dual-vial unit with rHuPH20 160 U/mL (1.25, 2.5, 5, 10, 15 mL): two vials, two lots; "
                + "hyaluronidase first; the HY vial holds human albumin",
            label: LabelLimits(microlitresPerSite: 600_000, microlitresPerHourPerSite: 300_000)),
    ]

    private static let sizesOf165 = sizes(
        (1000, 6), (1650, 10), (2000, 12), (3300, 20), (4000, 24), (8000, 48))
}
