import DiaryModel
import SyncCore

/// What a recall has to answer, by plain loops over the lines as they are stored.
///
/// Written from domain 5.1 and 5.2 alone: it knows no view, no lot key and no query of the product.
struct PlainRecall {
    /// What is asked: products and lots as printed.
    let asked: [(product: String, lot: String)]
    /// `2014-05-02`.
    let from: String
    let asOfMs: Int64

    struct Answer: Equatable {
        /// The class of each patient in scope.
        var classes: [String: String] = [:]
        /// `reference entry event field asked how`.
        var rows: Set<String> = []
        /// `reference entry why`.
        var unknowns: Set<String> = []
    }

    func answer(_ patients: [RecallCohort.Patient]) throws -> Answer {
        var answer = Answer()
        for patient in patients { try search(patient, &answer) }
        return answer
    }

    private func search(_ patient: RecallCohort.Patient, _ answer: inout Answer) throws {
        let entries = try patient.stories.flatMap { try PlainEntry.all(in: $0) }
        var scanned: Set<String> = []
        for entry in entries where entry.status == "active" {
            for said in entry.lines where said.standing == "current" {
                if said.value["entryMethod"]?.stringValue == "scanned", let lot = said.lot {
                    scanned.insert(plainKey(lot))
                }
            }
        }
        var verdicts: Set<String> = []
        var rows: [String] = []
        var unknowns: [String] = []
        var isKnownProduct = !patient.plan.isEmpty
        var inScope = patient.plan.contains { plan in
            plan == "other" || asked.contains { $0.product == plan }
        }
        for entry in entries {
            for (number, lot) in asked.enumerated() {
                for said in entry.lines {
                    guard let printed = said.lot else { continue }
                    let how = compare(
                        printed, said, lot, isKnown: scanned.contains(plainKey(printed)))
                    guard how != "none" else { continue }
                    inScope = true
                    rows.append("\(entry.id) \(said.event) \(said.field) \(number) \(how)")
                    if let verdict = verdict(how, said, lot, entry) { verdicts.insert(verdict) }
                }
            }
            if entry.isInfusion || !entry.lines.isEmpty { isKnownProduct = true }
            guard entry.isSince(from) else { continue }
            if entry.lines.contains(where: isAbout) { inScope = true }
            let isEmptyInfusion =
                entry.isInfusion && entry.lines.allSatisfy { $0.value.isNull }
            if isEmptyInfusion, entry.mayBeGiven, !entry.isOut { inScope = true }
            unknowns += entry.unknowns
        }
        let isComplete = patient.devices.allSatisfy { device in
            device.state == .retired || (device.heardMs ?? .min) >= asOfMs
        }
        if !isKnownProduct, !isComplete { inScope = true }
        guard inScope else { return }
        if !isComplete { unknowns.append("- heard") }
        for row in rows { answer.rows.insert("\(patient.reference) \(row)") }
        for unknown in unknowns { answer.unknowns.insert("\(patient.reference) \(unknown)") }
        let order = ["INFUSED", "HELD", "POSSIBLE", "VOIDED_MATCH"]
        answer.classes[patient.reference] =
            order.first { verdicts.contains($0) } ?? (unknowns.isEmpty ? "CLEAR" : "UNKNOWN")
    }

    private func isAbout(_ said: PlainLine) -> Bool {
        if said.value.isNull { return false }
        guard let product = said.product, product != "other" else { return true }
        return asked.contains { $0.product == product }
    }

    private func compare(
        _ printed: String, _ said: PlainLine, _ lot: (product: String, lot: String), isKnown: Bool
    ) -> String {
        let (mine, theirs) = (plainKey(printed), plainKey(lot.lot))
        guard !mine.isEmpty else { return "none" }
        let product = said.product ?? "other"
        if mine == theirs { return product == lot.product ? "exact" : "product" }
        let octagam = ["octagam5", "octagam10"]
        let isFamily =
            product == "other" || product == lot.product
            || (octagam.contains(product) && octagam.contains(lot.product))
        guard isFamily, plainlyNear(mine, theirs) else { return "none" }
        let isScanned = said.value["entryMethod"]?.stringValue == "scanned"
        return isScanned || isKnown ? "other" : "near"
    }

    private func verdict(
        _ how: String, _ said: PlainLine, _ lot: (product: String, lot: String),
        _ entry: PlainEntry
    ) -> String? {
        switch how {
        case "exact":
            let stands = entry.lines.contains { other in
                other.standing != "replaced" && other.product == lot.product
                    && other.lot.map(plainKey) == plainKey(lot.lot)
            }
            if said.standing == "replaced", !stands { return "POSSIBLE" }
            if entry.isOut { return "VOIDED_MATCH" }
            return entry.kind == "stock" ? "HELD" : "INFUSED"
        case "product", "near": return "POSSIBLE"
        default: return nil
        }
    }
}

// MARK: Lots as strings

/// Wide letters made narrow, upper case, without a label, letters and digits alone.
func plainKey(_ printed: String) -> String {
    var text = ""
    for scalar in printed.unicodeScalars {
        let isWide = (0xFF01...0xFF5E).contains(scalar.value)
        let narrow = isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
        text.unicodeScalars.append(narrow)
    }
    text = text.uppercased()
    for label in ["LOT ", "(10)"] where text.hasPrefix(label) {
        text = String(text.dropFirst(label.count))
        break
    }
    return text.filter { "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".contains($0) }
}

/// The same but for characters that look alike, one slip away, or part of each other.
func plainlyNear(_ left: String, _ right: String) -> Bool {
    let alike: [Character: Character] = [
        "O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "G": "6", "B": "8",
    ]
    if left.map({ alike[$0] ?? $0 }) == right.map({ alike[$0] ?? $0 }) { return true }
    for (part, whole) in [(left, right), (right, left)] where part.count >= 5 {
        if whole.hasPrefix(part) || whole.hasSuffix(part) { return true }
    }
    return plainDistance(Array(left), Array(right)) == 1
}

/// Damerau-Levenshtein by the whole table (neighbours that changed places count one).
private func plainDistance(_ left: [Character], _ right: [Character]) -> Int {
    var table = [[Int]](
        repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
    for i in 0...left.count { table[i][0] = i }
    for j in 0...right.count { table[0][j] = j }
    for i in 1..<(left.count + 1) {
        for j in 1..<(right.count + 1) {
            let cost = left[i - 1] == right[j - 1] ? 0 : 1
            table[i][j] = min(
                table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + cost)
            if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
            }
        }
    }
    return table[left.count][right.count]
}
