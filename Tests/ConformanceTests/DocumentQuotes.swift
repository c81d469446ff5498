import Foundation
import Testing

/// A page of `docs` whose lists quote tests: names in backticks, each with its file in the brackets after it.
struct DocumentQuotes {
    let page: String
    /// The entries of the page's lists.
    let items: [Substring]

    struct Quote: Hashable {
        let test: String
        let file: String
    }

    init(_ name: String) throws {
        let file = Repository.root.appendingPathComponent("docs/" + name)
        page = try String(contentsOf: file, encoding: .utf8)
        items = page.split(separator: "\n").filter { $0.hasPrefix("- **") }
    }

    /// What an item quotes; names without a file apart.
    func quotes(in item: Substring) -> (quotes: [Quote], homeless: [String]) {
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

    /// Every name has a file, and is a test in it.
    func expectAllThere(atLeast count: Int) throws {
        var sources: [String: String] = [:]
        var quoted: Set<Quote> = []
        for item in items {
            let found = quotes(in: item)
            #expect(found.homeless.isEmpty, "no file is named for \(found.homeless)")
            quoted.formUnion(found.quotes)
        }
        #expect(quoted.count > count)
        for quote in quoted {
            let file = Repository.root.appendingPathComponent("Tests/" + quote.file)
            let source = try sources[quote.file] ?? String(contentsOf: file, encoding: .utf8)
            sources[quote.file] = source
            #expect(source.contains("`\(quote.test)`("), "\(quote.test) is not in \(quote.file)")
        }
    }
}
