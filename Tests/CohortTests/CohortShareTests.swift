import Cohort
import DiaryModel
import SyncCore
import Testing

/// Shares in a big draw against section 11; the seed is fixed and the bounds are wide.
@Suite struct CohortShareTests {
    private let patients = CohortOfTests.big.patients
    private var slots: [InfusionTruth] { patients.flatMap(\.slots) }
    private var deviceRecords: [InfusionRecord] {
        patients.flatMap(\.records).filter {
            if case .device = $0.writer { true } else { false }
        }
    }

    @Test(arguments: [(Diagnosis.pid, 5000), (.cidp, 2600), (.mmn, 1800), (.sid, 600)])
    func `indications are mixed as in the table`(_ indication: Diagnosis, _ share: Int) {
        let found = patients.count { $0.facts.indication == indication }
        #expect(isNear(found, of: patients.count, share, within: 600))
    }

    @Test(arguments: [
        (SlotTiming.onDay, 7200), (.oneDayOff, 1800), (.daysLate, 600), (.notDone, 300),
        (.silentlyMissing, 100),
    ])
    func `intervals are kept as in the table`(_ timing: SlotTiming, _ share: Int) {
        let all = slots
        #expect(isNear(all.count { $0.timing == timing }, of: all.count, share, within: 200))
    }

    @Test(arguments: [
        (RecordingDelay.hour, 5500), (.sameDay, 3000), (.week, 1000), (.later, 500),
    ])
    func `what is written on devices is as late as in the table`(
        _ delay: RecordingDelay, _ share: Int
    ) {
        let all = patients.filter { !$0.facts.isOnPaper }.flatMap(\.slots).compactMap(\.delay)
        #expect(isNear(all.count { $0 == delay }, of: all.count, share, within: 250))
    }

    @Test func `doses are whole vials, and those of section 11 by weight`() {
        for facts in patients.map(\.facts) {
            let dose = facts.regimen.doseMilligrams
            #expect((5000...330_000).contains(dose))
            guard facts.regimen.kind == .weeklyHigh else { continue }
            #expect((30_000...42_000).contains(dose))
        }
    }

    @Test func `devices, carers, paper and long silences are as many as in the table`() {
        let devices = patients.flatMap(\.devices)
        #expect((130...150).contains(devices.count * 100 / patients.count))
        let carers = patients.count { patient in patient.devices.contains { $0.role == .carer } }
        #expect(isNear(carers, of: patients.count, 3500, within: 600))
        #expect(
            isNear(patients.count(where: \.facts.isOnPaper), of: patients.count, 1200, within: 400))
        #expect(isNear(devices.count(where: \.isSeldomOnline), of: devices.count, 400, within: 250))
        let skewed = devices.count { abs($0.skewMs) > 120_000 }
        #expect(isNear(skewed, of: devices.count, 500, within: 300))
    }

    @Test func `gaps between syncs have a mean of three days`() {
        let ordinary = patients.filter { !$0.facts.isInScope }.flatMap(\.devices)
            .filter { !$0.isSeldomOnline }
        let gaps = ordinary.flatMap { device in
            zip(device.syncs, device.syncs.dropFirst()).map { $1 - $0 }
        }
        let meanHours = gaps.reduce(0, +) / Int64(gaps.count) / 3_600_000
        #expect((66...78).contains(meanHours))
    }

    @Test(arguments: [
        (LotEntry.scanned, 4500), (.fromStock, 3500), (.typed, 1800), (.missing, 200),
    ])
    func `lots come in as in the table`(_ entry: LotEntry, _ share: Int) {
        let lots = deviceRecords.flatMap(\.lots)
        #expect(isNear(lots.count { $0.entry == entry }, of: lots.count, share, within: 400))
    }

    @Test func `two of a hundred typed lots have a slip`() {
        let typed = deviceRecords.flatMap(\.lots).filter { $0.entry == .typed }
        #expect(isNear(typed.count { $0.slip != nil }, of: typed.count, 200, within: 120))
    }

    @Test func `what is left out is as much as in the table`() {
        let sets = deviceRecords.filter { $0.lots.isEmpty == false }.map(\.words.set)
        func missing(_ field: String) -> Int { sets.count { $0[field] == nil } }
        #expect(isNear(missing("sites"), of: sets.count, 1000, within: 200))
        #expect(isNear(missing("rates"), of: sets.count, 2500, within: 200))
        #expect(isNear(missing("visualCheck"), of: sets.count, 2000, within: 200))
        #expect(isNear(missing("weightGrams"), of: sets.count, 6000, within: 250))
        let endless = sets.count { $0["time"]?["end"] == nil }
        #expect(isNear(endless, of: sets.count, 800, within: 150))
        let unknown = sets.count { $0["visualCheck"] == "unknown" }
        #expect(isNear(unknown, of: sets.count, 160, within: 80))
    }

    @Test func `reactions follow infusions as often as in the table`() {
        let veins = patients.filter { $0.facts.regimen.route == .iv && !$0.facts.isOnPaper }
        let given = veins.flatMap(\.records).count { !$0.lots.isEmpty }
        #expect(isNear(veins.flatMap { $0.begun(.reaction) }.count, of: given, 260, within: 120))
        let skins = patients.filter { $0.facts.regimen.route == .sc && !$0.facts.isOnPaper }
        let under = skins.flatMap(\.records).count { !$0.lots.isEmpty }
        #expect(isNear(skins.flatMap { $0.begun(.reaction) }.count, of: under, 480, within: 150))
    }

    @Test func `premedication is as frequent as in the table`() {
        for (route, share) in [(Route.iv, 4500), (.sc, 1000)] {
            let sets = patients.filter { $0.facts.regimen.route == route }
                .flatMap { $0.begun(.infusion) }.map(\.set).filter { $0["vials.1"] != nil }
            let taken = sets.count { $0["premed.paracetamol"] != nil }
            #expect(isNear(taken, of: sets.count, share, within: 900), "\(route)")
        }
    }

    @Test func `duplicates and concurrent amendments are as many as in the table`() {
        let all = deviceRecords.count { !$0.lots.isEmpty }
        let injected = patients.flatMap(\.injections)
        let copies = injected.count { [.carersCopy, .secondTap, .paperCopy].contains($0) }
        #expect(isNear(copies, of: all, 200, within: 60))
        let amended = injected.count { [.sameField, .otherFields].contains($0) }
        #expect(isNear(amended, of: all, 50, within: 25))
    }

    @Test func `no lot goes to more than some of the patients`() {
        var users: [String: Set<String>] = [:]
        for patient in patients where patient.facts.role == nil {
            for lot in patient.records.flatMap(\.lots) {
                users[lot.lot.text, default: []].insert(patient.facts.reference)
            }
        }
        let counts = users.values.map(\.count)
        #expect((counts.max() ?? 0) * 100 <= patients.count * 8)
        #expect(counts.contains { $0 * 100 >= patients.count })
    }
}
