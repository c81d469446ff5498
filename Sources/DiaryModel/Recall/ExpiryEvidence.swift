/// What the expiry of a recalled lot is: as the notice says, else as all who have the lot say.
struct ExpiryEvidence {
    /// By the lot's place in the search.
    private let expiries: [[Expiry]]
    private let isNoticed: [Bool]

    init(_ query: RecallQuery, in entries: some Sequence<RecallEntry>) {
        var found = query.lots.map { [$0.expiry].compactMap(\.self) }
        isNoticed = query.lots.map { $0.expiry != nil }
        for entry in entries {
            for statement in entry.statements where statement.standing == .current {
                for (asked, lot) in query.lots.enumerated()
                where lot.expiry == nil && lot.isNamed(by: statement) {
                    if let expiry = statement.expiry, !found[asked].contains(expiry) {
                        found[asked].append(expiry)
                    }
                }
            }
        }
        expiries = found
    }

    /// What is to be noted of a line with this expiry.
    func note(on expiry: Expiry?, asked: Int) -> RecallNote? {
        guard let expiry, expiries.indices.contains(asked) else { return nil }
        let others = expiries[asked]
        if others.contains(where: { !$0.agrees(with: expiry) }) { return .expiryDiffers }
        let isLessExact = others.contains { other in
            other.precision != expiry.precision
                && (isNoticed[asked] || expiry.precision == .month)
        }
        return isLessExact ? .expiryPrecision : nil
    }
}
