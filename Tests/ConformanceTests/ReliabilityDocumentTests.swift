import Testing

/// docs/reliability.md quotes tests by name and file; here it is held to that.
struct ReliabilityDocumentTests {
    let document: DocumentQuotes

    init() throws { document = try DocumentQuotes("reliability.md") }

    @Test func `every test that the page names is in its file`() throws {
        try document.expectAllThere(atLeast: 50)
    }

    @Test func `every invariant stands once, with its tests or the reason why there are none`() {
        let invariants = document.items.filter { $0.hasPrefix("- **I") }
        let numbers = invariants.map { $0.dropFirst(5).prefix(2) }
        #expect(numbers == (1...53).map { String(100 + $0).suffix(2) })
        for item in invariants {
            let isHeld = !document.quotes(in: item).quotes.isEmpty
            #expect(isHeld != item.contains("*No test:*"), "\(item.prefix(60))")
        }
    }

    @Test func `every hostile input of the clinic's part stands once, in order, with its tests`() {
        let inputs = document.items.filter { $0.hasPrefix("- **A") }
        let numbers = inputs.compactMap { Int($0.dropFirst(5).prefix(2)) }
        #expect(numbers == numbers.sorted() && Set(numbers).count == numbers.count)
        #expect(Set(numbers).isSuperset(of: Array(1...31) + [39, 40]))
        for item in inputs {
            #expect(!document.quotes(in: item).quotes.isEmpty, "\(item.prefix(60))")
        }
    }

    @Test func `the page counts what is held right`() {
        let invariants = document.items.filter { $0.hasPrefix("- **I") }
        let part = invariants.filter { $0.contains("*In part:*") }.count
        let none = invariants.filter { $0.contains("*No test:*") }.count
        let held = invariants.count - part - none
        #expect(
            document.page.contains("\(held) of 53 are held, \(part) in part, \(none) by no test."))
    }
}
