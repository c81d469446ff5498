/// A recall's answer as it is printed: the header, a line for each class, what may and may not be said.
public struct RecallText: Sendable {
    private let answer: RecallAnswer
    private let kept: Kept?

    /// Under which number an answer is kept, and who signed the search when.
    public struct Kept: Sendable {
        public let number: Int64
        public let signed: WallTime
        public let by: String

        public init(number: Int64, signed: WallTime, by: String) {
            self.number = number
            self.signed = signed
            self.by = by
        }

        /// One signed at an instant; it is shown in UTC, as everything in the answer is.
        public init(number: Int64, signedMs: Int64, by: String) {
            self.init(number: number, signed: UniversalTime(ms: signedMs).wall, by: by)
        }
    }

    public init(_ answer: RecallAnswer, kept: Kept? = nil) {
        self.answer = answer
        self.kept = kept
    }

    /// The lines to print.
    ///
    /// - Parameter columns: of the terminal; nil where it is none, and then nothing is broken.
    public func lines(columns: Int? = nil) -> [String] {
        let layout = RecallLayout(columns: columns)
        return layout.sentence(header)
            + RecallClass.allCases.flatMap { recallClass in
                layout.list(
                    recallClass.rawValue,
                    answer.patients(in: recallClass).map { PatientWords($0, in: answer).text })
            } + closing.flatMap(layout.sentence)
    }

    /// How much could be seen; no answer is shown without it.
    public var header: String { RecallHeader(answer: answer).text }

    /// What may be said in the end, and what not.
    public var closing: [String] {
        var sentences: [String] = []
        let unknown = answer.totals[.unknown]
        let isEmpty = RecallClass.matches.allSatisfy { answer.totals[$0] == 0 }
        if answer.isNobodyAffected {
            // Never more than the diaries reach to: what was infused since may not have come.
            let asOf = UniversalTime(ms: answer.query.asOfMs)
            sentences.append("No patient affected up to \(asOf).")
        } else if isEmpty {
            sentences.append("No match in the data received.")
        }
        if unknown > 0 { sentences.append("No \"not affected\" can be said: \(unknown) unknown.") }
        if let kept {
            sentences.append(
                "Search kept as recall \(kept.number), signed \(kept.signed.clockFace) \(kept.by)")
        }
        return sentences
    }
}

/// Breaks lines for a terminal, or leaves them whole.
struct RecallLayout {
    let columns: Int?

    /// Where the patients of a class begin.
    private static let indent = 15
    /// Where one patient goes on who needs more than a line.
    private static let furtherIndent = 19

    /// A sentence, broken between words.
    func sentence(_ text: String) -> [String] { broken(text, first: "", further: "") }

    /// A class with its patients, broken before the one who would pass the last column.
    func list(_ label: String, _ patients: [String]) -> [String] {
        let start = label + Self.spaces(max(1, Self.indent - label.count))
        guard !patients.isEmpty else { return [start + "none"] }
        let pieces = patients.dropLast().map { $0 + "." } + patients.suffix(1)
        guard let columns else { return [start + pieces.joined(separator: " ")] }
        var lines: [String] = []
        for piece in pieces {
            if let last = lines.last, last.count + 1 + piece.count <= columns {
                lines[lines.count - 1] = last + " " + piece
            } else {
                lines += broken(
                    piece, first: lines.isEmpty ? start : Self.spaces(Self.indent),
                    further: Self.spaces(Self.furtherIndent))
            }
        }
        return lines
    }

    private func broken(_ text: String, first: String, further: String) -> [String] {
        guard let columns, first.count + text.count > columns else { return [first + text] }
        var lines: [String] = []
        var line = first
        var isBlank = true
        for word in text.split(separator: " ") {
            if isBlank || line.count + 1 + word.count <= columns {
                line += isBlank ? word : " " + word
            } else {
                lines.append(line)
                line = further + word
            }
            isBlank = false
        }
        return lines + [line]
    }

    private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}
