internal import DiaryModel
internal import SeededRandom

/// The one lot that is looked for, with the lot one letter apart from it.
package struct RecallFixture: Sendable, Hashable {
    package let lot: LotPlan
    package let sister: LotPlan
    /// From this day on its boxes are opened.
    let exposureDay: Int

    init(days: CohortDays, using random: inout SplitMix64) {
        let product = CohortTable.recallProduct
        let milligrams = CohortTable.recallVialMilligrams
        let size =
            Catalogue.seed.product(product)?.size(milligrams: milligrams)
            ?? VialSize(milligrams: milligrams)
        let opened = days.lastDay - random.between(CohortTable.recallExposureDays)
        exposureDay = opened
        let text = LotText.random(of: product, using: &random)
        func made(_ text: String, expiresAfter days: Int) -> LotPlan {
            LotPlan(
                product: product, size: size, component: nil, text: text, fromDay: opened,
                untilDay: opened,
                expiry: CivilDate(daysSinceEpoch: opened).adding(days: days).endOfMonth)
        }
        lot = made(text, expiresAfter: random.between(CohortTable.expiryDays))
        sister = made(
            LotText.sister(of: text), expiresAfter: random.between(CohortTable.expiryDays) + 31)
    }

    /// The roles of the fixture in the order in which they are given out: one of each, then the rest.
    static var roles: [RecallRole] {
        var left = CohortTable.recallRoles
        var roles: [RecallRole] = []
        while left.contains(where: { $0.1 > 0 }) {
            for index in left.indices where left[index].1 > 0 {
                left[index].1 -= 1
                roles.append(left[index].0)
            }
        }
        return roles
    }
}
