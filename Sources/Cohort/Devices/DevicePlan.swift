package import DiaryModel
internal import SeededRandom

/// A device of a patient: who writes on it, how wrong its clock is, and when it is online.
package struct DevicePlan: Sendable, Hashable {
    package let label: String
    package let role: Role
    /// The entry of the person who writes on it.
    let person: EntryNumber
    /// How far its clock is ahead, in milliseconds.
    package let skewMs: Int64
    /// When it reaches the clinic, in order; the first is when it joins.
    package var syncs: [Int64]
    /// Whether it serves another patient's diary, too.
    package var isShared = false
    /// When the clinic closed it; from then on it is given nothing.
    package internal(set) var closedMs: Int64?
    package let isSeldomOnline: Bool

    package var joinMs: Int64 { syncs.first ?? 0 }
    package var lastHeardMs: Int64? { syncs.last }

    /// When what is written on it at this moment reaches the clinic; nil if it never does.
    func arrival(ofWritten ms: Int64) -> Int64? { syncs.first { $0 >= ms } }

    /// When something that the clinic has from this moment on is on this device; nil if it never is.
    func arrival(fromClinic ms: Int64) -> Int64? {
        syncs.first { $0 > ms && $0 < closedMs ?? .max }
    }
}

extension SplitMix64 {
    /// The moments at which a device meets its clinic, from joining on.
    mutating func syncs(from joinMs: Int64, until endMs: Int64, isSeldom: Bool) -> [Int64] {
        var syncs: [Int64] = []
        var ms = joinMs
        while ms <= endMs {
            syncs.append(ms)
            ms +=
                isSeldom
                ? Int64(between(CohortTable.seldomGapDays)) * 86_400_000
                : max(gapMs(meanHours: CohortTable.gapHours), 60_000)
        }
        return syncs
    }

    /// How far a device's clock is ahead: nothing worth a word, or minutes, or days.
    mutating func skewMs() -> Int64 {
        let isAhead = below(2) == 0
        let drawn = below(CohortTable.whole)
        let ms: Int64
        if drawn < CohortTable.clockFarOff {
            ms = Int64(between(CohortTable.clockFarOffHours)) * 3_600_000
        } else if drawn < CohortTable.clockOff {
            ms = Int64(between(CohortTable.clockOffMinutes)) * 60_000
        } else {
            ms = Int64(below(90)) * 1000
        }
        return isAhead ? ms : -ms
    }
}
