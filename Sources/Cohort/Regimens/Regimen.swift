package import DiaryModel
internal import SeededRandom

/// How a patient is dosed: of which product, how much, how often, in vials of which size.
package struct Regimen: Sendable, Hashable {
    package let kind: RegimenKind
    package let product: ProductKey
    package let intervalDays: Int
    package let parts: Int
    /// Milligrams in one whole dose, in all its parts.
    package let doseMilligrams: Int64
    /// Milligrams in each vial; of facilitated doses all sizes are used.
    let vialMilligrams: Int64
    let isRolling: Bool
    /// When in the week and the day it is begun.
    let start: StartHabit

    package var route: Route { kind.route }
}

/// When somebody infuses.
enum StartHabit: Sendable, Hashable {
    case sundayMorning
    case evening(Int)
    case workdayMorning(Int)

    var weekday: Weekday {
        switch self {
        case .sundayMorning: .sunday
        case .evening(let number), .workdayMorning(let number):
            Weekday(rawValue: number) ?? .wednesday
        }
    }
}

/// So many vials of one size.
struct VialNeed: Sendable, Hashable {
    let size: VialSize
    let count: Int64
}

extension Regimen {
    /// The vials that make these milligrams: of one size, or of a facilitated dose the largest first.
    func vials(for milligrams: Int64) -> [VialNeed] {
        let sizes = Catalogue.seed.product(product)?.sizes ?? []
        guard route == .fsc else {
            let size =
                sizes.first { $0.milligrams == vialMilligrams }
                ?? VialSize(milligrams: vialMilligrams)
            return [VialNeed(size: size, count: max(milligrams / max(vialMilligrams, 1), 1))]
        }
        var left = milligrams
        var needs: [VialNeed] = []
        for size in sizes.sorted(by: { $0.milligrams > $1.milligrams })
        where size.milligrams <= left {
            needs.append(VialNeed(size: size, count: left / size.milligrams))
            left %= size.milligrams
        }
        return needs
    }

    /// The milligrams of each part of a dose, whole vials each.
    func partDoses(of milligrams: Int64) -> [Int64] {
        guard parts == 2 else { return [milligrams] }
        let count = milligrams / max(vialMilligrams, 1)
        let first = (count + 1) / 2 * vialMilligrams
        return [first, milligrams - first]
    }

    /// The least by which a dose changes.
    var doseStep: Int64 { route == .fsc ? 2500 : vialMilligrams }
}

extension SplitMix64 {
    /// A way of dosing for this patient, its dose rounded to whole vials.
    ///
    /// - Parameter isRecalled: whether it has to be one with the product that is recalled.
    mutating func regimen(
        of indication: Diagnosis, weightGrams: Int64, isRecalled: Bool
    ) -> Regimen {
        var kinds = CohortTable.regimens(of: indication)
        if isRecalled { kinds = kinds.filter { $0.0.route == .iv } }
        let kind = choose(kinds)
        let amounts = CohortTable.amounts(of: kind)
        let product =
            isRecalled ? CohortTable.recallProduct : choose(CohortTable.products(of: kind))
        let wanted = doseMilligrams(of: kind, amounts, weightGrams: weightGrams)
        let vial = vialMilligrams(of: product, for: wanted, in: amounts.parts)
        let step = kind == .facilitated ? 2500 : vial
        let count = max((wanted + step / 2) / step, Int64(amounts.parts))
        return Regimen(
            kind: kind, product: product, intervalDays: pick(amounts.intervalDays),
            parts: amounts.parts, doseMilligrams: count * step, vialMilligrams: vial,
            isRolling: happens(
                kind.route == .iv
                    ? CohortTable.rollingOfIntravenous : CohortTable.rollingOfSubcutaneous),
            start: startHabit(of: kind.route))
    }

    private mutating func doseMilligrams(
        of kind: RegimenKind, _ amounts: RegimenAmounts, weightGrams: Int64
    ) -> Int64 {
        // Where only the dose is given, it is drawn itself.
        if kind == .weeklyHigh { return between(amounts.milligrams) }
        let perKilogram = between(amounts.perKilogram)
        let milligrams = weightGrams * perKilogram / 1000
        return min(max(milligrams, amounts.milligrams.lowerBound), amounts.milligrams.upperBound)
    }

    private mutating func vialMilligrams(
        of product: ProductKey, for milligrams: Int64, in parts: Int
    ) -> Int64 {
        if product == CohortTable.recallProduct { return CohortTable.recallVialMilligrams }
        let sizes = (Catalogue.seed.product(product)?.sizes ?? [])
            .filter { $0.microlitres != nil }.map(\.milligrams)
        let fitting = sizes.filter { size in
            let count = (milligrams + size / 2) / size
            let isNear = abs(count * size - milligrams) * 10 <= milligrams
            return CohortTable.vialsInADose.contains(count) && isNear
        }
        if !fitting.isEmpty { return pick(fitting) }
        // Nothing is near: the smallest vials that are not too many.
        return sizes.sorted().first { milligrams / $0 <= CohortTable.vialsInADose.upperBound }
            ?? sizes.max() ?? 10_000
    }

    private mutating func startHabit(of route: Route) -> StartHabit {
        if route == .iv { return .workdayMorning(between(1...4)) }
        return happens(CohortTable.sundayMorning) ? .sundayMorning : .evening(between(1...6))
    }
}
