import SyncCore

extension InfusionCheck {
    /// The labels of the products that were used.
    private var labels: [LabelLimits] {
        infusion.lines.compactMap { $0.line.product.value.flatMap { catalogue.product($0) }?.label }
    }

    private static func least(_ limits: [Int64?]) -> Int64? { limits.compactMap(\.self).min() }

    mutating func checkSites() {
        guard let sites = infusion.sites, isUnderTheSkin || infusion.route?.value != .iv else {
            return
        }
        let perSite = Self.least(
            labels.map(\.microlitresPerSite) + [context.plan?.maxMicrolitresPerSite])
        let largest = sites.compactMap { $0.volumeMicrolitres?.value }.max()
        if let perSite, let largest, largest > perSite {
            warn(.siteVolumeHigh, "sites", .integer(largest), also: ["vials"])
        }
        let most = Self.least(
            labels.map { $0.sites.map { Int64($0) } } + [context.plan?.maxSites])
        if let most, sites.count > most {
            warn(.sitesMany, "sites", .integer(Int64(sites.count)), also: ["vials"])
        }
        if let last = context.lastSites?.prefix(2), last.count == 2,
            let again = sites.first(where: { site in
                last.allSatisfy { $0.contains { $0.isSamePlace(as: site) } }
            })
        {
            warn(.siteNotRotated, "sites", .string(again.label))
        }
        if isUnderTheSkin, let venous = sites.first(where: { $0.region.value?.isVenous ?? false }) {
            warn(.regionNotForRoute, "sites", .string(venous.label), also: ["route"])
        }
    }

    mutating func checkRates() {
        guard let rates = infusion.rates else { return }
        let values = rates.compactMap { $0.rateMicrolitresPerHour.value }
        guard let fastest = values.max() else { return }
        let siteCount = infusion.sites.map { Int64($0.count) }
        if let perSite = context.plan?.maxMicrolitresPerHourPerSite,
            let limit = Self.product(perSite, siteCount), fastest > limit
        {
            warn(.rateAbovePlan, "rates", .integer(fastest), also: ["sites"])
        }
        let limits = labels.flatMap { label -> [Int64?] in
            if infusion.route?.value == .iv {
                let grams = infusion.weight?.grams ?? context.plan?.weightGrams
                return [Self.product(label.microlitresPerKilogramPerHour, grams).map { $0 / 1000 }]
            }
            return [
                label.microlitresPerHour, Self.product(label.microlitresPerHourPerSite, siteCount),
            ]
        }
        if let limit = Self.least(limits), fastest > limit {
            warn(.rateAboveProduct, "rates", .integer(fastest), also: ["vials", "sites"])
        }
        let jump = zip(values, values.dropFirst()).first { before, after in
            before > 0 && after > before && after - before > before
        }
        if let jump { warn(.rateStepLarge, "rates", .integer(jump.1)) }
    }

    private static func product(_ one: Int64?, _ other: Int64?) -> Int64? {
        guard let one, let other else { return nil }
        let (result, overflow) = one.multipliedReportingOverflow(by: other)
        return overflow ? nil : result
    }
}
