import SyncCore

/// What the oracle knows of one infusion: plain values, no clocks, no views.
struct PlainInfusion {
    enum Status {
        case active, voided, inQuestion
        /// Nothing that counts begins it.
        case none
    }

    let entry: EntryID
    var status: Status
    /// What the candidates of each field say, erased bodies among them.
    var fields: [String: [Register.Value]]

    /// The value on which all candidates agree; nil where there is none, or several, or it was erased.
    func settled(_ field: String) -> JSONValue? {
        guard let said = fields[field], let first = said.first, Set(said).count == 1 else {
            return nil
        }
        return first.json
    }

    /// The names of the vial lines.
    var lineNames: [String] { fields.keys.filter { $0.hasPrefix("vials.") }.sorted() }
}

/// An amount of which only its ends are known, in milligrams.
struct PlainRange: Hashable {
    var low: Int64
    var high: Int64

    static let nothing = PlainRange(low: 0, high: 0)

    static func + (one: PlainRange, other: PlainRange) -> PlainRange {
        PlainRange(low: capped(one.low, other.low), high: capped(one.high, other.high))
    }

    func or(_ other: PlainRange) -> PlainRange {
        PlainRange(low: min(low, other.low), high: max(high, other.high))
    }

    /// No sum passes the largest number there is.
    private static func capped(_ one: Int64, _ other: Int64) -> Int64 {
        let (sum, isTooLarge) = one.addingReportingOverflow(other)
        return isTooLarge ? .max : sum
    }
}

extension PlainInfusion {
    /// What was given: of each line one candidate is true, and what cannot be read gives nothing.
    var dose: PlainRange {
        var dose = PlainRange.nothing
        for name in lineNames {
            var answers: [Int64] = []
            for value in fields[name] ?? [] {
                let line = value.json.flatMap { PlainLine($0) }
                answers.append(line?.milligrams ?? 0)
            }
            guard let least = answers.min(), let most = answers.max() else { continue }
            dose = dose + PlainRange(low: least, high: most)
        }
        return dose
    }
}
