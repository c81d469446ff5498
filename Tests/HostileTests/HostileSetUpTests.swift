import TestSupport
import Testing

/// Replaced by the suites of the hostile table.
@Suite struct HostileSetUpTests {
    @Test func `a row has a number`() {
        let row = HostileRow(
            "A01", "two lengths", answer: "400 malformed", storeIsUnchanged: true,
            nextIsAnswered: true)
        #expect(row.number == "A01")
    }
}
