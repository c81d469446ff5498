import DiaryDesk
import SyncCore
import Testing

/// Why an entry is changed is a code of a list, and words that say something.
@Suite struct ReasonTests {
    let world: DeskWorld

    init() throws { world = try DeskWorld() }

    @Test(arguments: [ReasonedChange.amending, .voiding, .reinstating])
    func `a reason that is none is refused with those there are`(change: ReasonedChange) throws {
        for reason in change.reasons { #expect(try change.reason(reason) == reason) }
        #expect(
            sentences { _ = try change.reason("bogus") } == [
                "“bogus” is none of the reasons: \(change.reasons.joined(separator: ", "))."
            ])
    }

    @Test func `an entry is not reinstated for a reason that only a void has`() throws {
        let entry = try world.infusion()
        let desk = world.desk()
        _ = try desk.void(entry, reason: "wrong_patient")
        #expect(
            refusals { _ = try desk.reinstate(entry, reason: "wrong_patient") }
                == ["reason: no_such_reason"])
        #expect(try world.view(entry).status == .voided)
    }

    @Test(arguments: ["", "   ", "\n\t"])
    func `words that say nothing are not kept as a note`(words: String) throws {
        let desk = world.desk()
        let entry = try world.infusion()
        #expect(
            refusals {
                _ = try desk.amend(entry, set: ["pump": "unknown"], reason: "other", words: words)
            }
                == ["text: missing"])
        #expect(TypedText.orNothing(words).isEmpty)
        #expect(try world.view(entry)["pump"] == nil)
    }
}
