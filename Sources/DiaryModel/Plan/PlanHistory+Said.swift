import SyncCore

/// What the clinic says in its plans beside the dose.
extension PlanHistory {
    /// The clinic's number, as the versions on show name it.
    public var clinicPhone: String? { said("clinicPhone") }
    /// The number that is rung first.
    public var emergencyPhone: String? { said("emergencyPhone") }

    /// The IANA name of the zone in which days are counted: of the version on show that names one first.
    public var zoneName: String? { said("zone") }

    // Also of a version in a newer form: a number to ring is never withheld.
    private func said(_ member: String) -> String? {
        entries.lazy.compactMap { $0.shown?.json?[member]?.stringValue }.first
    }

    /// The items of the checklist that the plans of a day ask, each once.
    ///
    /// Where siblings ask one item, the one that names a concern is taken; where both do, both stand.
    public func checks(on day: CivilDate) -> [PlannedCheck] {
        let all = versions(on: day).flatMap { $0.plan?.checks ?? [] }
        var asked: [PlannedCheck] = []
        for check in all where !asked.contains(check) {
            let isPlain = check.concern == nil && check.text == nil
            if isPlain, asked.contains(where: { $0.item == check.item }) { continue }
            asked.removeAll { $0.item == check.item && $0.concern == nil && $0.text == nil }
            asked.append(check)
        }
        return asked
    }
}
