import DiaryModel
import SeededRandom
import SyncCore
import Testing
import TestSupport

@testable import Simulator

@Suite struct InfusionFactsTests {
    @Test func `every infusion that a simulated person records passes the validator`() {
        let facts = InfusionFacts()
        let validator = Validator()
        for seed in 0..<400 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            var fields = facts.infusion(using: &random)
            let begun = validator.validate(kind: .infusion, set: fields)
            #expect(begun.rejections.isEmpty, "seed \(seed)")
            let copy = facts.copy(of: fields, using: &random)
            #expect(
                validator.validate(kind: .infusion, set: copy).rejections.isEmpty, "seed \(seed)")
            for _ in 0..<4 {
                let set = facts.amendment(of: fields, using: &random)
                let validation = validator.validateAmendment(
                    kind: .infusion, set: set, current: fields)
                #expect(validation.rejections.isEmpty, "seed \(seed): \(set)")
                #expect(set.count == 1)
                for member in set.members { fields[member.key] = member.value }
                fields = JSONObject(
                    fields.members.filter { !$0.value.isNull }.map { ($0.key, $0.value) })
            }
        }
    }

    @Test func `words that go with an amendment pass the validator`() throws {
        var random = SplitMix64(seed: 1)
        let position = Position(
            replica: ReplicaID.random(using: &random), seq: 2, id: EventID.random(using: &random))
        let note = InfusionFacts().note(about: position, of: position.id, using: &random)
        #expect(Validator().validate(kind: .note, set: note).rejections.isEmpty)
    }

    @Test func `one seed records the same infusions every time`() {
        let facts = InfusionFacts()
        var one = SplitMix64(seed: 3)
        var other = SplitMix64(seed: 3)
        for _ in 0..<50 {
            #expect(facts.infusion(using: &one) == facts.infusion(using: &other))
        }
    }

    @Test func `among a few infusions some look like one and some lots nearly alike`() {
        let facts = InfusionFacts()
        var random = SplitMix64(seed: 4)
        let infusions = (0..<12).map { _ in facts.infusion(using: &random) }
        let compared = infusions.map { fields in
            DuplicateFacts(
                entry: EntryID.random(using: &random), Infusion(fields: fields),
                planZone: FixedZone())
        }
        #expect(!DuplicateSearch(compared).pairs.isEmpty)
        let keys = Set(compared.flatMap(\.lots))
        #expect(keys.contains { one in keys.contains { LotNearness(one, $0) != nil } })
    }
}
