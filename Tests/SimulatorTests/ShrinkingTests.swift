import Simulator
import Testing

@Suite(.timeLimit(.minutes(60))) struct ShrinkingTests {
    /// The smallest world in which a mistake shows, and what it says: each step of it is left out in turn.
    private func found(_ mistake: Mistake) throws -> (plan: Plan, failure: String) {
        let plans = (UInt64(0)..<300).map { Plan(seed: $0, mistake: mistake) }
        for plan in plans.sorted(by: { ($0.steps.count, $0.seed) < ($1.steps.count, $1.seed) }) {
            if let failure = Simulation.run(plan).failure { return (plan, failure) }
        }
        throw NotFound()
    }

    private struct NotFound: Error {}

    @Test func `A failure shrinks to few steps that fail alike, and a replay tells them`() throws {
        // It shows in a world of thirty steps.
        let mistake = Mistake.keepsErasedBody
        let (plan, failure) = try found(mistake)
        let small = Simulation.shrink(plan, failingWith: failure)
        #expect(small.steps.count < plan.steps.count)
        let replayed = Plan(seed: plan.seed, mistake: mistake)
            .keeping(Set(small.steps.map(\.number)))
        let result = Simulation.run(replayed, tellingStory: true)
        #expect(result.failure == failure)
        #expect(!result.story.isEmpty)
        #expect(result.digest == Simulation.run(small).digest)
        // No single step can go.
        for step in small.steps {
            let rest = Set(small.steps.map(\.number)).subtracting([step.number])
            #expect(Simulation.run(small.keeping(rest)).failure != failure)
        }
    }

    @Test func `Leaving out a step changes nothing that is drawn in the others`() {
        let plan = Plan(seed: 7)
        let rest = plan.keeping(Set(plan.steps.dropFirst().map(\.number)))
        #expect(rest.steps.map(\.number) == Array(1..<plan.steps.count))
        #expect(Simulation.run(rest).failure == nil)
    }
}
