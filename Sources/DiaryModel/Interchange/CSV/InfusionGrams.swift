import SyncCore

/// What all lines of an infusion add up to: every sum that its candidates allow.
struct InfusionGrams {
    private let entry: ExportedEntry

    init(_ entry: ExportedEntry) { self.entry = entry }

    /// More sums than this are told by their ends.
    private static let sumLimit = 16

    /// In grams; empty where a line's are not known.
    var text: String {
        var sums: Set<Int64> = [0]
        for field in entry.vialFields {
            guard let doses = doses(of: field) else { return "" }
            sums = Set(sums.flatMap { sum in doses.map { sum.addingSaturating($0) } })
            if sums.count > Self.sumLimit, let low = sums.min(), let high = sums.max() {
                sums = [low, high]
            }
        }
        return ColumnText.joined(sums.map { ExactDecimal($0, decimals: 3).description })
    }

    /// The milligrams that the candidates of a line say, one removed being none; nil if one is not known.
    private func doses(of field: String) -> [Int64]? {
        var doses: [Int64] = []
        for candidate in entry.fields[field]?.candidates ?? [] {
            if candidate.value == .said(.null) {
                doses.append(0)
                continue
            }
            let line = candidate.value.json.flatMap { VialLine(json: $0) }
            guard let dose = line?.doseMilligrams else { return nil }
            doses.append(dose)
        }
        return doses
    }
}
