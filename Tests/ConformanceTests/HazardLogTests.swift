import Testing

/// docs/safety/hazard-log.md names a test for every control; here it is held to that.
struct HazardLogTests {
    let log: DocumentQuotes

    init() throws { log = try DocumentQuotes("safety/hazard-log.md") }

    @Test func `every test that a control names is in its file`() throws {
        try log.expectAllThere(atLeast: 60)
    }

    @Test func `every hazard stands once, in order, scored and with a control`() throws {
        let headings = log.page.split(separator: "\n").filter { $0.hasPrefix("## H") }
        let numbers = headings.compactMap { Int($0.dropFirst(4).prefix(2)) }
        #expect(numbers == Array(1...max(numbers.count, 18)))
        for (number, section) in zip(numbers, log.page.split(separator: "## H").dropFirst()) {
            let id = String(100 + number).suffix(2)
            #expect(section.contains(#/\nS [1-5], L [1-5]\./#), "H\(id) has no score")
            #expect(section.contains("- **H\(id).1** "), "H\(id) has no control")
        }
    }

    @Test func `every control is held by a test`() {
        for item in log.items {
            #expect(!log.quotes(in: item).quotes.isEmpty, "\(item.prefix(60))")
        }
    }
}
