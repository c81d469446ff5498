import Cohort
import DiaryModel
import SyncCore
import Testing

@Suite struct CohortPlanTests {
    @Test func `one seed gives one plan, and another seed another`() {
        let plan = CohortOfTests.plan(24, seed: 1)
        #expect(plan.patients == CohortOfTests.plan(24, seed: 1).patients)
        #expect(plan.patients != CohortOfTests.plan(24, seed: 2).patients)
    }

    @Test func `every planned value passes the validator`() throws {
        let validator = Validator()
        var random = SystemRandomNumberGenerator()
        let id = JSONValue.string(EventID.random(using: &random).text)
        for patient in CohortOfTests.plan(40, seed: 3).patients {
            for act in patient.acts {
                guard case .begin(_, let kind, let words) = act.deed else { continue }
                var set = words.set
                for case .entry(_, let path) in words.names { set = set.with(id, at: path) }
                let found = validator.validate(kind: kind, set: set).rejections
                #expect(found.isEmpty, "\(patient.facts.reference) \(kind) \(found)")
            }
        }
    }

    @Test func `nothing is written before its writer is there, or after the last day`() {
        let plan = CohortOfTests.big
        for patient in plan.patients {
            for act in patient.acts {
                #expect(act.ms >= patient.foundedMs && act.ms <= plan.days.endMs)
                guard case .device(let number) = act.writer else { continue }
                #expect(act.ms >= patient.devices[number].joinMs)
            }
        }
    }

    @Test func `every injected conflict happens at least once in a demo`() {
        for seed in 1...3 as ClosedRange<UInt64> {
            let plan = CohortOfTests.plan(60, seed: seed)
            let found = Set(plan.patients.flatMap(\.injections))
            #expect(found == Set(Injection.allCases), "seed \(seed)")
        }
    }

    @Test func `the fixture has the roles of section 11, or as many as there are patients`() {
        let counts = { (plan: CohortPlan) in
            RecallRole.allCases.map { role in plan.patients.count { $0.facts.role == role } }
        }
        #expect(counts(CohortOfTests.plan(24, seed: 5)) == [11, 2, 1, 3, 1, 1])
        #expect(counts(CohortOfTests.plan(6, seed: 5)) == [1, 1, 1, 1, 1, 1])
    }

    @Test func `the expected recall finds what the fixture put there`() {
        for seed in 1...4 as ClosedRange<UInt64> {
            let answers = ExpectedRecall(of: CohortOfTests.plan(120, seed: seed)).answers
            let count = { headline in answers.count { $0.headline == headline } }
            #expect(count(.infused) == 11)
            #expect(count(.possible) == 2)
            #expect(count(.voidedMatch) == 1)
            #expect(count(.unknown) == 4)
            #expect(count(.held) == 0)
            #expect(count(.clear) == answers.count - 18)
            #expect(answers.allSatisfy { $0.headline != .infused || $0.milligrams > 0 })
        }
    }

    @Test func `no other lot of a cohort can be taken for the recalled one`() throws {
        let plan = CohortOfTests.big
        let key = try #require(LotKey(plan.recall.lot.text))
        let lots = Set(plan.patients.flatMap(\.records).flatMap(\.lots).map(\.lot))
        for lot in lots where lot.text != plan.recall.lot.text {
            let near = LotKey(lot.text).flatMap { LotNearness($0, key) }
            #expect(near == nil || lot.text == plan.recall.sister.text)
        }
    }
}

extension JSONObject {
    fileprivate func with(_ value: JSONValue, at path: [String]) -> JSONObject {
        guard let key = path.first else { return self }
        var object = self
        let rest = Array(path.dropFirst())
        let inner = self[key]?.objectValue ?? [:]
        object[key] = rest.isEmpty ? value : .object(inner.with(value, at: rest))
        return object
    }
}
