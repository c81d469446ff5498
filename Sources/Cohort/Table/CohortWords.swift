internal import DiaryModel

/// Why a person is treated.
package enum Diagnosis: String, Sendable, CaseIterable {
    case pid, cidp, mmn, sid

    /// A disease of the nerves: strength is measured.
    var isNeuropathy: Bool { self == .cidp || self == .mmn }
}

/// The ways of dosing of section 11.
package enum RegimenKind: String, Sendable, CaseIterable {
    /// PID and SID under the skin.
    case weekly
    /// Under the skin with hyaluronidase.
    case facilitated
    /// PID and SID into a vein.
    case intravenous
    /// CIDP into a vein, a dose in two parts.
    case intravenousCourse
    /// CIDP under the skin.
    case weeklyNeuropathy
    /// MMN under the skin.
    case weeklyHigh
    /// MMN into a vein.
    case intravenousHigh

    var route: Route {
        switch self {
        case .weekly, .weeklyNeuropathy, .weeklyHigh: .sc
        case .facilitated: .fsc
        case .intravenous, .intravenousCourse, .intravenousHigh: .iv
        }
    }
}

/// How much a way of dosing gives.
struct RegimenAmounts: Sendable {
    let intervalDays: [Int]
    let parts: Int
    /// Milligrams per kilogram of body weight in one dose.
    let perKilogram: ClosedRange<Int64>
    /// Milligrams in one dose, whatever the weight.
    let milligrams: ClosedRange<Int64>

    init(
        days: [Int], parts: Int = 1, perKilogram: ClosedRange<Int64>,
        milligrams: ClosedRange<Int64>
    ) {
        intervalDays = days
        self.parts = parts
        self.perKilogram = perKilogram
        self.milligrams = milligrams
    }
}

/// What becomes of a due infusion.
package enum SlotTiming: Sendable, CaseIterable {
    case onDay, oneDayOff, daysLate, notDone, silentlyMissing
}

/// How long after an infusion it is written down.
package enum RecordingDelay: Sendable, CaseIterable { case hour, sameDay, week, later }

/// How the lot of a vial line comes into the diary.
package enum LotEntry: Sendable, CaseIterable { case scanned, fromStock, typed, missing }

/// A slip of whoever types a lot.
package enum LotSlip: String, Sendable, CaseIterable {
    case eightForB, zeroForO, transposition, truncation
}

/// What people say of two entries that look alike.
package enum DuplicateAnswer: Sendable { case open, same, different }

/// What a patient has to do with the lot that is recalled.
package enum RecallRole: String, Sendable, CaseIterable {
    /// Used it, and it stands there.
    case exact
    /// Used it, and it was typed with a slip.
    case typo
    /// Used another lot one letter apart, scanned.
    case sister
    /// Used it, and the device has not been heard since.
    case unsynced
    /// Used it, and no lot was noted.
    case missingLot = "missing_lot"
    /// The entry with it was voided.
    case voided
}
