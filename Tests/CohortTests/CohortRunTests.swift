import ClinicServer
import Cohort
import DiaryModel
import DiaryStore
import SyncCore
import TestSupport
import Testing

@Suite struct CohortRunTests {
    /// A cohort carried out, opened again.
    private func made(
        _ patients: Int, seed: UInt64, in scratch: Scratch
    ) throws -> (plan: CohortPlan, report: CohortReport, clinic: Clinic) {
        let plan = CohortOfTests.plan(patients, seed: seed)
        let report = try CohortRun.make(plan, in: scratch.file("clinic"))
        let clinic = try Clinic.open(in: scratch.file("clinic"), clock: { plan.days.endMs })
        return (plan, report, clinic)
    }

    @Test func `six invented patients make a store that the doctor finds whole`() throws {
        let scratch = try Scratch()
        let (plan, report, clinic) = try made(6, seed: 1, in: scratch)
        #expect(try Doctor.examine(clinic.database).isEmpty)
        #expect(report.skipped == 0)
        #expect(report.patients == 6)
        #expect(try clinic.patients().map(\.reference) == plan.patients.map(\.facts.reference))
        #expect(clinic.name.hasPrefix("SYNTHETIC"))
        #expect(report.unsyncedDevices > 0)
    }

    @Test func `the same plan makes the same lines`() throws {
        let scratch = try Scratch()
        let one = try made(2, seed: 9, in: scratch).clinic
        let other = try Scratch()
        let two = try made(2, seed: 9, in: other).clinic
        let frontiers = { (clinic: Clinic) in
            try clinic.database.read { transaction in
                try transaction.diaries().map { try transaction.events(in: $0.id).frontier }
            }
        }
        #expect(try frontiers(one) == frontiers(two))
    }

    @Test func `the clinic knows its devices and when it heard them last`() throws {
        let scratch = try Scratch()
        let (plan, _, clinic) = try made(6, seed: 2, in: scratch)
        let devices = try clinic.devices(by: StaffPlan.administrator.login)
        #expect(devices.count == plan.patients.flatMap(\.devices).count)
        for patient in plan.patients {
            let mine = devices.filter { $0.patient == patient.facts.reference }
            #expect(mine.map(\.label).sorted() == patient.devices.map(\.label).sorted())
            #expect(
                mine.compactMap { $0.record?.heardMs }.sorted()
                    == patient.devices.compactMap(\.lastHeardMs).sorted())
        }
    }

    /// Every lot in every line ever held, read from the lines themselves.
    @Test func `a walk over the raw lines finds the lot where the plan says`() throws {
        let scratch = try Scratch()
        let (plan, _, clinic) = try made(20, seed: 4, in: scratch)
        let wanted = try #require(LotKey(plan.recall.lot.text))
        for answer in ExpectedRecall(of: plan).answers {
            let lots = try lots(of: answer.reference, at: clinic)
            let keys = lots.compactMap { LotKey($0) }
            let isThere = keys.contains(wanted)
            #expect(isThere == [.infused, .voidedMatch].contains(answer.headline))
            let isNear = keys.contains { LotNearness($0, wanted) != nil }
            if answer.headline == .possible { #expect(isNear) }
        }
    }

    private func lots(of reference: String, at clinic: Clinic) throws -> [String] {
        try clinic.database.read { transaction in
            let records = ClinicRecords(transaction)
            let patient = try #require(try records.patient(reference: reference))
            var lots: [String] = []
            for diary in try records.diaries(of: patient.number) {
                let store = try transaction.events(in: diary.diary)
                try store.forEachSection(beyond: Coverage()) { section in
                    for line in section.lines {
                        let event = try EventLine(line.bytes, diary: diary.diary)
                        for member in event.body?.set.members ?? []
                        where member.key.hasPrefix("vials.") {
                            if let lot = member.value["lot"]?.stringValue { lots.append(lot) }
                        }
                    }
                    return true
                }
            }
            return lots
        }
    }
}
