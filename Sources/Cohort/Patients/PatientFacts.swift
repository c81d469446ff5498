internal import DiaryModel
internal import SeededRandom

/// Who a patient is, before anything happens to them.
package struct PatientFacts: Sendable, Hashable {
    /// From 1.
    package let number: Int
    /// As staff call them: `P001`.
    package let reference: String
    package let firstName: String
    package let name: String
    let carerName: String
    package let indication: Diagnosis
    package let ageYears: Int64
    package let weightGrams: Int64
    package let regimen: Regimen
    /// What this patient has to do with the lot that is recalled.
    package let role: RecallRole?
    let habits: Habits
    /// The day on which they come to this clinic, and from which on they infuse at home.
    let enrolledDay: Int
    let startDay: Int
    let isNewStarter: Bool
    /// Devices of their own, none for who writes on paper.
    let deviceCount: Int
    let hasCarer: Bool

    /// Whether the recall has to look at this patient at all.
    package var isInScope: Bool { regimen.product == CohortTable.recallProduct }
    package var isOnPaper: Bool { habits.isOnPaper }
}

/// What somebody usually does.
struct Habits: Sendable, Hashable {
    let isOnPaper: Bool
    /// Of 10 000 infusions those that are written down.
    let reporting: Int
    let keepsStock: Bool
    let usesChecks: Bool
    let premedicates: Bool
    let siteCount: Int
    let ratePerSite: Int64
}

extension PatientFacts {
    /// Draws a patient; nothing here depends on how many others there are.
    init(
        number: Int, width: Int, role: RecallRole?, days: CohortDays, using random: inout SplitMix64
    ) {
        self.number = number
        self.role = role
        let digits = String(number)
        reference = "P" + String(repeating: "0", count: max(0, width - digits.count)) + digits
        let last = random.pick(InventedNames.last)
        let first = random.pick(InventedNames.first)
        firstName = first
        name = "\(first) \(last)"
        carerName = random.pick(InventedNames.first.filter { $0 != first })
        indication = random.choose(CohortTable.indications)
        ageYears = random.draw(
            indication == .pid ? CohortTable.ageYearsOfPID : CohortTable.ageYears)
        weightGrams = random.draw(CohortTable.weightGrams)
        regimen = random.regimen(
            of: indication, weightGrams: weightGrams, isRecalled: role != nil)
        let isInScope = regimen.product == CohortTable.recallProduct
        let wantsPaper = random.happens(CohortTable.onPaper)
        let drawnDevices = random.choose(CohortTable.deviceCounts)
        let isCarers = random.happens(CohortTable.secondIsCarers)
        habits = random.habits(
            of: regimen, isOnPaper: wantsPaper && !isInScope, role: role)
        deviceCount = habits.isOnPaper ? 0 : role == .unsynced ? 1 : drawnDevices
        hasCarer = deviceCount > 1 && isCarers
        enrolledDay = days.firstDay + random.below(CohortTable.enrolmentDays)
        isNewStarter = random.happens(CohortTable.newStarters)
        let later = random.between(CohortTable.newStarterDays)
        let wait = random.between(3...10)
        // Short windows have no room for whoever begins in their second half.
        startDay = enrolledDay + (isNewStarter ? min(later, days.count / 2) : wait)
    }
}

extension SplitMix64 {
    fileprivate mutating func habits(
        of regimen: Regimen, isOnPaper: Bool, role: RecallRole?
    ) -> Habits {
        let reporting = between(choose(CohortTable.reporting))
        let keepsStock = happens(CohortTable.keepsStock)
        // A receipt would name the lot for certain, whatever was typed of it later.
        let mayKeepStock = role == nil || role == .exact
        let route = regimen.route
        let premedicates = happens(
            route == .iv
                ? CohortTable.premedicationOfIntravenous
                : CohortTable.premedicationOfSubcutaneous)
        return Habits(
            isOnPaper: isOnPaper, reporting: reporting, keepsStock: keepsStock && mayKeepStock,
            usesChecks: happens(CohortTable.usesChecks), premedicates: premedicates,
            siteCount: siteCount(for: regimen), ratePerSite: pick(CohortTable.rateStepsPerSite))
    }

    private mutating func siteCount(for regimen: Regimen) -> Int {
        guard regimen.route == .sc else { return 1 }
        let microlitres = regimen.vials(for: regimen.doseMilligrams).reduce(Int64(0)) {
            $0 + $1.count * ($1.size.microlitres ?? 0)
        }
        if microlitres <= CohortTable.lowVolumeMicrolitres {
            return happens(CohortTable.oneOrTwoSites) ? between(1...2) : between(3...4)
        }
        return microlitres < CohortTable.highVolumeMicrolitres
            ? between(2...4) : between(CohortTable.sitesOfHighVolume)
    }
}
