internal import DiaryModel

/// The parameters of the synthetic cohort (domain, section 11). All people are invented.
///
/// Every share is a whole number of 10 000, every clinical amount stands in wire units, every table of
/// choices is a list in a fixed order. What section 11 does not say is marked "ours".
package enum CohortTable {
    /// What every share is of.
    static let whole = 10_000
    /// Stands in the clinic's name and in what is printed.
    package static let banner = "SYNTHETIC"

    // MARK: Size

    package static let demoPatients = 24
    package static let systemTestPatients = 120
    package static let loadPatients = 2000
    static let years = 2

    // MARK: Patients

    static let indications: [(Diagnosis, Int)] = [
        (.pid, 5000), (.cidp, 2600), (.mmn, 1800), (.sid, 600),
    ]
    static let ageYears = Spread(mean: 52, deviation: 14, within: 18...90)
    static let ageYearsOfPID = Spread(mean: 38, deviation: 16, within: 6...90)
    static let weightGrams = Spread(mean: 76_000, deviation: 15_000, within: 40_000...130_000)
    /// Ours: who begins therapy inside the window; the others came with it.
    static let newStarters = 1500
    /// Ours: within how many days of the first everybody is enrolled.
    static let enrolmentDays = 21
    /// Ours: days within which a new starter's first infusion falls.
    static let newStarterDays = 60...300

    // MARK: Regimens

    static func regimens(of indication: Diagnosis) -> [(RegimenKind, Int)] {
        switch indication {
        case .pid, .sid:
            [(.weekly, 6000), (.facilitated, 2000), (.intravenous, 2000)]
        case .cidp: [(.intravenousCourse, 6000), (.weeklyNeuropathy, 4000)]
        case .mmn: [(.weeklyHigh, 6000), (.intravenousHigh, 4000)]
        }
    }

    /// Milligrams per kilogram and dose; where one does not bind it is wide.
    static func amounts(of kind: RegimenKind) -> RegimenAmounts {
        switch kind {
        case .weekly:
            RegimenAmounts(days: [7], perKilogram: 100...150, milligrams: 8000...12_000)
        case .facilitated:
            RegimenAmounts(days: [28], perKilogram: 400...600, milligrams: 10_000...70_000)
        case .intravenous:
            RegimenAmounts(days: [21, 28], perKilogram: 400...400, milligrams: 10_000...60_000)
        case .intravenousCourse:
            RegimenAmounts(
                days: [21], parts: 2, perKilogram: 1000...1000, milligrams: 40_000...130_000)
        case .weeklyNeuropathy:
            RegimenAmounts(days: [7], perKilogram: 200...400, milligrams: 8000...52_000)
        case .weeklyHigh:
            RegimenAmounts(days: [7], perKilogram: 250...1000, milligrams: 32_000...40_000)
        case .intravenousHigh:
            RegimenAmounts(days: [28], perKilogram: 500...2400, milligrams: 20_000...320_000)
        }
    }

    /// Ours: which product.
    static func products(of kind: RegimenKind) -> [(ProductKey, Int)] {
        switch kind {
        case .weekly:
            [
                ("hizentra", 3200), ("cuvitru", 3200), ("xembify", 1200), ("cutaquig", 1200),
                ("gammanorm", 1200),
            ]
        case .weeklyNeuropathy, .weeklyHigh:
            [("hizentra", 5000), ("cuvitru", 4000), ("xembify", 1000)]
        case .facilitated: [("hyqvia", 10_000)]
        case .intravenous, .intravenousCourse, .intravenousHigh:
            [
                ("privigen", 2500), ("octagam10", 2500), ("kiovig", 2000), ("panzyga", 1500),
                ("gamunex_c", 1000), ("octagam5", 500),
            ]
        }
    }

    /// Ours: how many vials of one size make a dose, where there is a choice.
    static let vialsInADose: ClosedRange<Int64> = 2...20
    /// Ours: after a late dose the next one is counted from it (the others keep their grid).
    static let rollingOfSubcutaneous = 3000
    static let rollingOfIntravenous = 8000

    // MARK: Start time

    static let sundayMorning = 6000
    static let morningMinute = Spread(mean: 540, deviation: 60, within: 420...660)
    static let eveningMinute = Spread(mean: 1140, deviation: 40, within: 1020...1260)
    static let weekdayMinute = Spread(mean: 600, deviation: 30, within: 510...720)
    /// Ours: on a Sunday on which the clocks change, begun half an hour after midnight.
    static let throughTheChange = 500

    // MARK: Sites and rates

    /// Microlitres up to which one or two sites do, in this share.
    static let lowVolumeMicrolitres: Int64 = 60_000
    static let oneOrTwoSites = 7000
    static let highVolumeMicrolitres: Int64 = 120_000
    static let sitesOfHighVolume = 4...8
    /// Ours: microlitres an hour and site, in steps.
    static let rateStepsPerSite: [Int64] = [20_000, 25_000, 30_000, 35_000, 40_000, 50_000]
    /// Ours: microlitres per kilogram and hour, half an hour each.
    static let intravenousSteps: [Int64] = [500, 1000, 2000, 3500]
    /// Ours: microlitres an hour, ten minutes each.
    static let facilitatedSteps: [Int64] = [10_000, 30_000, 60_000, 120_000, 240_000, 300_000]

    // MARK: Interval

    static let onDay = 7200
    static let oneDayOff = 1800
    static let daysLate = 600
    static let notDone = 300
    static let silentlyMissing = 100
    static let timing: [(SlotTiming, Int)] = [
        (.onDay, onDay), (.oneDayOff, oneDayOff), (.daysLate, daysLate), (.notDone, notDone),
        (.silentlyMissing, silentlyMissing),
    ]
    static let daysLateRange = 2...4
    static let notDoneReasons: [(NotDoneReason, Int)] = [
        (.feverOrInfection, 3000), (.unwellOther, 1500), (.noStock, 800), (.equipment, 600),
        (.noVenousAccess, 400), (.noPartner, 700), (.travel, 900), (.forgot, 900),
        (.clinicHold, 400), (.inHospital, 300), (.infusedElsewhere, 200), (.unknown, 300),
    ]
    /// Ours: of a dose in two parts only the first is given; an infusion ends early.
    static let secondPartMissing = 200
    static let partial = 120
    static let stopped = 60

    // MARK: Reporting

    static let reporting: [(ClosedRange<Int>, Int)] = [
        (7500...10_000, 5500), (4000...7500, 3000), (0...4000, 1500),
    ]
    static let recordedWithinAnHour = 5500
    static let recordedSameDay = 3000
    static let recordedInAWeek = 1000
    static let recordedLater = 500
    static let delays: [(RecordingDelay, Int)] = [
        (.hour, recordedWithinAnHour), (.sameDay, recordedSameDay), (.week, recordedInAWeek),
        (.later, recordedLater),
    ]
    static let weekDelayDays = 1...7
    static let laterDelayDays = 8...90
    static let onPaper = 1200
    /// Ours: how often the clerk types what came by post, and how much of it has a day alone.
    static let postDays = 28
    static let paperDayOnly = 8000
    /// Ours: of those with a carer's device, who records.
    static let recordedByCarer = 2500

    // MARK: Reactions

    static let systemicReaction = 260
    static let localReaction = 420
    static let localReactionAtFirst = 3000
    /// In these days of a new starter, and not with this product.
    static let firstDays = 56
    static let gentleProduct: ProductKey = "cuvitru"
    /// Of 10 000 reactions; with the share above grade 4 is far below one infusion in 20 000.
    static let grades: [(Int64, Int)] = [(1, 9550), (2, 370), (3, 78), (4, 2)]
    static let systemicSymptoms: [(String, Int)] = [
        ("headache", 4600), ("fatigue", 1500), ("nausea", 1000), ("chills", 700), ("fever", 600),
        ("flushing", 500), ("muscle_ache", 500), ("itch", 300), ("rash", 300),
    ]
    static let localSigns: [(String, Int)] = [
        ("redness", 3500), ("swelling", 3000), ("itch", 1500), ("pain", 1200), ("lump", 800),
    ]
    /// Ours: a nurse grades mild ones now and then, the others always.
    static let mildAssessed = 1500

    // MARK: Premedication and checks

    static let premedicationOfIntravenous = 4500
    static let premedicationOfSubcutaneous = 1000
    /// Ours: who uses the checklist, and how often.
    static let usesChecks = 5000
    static let checked = 8500
    static let afterAdvice = 200

    // MARK: Lots

    static let liveLots = 6...20
    static let deliveryDays = 28
    static let lotsInADelivery: [(Int, Int)] = [(1, 7000), (2, 2500), (3, 500)]
    /// With the number of live lots this spreads one over the 1 to 8 % of patients of a big clinic.
    static let lotLifeDays = 56...112
    /// From a lot's first delivery: what is delivered last of it still has twelve months.
    static let expiryDays = 480...910
    static let sisterLots = 300
    /// Ours: who keeps count of the boxes at home, how boxes are entered, and what happens to them.
    static let keepsStock = 7000
    static let receiptScanned = 6500
    static let coldChainBroken = 100
    static let coldChainUnknown = 800
    static let vialLost = 150
    static let countEveryDays = 91

    // MARK: Lot entry

    static let scanned = 4500
    static let fromStock = 3500
    static let typed = 1800
    static let lotMissing = 200
    /// The four together, split so that only who keeps stock picks from it.
    static let entryOfStockKeepers: [(LotEntry, Int)] = [
        (.scanned, 3900), (.fromStock, 5000), (.typed, 900), (.missing, 200),
    ]
    static let entryOfOthers: [(LotEntry, Int)] = [
        (.scanned, 5900), (.typed, 3900), (.missing, 200),
    ]
    static let typedWrongly = 200
    static let slips: [(LotSlip, Int)] = [
        (.eightForB, 3000), (.zeroForO, 3000), (.transposition, 2000), (.truncation, 2000),
    ]
    /// Ours: a slip that somebody finds on the box again.
    static let slipCorrected = 4000
    static let lotMissingReasons: [(VialLine.LotMissing, Int)] = [
        (.boxThrownAway, 5000), (.notNoted, 3000), (.unreadable, 2000),
    ]

    // MARK: Missingness

    static let endMissing = 800
    static let rateMissing = 2500
    static let sitesMissing = 1000
    static let expiryMissing = 600
    static let visualCheckNotAsked = 2000
    static let weightMissing = 6000
    /// Of what was answered: the word `unknown`.
    static let saidUnknown = 200

    // MARK: Outcomes

    static let strongerGripPascals = Spread(
        mean: 70_000, deviation: 22_000, within: 20_000...140_000)
    static let weakerGripPascals = Spread(mean: 38_000, deviation: 20_000, within: 4000...110_000)
    static let gripWithinDay = Spread(mean: 0, deviation: 4000, within: -12_000...12_000)
    static let wearingOffPascals: Int64 = -6000
    /// In this part of an interval, the last.
    static let wearingOffFrom = 7500
    /// In a year.
    static let relapse = 1200
    static let relapsePascals: ClosedRange<Int64> = -25_000 ... -10_000
    static let relapseDays = 42
    static let incatPoints: [(Int64, Int)] = [
        (0, 1200), (1, 2000), (2, 2400), (3, 1800), (4, 1300), (5, 800), (6, 500),
    ]
    static let irodsRawPoints = Spread(mean: 30, deviation: 11, within: 3...48)
    static let troughOfPID: ClosedRange<Int64> = 8000...11_000
    static let troughOfNeuropathy: ClosedRange<Int64> = 14_000...22_000
    static let infectionsInAQuarter: [(Int64, Int)] = [(0, 5800), (1, 3300), (2, 900)]
    /// Ours: how often what is measured.
    static let gripEveryDays = 28
    static let gripAttempts = 3
    static let homeWeightEveryDays = 91
    static let visitEveryDays = 91
    static let visitMissed = 1000

    // MARK: Devices

    /// Of those who do not write on paper: one, two, three. With `onPaper` 1.4 a patient.
    static let deviceCounts: [(Int, Int)] = [(1, 5000), (2, 4100), (3, 900)]
    /// Of second devices; with the two above 35 % of patients have a carer who writes.
    static let secondIsCarers = 8000
    static let gapHours = 72
    /// Of devices: seldom where there is a network.
    static let seldomOnline = 400
    static let seldomGapDays = 31...75
    static let clockOff = 500
    static let clockOffMinutes = 3...180
    static let clockFarOff = 50
    static let clockFarOffHours = 25...200
    /// Ours: of carers' devices, in two years.
    static let closedAsLost = 300
    /// In a year.
    static let travels = 600
    static let tripDays = 7...21

    // MARK: Conflicts

    static let duplicates = 200
    static let concurrentAmendments = 50
    static let voidAgainstAmendment = 5
    static let bothSetAside = 1
    /// One in 200 changes of a plan.
    static let planRaces = 50
    /// Of infusions on a device that serves two diaries.
    static let wrongPatient = 10
    /// Ours: pairs of patients with one tablet, of all who could be.
    static let sharedDevices = 300
    /// Ours: what becomes of a duplicate.
    static let duplicateAnswers: [(DuplicateAnswer, Int)] = [
        (.open, 4500), (.same, 4500), (.different, 1000),
    ]
    /// Ours: a field in conflict that somebody settles; a plan, too.
    static let conflictSettled = 5000

    // MARK: Plans, training, questions

    /// Ours: at each visit.
    static let planChanged = 1000
    static let planTapered = 100
    static let trainingDays = 730
    static let trainingRenewed = 8000
    /// Ours: a missing lot that a pharmacist asks about, and that is answered.
    static let missingLotAsked = 4000
    static let questionAnswered = 6000

    // MARK: Recall

    /// One real-shaped lot, and who has to do with it, in this order where there are fewer patients.
    static let recallRoles: [(RecallRole, Int)] = [
        (.exact, 11), (.typo, 2), (.sister, 1), (.unsynced, 3), (.missingLot, 1), (.voided, 1),
    ]
    static let recallProduct: ProductKey = "gamunex_c"
    static let recallVialMilligrams: Int64 = 10_000
    /// Days before the last on which the box came.
    static let recallExposureDays = 50...120
    static let recallMonths = 24
}

/// A bell-shaped spread of whole numbers, cut off at both ends.
struct Spread: Sendable {
    let mean: Int64
    let deviation: Int64
    let within: ClosedRange<Int64>
}
