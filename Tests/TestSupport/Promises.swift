package import Testing

/// Notes, each with a text like no other, and which of them their writers were told are saved.
package struct Promises {
    package private(set) var tried = 0
    package private(set) var saved: Set<Int> = []

    package init() {}

    /// The next note: its number, and the words that record it.
    package mutating func next() -> (number: Int, words: [String]) {
        tried += 1
        return (tried, ["log", "note", "Note no. \(1_000_000 + tried)."])
    }

    /// Exit 0 is the promise.
    package mutating func note(_ number: Int, endedWith status: Int32) {
        if status == 0 { saved.insert(number) }
    }

    /// How often each note lies in a store, read from the raw lines of its file.
    package func found(at place: Household.Place, of household: Household) throws -> [Int: Int] {
        var counts: [Int: Int] = [:]
        for line in try household.texts(place) {
            for match in line.matches(of: /Note no\. 1(\d{6})\./) {
                guard let number = Int(match.output.1) else { continue }
                counts[number, default: 0] += 1
            }
        }
        return counts
    }

    /// Expects every promised note once, and no note twice.
    package func expectKept(
        in household: Household, _ places: [Household.Place] = Household.Place.allCases,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(!saved.isEmpty, sourceLocation: sourceLocation)
        for place in places {
            let found = try found(at: place, of: household)
            let lost = saved.subtracting(found.keys).sorted()
            let doubled = found.filter { $0.value > 1 }.keys.sorted()
            #expect(lost == [], "saved, and not at \(place)", sourceLocation: sourceLocation)
            #expect(doubled == [], "twice at \(place)", sourceLocation: sourceLocation)
        }
    }
}
