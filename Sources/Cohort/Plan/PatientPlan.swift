package import DiaryModel

/// All that happens to one patient in these years: who they are, their devices, and what is written.
package struct PatientPlan: Sendable, Hashable {
    package let facts: PatientFacts
    /// When the clinic begins the diary.
    package let foundedMs: Int64
    package internal(set) var devices: [DevicePlan]
    /// In order of time; of one moment in the order of planning.
    package internal(set) var acts: [PlannedAct]
    package internal(set) var entryCount: Int
    /// What truly became of each due infusion, written down or not.
    package let slots: [InfusionTruth]
    /// The infusions that are written down.
    package let records: [InfusionRecord]
    /// What was made happen on purpose.
    package let injections: [Injection]
    /// Infusions of this patient that were written into another's diary.
    let strays: [Stray]
    /// The entries that another patient's parent began here by mistake, in order of their strays.
    ///
    /// Nil where the tablet had not joined here yet.
    var strayEntries: [EntryNumber?] = []
    let planEntry: EntryNumber
    package let planVersions: [SignedVersion]

    /// The acts of one kind of entry, its beginning alone.
    package func begun(_ kind: EntryKind) -> [Words] {
        acts.compactMap { act in
            if case .begin(_, kind, let words) = act.deed { words } else { nil }
        }
    }
}

/// What truly happened, or did not, where an infusion was due.
package struct InfusionTruth: Sendable, Hashable {
    /// Days since 1970 in the plan's zone.
    package let dueDay: Int
    package let timing: SlotTiming
    /// Of a dose in parts this one, from 1.
    let part: Int
    /// Nil where nothing was infused.
    package internal(set) var startMs: Int64?
    var endMs: Int64?
    /// The zone in which it was, as an index of those abroad; nil at home.
    let abroad: Int?
    let lines: [DrawnLine]
    let outcome: Outcome
    /// The box that is recalled, or what stands for it, was used.
    let isExposure: Bool
    /// How late it was written down; nil if it never was.
    package var delay: RecordingDelay?

    package var wasGiven: Bool { startMs != nil }
}

/// Vials of one lot that were used at once.
struct DrawnLine: Sendable, Hashable {
    let lot: LotPlan
    let count: Int64
    var discardedMilligrams: Int64 = 0
}

/// An infusion as it was written down.
package struct InfusionRecord: Sendable, Hashable {
    package let entry: EntryNumber
    package let writer: Writer
    package let writtenMs: Int64
    /// The local day on which it began.
    package let day: CivilDate
    let truth: InfusionTruth
    package let words: Words
    package let lots: [WrittenLot]
    package var isVoided = false

    /// What stands of a lot in a vial line.
    package struct WrittenLot: Sendable, Hashable {
        package let lot: LotPlan
        /// As it was written; nil where no lot was noted.
        package let text: String?
        package let entry: LotEntry
        package let slip: LotSlip?
        /// Milligrams given by the line.
        package let milligrams: Int64
    }
}

/// An infusion that was written into another patient's diary, and voided there.
struct Stray: Sendable, Hashable {
    let writtenMs: Int64
    let voidedMs: Int64
    let words: Words
    /// The number that the stray entry gets in the other diary, counted from 0 among strays.
    let index: Int
}

/// What is made happen on purpose (domain 11, "conflicts injected").
package enum Injection: String, Sendable, CaseIterable {
    /// C01: the carer writes the same infusion.
    case carersCopy = "C01"
    /// C14: "same as last time" tapped twice.
    case secondTap = "C14"
    /// C15: the clerk types the paper diary of the same day.
    case paperCopy = "C15"
    /// C04: two people set one field.
    case sameField = "C04"
    /// C03: two people set different fields.
    case otherFields = "C03"
    /// C05: voided while somebody corrects it.
    case voidAgainstCorrection = "C05"
    /// C07: two doctors sign at once.
    case planRace = "C07"
    /// C18: written into the other child's diary.
    case wrongPatient = "C18"
    /// C27: "same, mine counts", said twice.
    case bothSetAside = "C27"
}
