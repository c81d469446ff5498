import Foundation
import Testing

/// docs/reliability.md quotes tests by name and file; here it is held to that.
struct ReliabilityDocumentTests {
    let page: String
    /// The entries of the page's lists.
    let items: [Substring]

    init() throws {
        let file = Repository.root.appendingPathComponent("docs/reliability.md")
        page = try String(contentsOf: file, encoding: .utf8)
        items = page.split(separator: "\n").filter { $0.hasPrefix("- **") }
    }

    private struct Quote: Hashable {
        let test: String
        let file: String
    }

    /// Names in backticks, each with the file in brackets that follows; names without one apart.
    private func quotes(in item: Substring) -> (quotes: [Quote], homeless: [String]) {
        var quotes: [Quote] = []
        var names: [String] = []
        for (number, part) in item.split(separator: "`", omittingEmptySubsequences: false)
            .enumerated()
        {
            if number % 2 == 1 {
                names.append(String(part))
            } else if let file = part.prefixMatch(of: #/ \(([A-Za-z/+]+\.swift)\)/#) {
                quotes += names.map { Quote(test: $0, file: String(file.output.1)) }
                names = []
            }
        }
        return (quotes, names)
    }

    @Test func `every test that the page names is in its file`() throws {
        var sources: [String: String] = [:]
        var quoted: Set<Quote> = []
        for item in items {
            let found = quotes(in: item)
            #expect(found.homeless.isEmpty, "no file is named for \(found.homeless)")
            quoted.formUnion(found.quotes)
        }
        #expect(quoted.count > 50)
        for quote in quoted {
            let file = Repository.root.appendingPathComponent("Tests/" + quote.file)
            let source = try sources[quote.file] ?? String(contentsOf: file, encoding: .utf8)
            sources[quote.file] = source
            #expect(source.contains("`\(quote.test)`("), "\(quote.test) is not in \(quote.file)")
        }
    }

    @Test func `every invariant stands once, with its tests or the reason why there are none`() {
        let invariants = items.filter { $0.hasPrefix("- **I") }
        let numbers = invariants.map { $0.dropFirst(5).prefix(2) }
        #expect(numbers == (1...53).map { String(100 + $0).suffix(2) })
        for item in invariants {
            let isHeld = !quotes(in: item).quotes.isEmpty
            #expect(isHeld != item.contains("*No test:*"), "\(item.prefix(60))")
        }
    }

    @Test func `every hostile input of the clinic's part stands once, in order, with its tests`() {
        let inputs = items.filter { $0.hasPrefix("- **A") }
        let numbers = inputs.compactMap { Int($0.dropFirst(5).prefix(2)) }
        #expect(numbers == numbers.sorted() && Set(numbers).count == numbers.count)
        #expect(Set(numbers).isSuperset(of: Array(1...31) + [39, 40]))
        for item in inputs { #expect(!quotes(in: item).quotes.isEmpty, "\(item.prefix(60))") }
    }

    @Test func `the page counts what is held right`() {
        let invariants = items.filter { $0.hasPrefix("- **I") }
        let part = invariants.filter { $0.contains("*In part:*") }.count
        let none = invariants.filter { $0.contains("*No test:*") }.count
        let held = invariants.count - part - none
        #expect(page.contains("\(held) of 53 are held, \(part) in part, \(none) by no test."))
    }
}
