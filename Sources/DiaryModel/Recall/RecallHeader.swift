import SyncCore

/// The line that every answer begins with: how much of the diaries it could see.
struct RecallHeader {
    let answer: RecallAnswer

    var text: String { parts.joined(separator: "; ") }

    private var parts: [String] {
        let patients = answer.patients
        let late = patients.filter { !$0.coverage.isComplete(toMs: answer.query.asOfMs) }
        let complete = patients.count - late.count
        let asOf = UniversalTime(ms: answer.query.asOfMs)
        var parts = [
            "\(Self.count(patients.count, "patient")) in scope",
            "\(Self.count(complete, "diary", "diaries")) complete to \(asOf)",
        ]
        if !late.isEmpty {
            let words = late.map { patient in
                let words = patient.coverage.lateWords(
                    asOfMs: answer.query.asOfMs, askedMs: answer.askedMs)
                return "\(patient.reference.oneLine), \(words)"
            }
            parts.append("\(late.count) not: \(words.joined(separator: "; "))")
        }
        parts += [
            counted({ $0.isInfusionWithoutLot }, "infusion", "infusions", "without a lot"),
            counted({ $0.isStockWithoutLot }, "delivery", "deliveries", "without a lot"),
            counted({ $0.code == .erased }, "entry", "entries", "with a lot erased"),
            counted({ $0.code == .newerForm }, "entry", "entries", "of a newer version"),
            retired,
        ].compactMap(\.self)
        return parts
    }

    /// "1 infusion without a lot (P08)"; nil where there is none.
    private func counted(
        _ isCounted: (UnknownReason) -> Bool, _ one: String, _ many: String, _ what: String
    ) -> String? {
        var entries: Set<EntryID> = []
        var references: [String] = []
        for patient in answer.patients {
            let found = patient.unknowns.filter(isCounted).compactMap(\.entry)
            guard !found.isEmpty else { continue }
            entries.formUnion(found)
            references.append(patient.reference.oneLine)
        }
        guard !entries.isEmpty else { return nil }
        return "\(Self.count(entries.count, one, many)) \(what) "
            + "(\(references.joined(separator: ", ")))"
    }

    /// "1 device retired, not counted: P03's tablet, lost".
    private var retired: String? {
        let words = answer.patients.flatMap { patient in
            patient.coverage.retired.map {
                "\(patient.reference.oneLine)'s \(PrintedText($0.words).oneLine)"
            }
        }
        guard !words.isEmpty else { return nil }
        return "\(Self.count(words.count, "device")) retired, not counted: "
            + words.joined(separator: "; ")
    }

    private static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
        "\(number) \(number == 1 ? one : many ?? one + "s")"
    }
}
