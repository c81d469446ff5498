/// How two lot keys differ, in the way a person would point at it on the box.
public enum LotDifference: Hashable, Sendable {
    case none
    /// Two neighbours changed places; the index of the first, counted from 0.
    case swapped(at: Int, first: UInt8, second: UInt8)
    /// One character stands for another.
    case replaced(at: Int, left: UInt8, right: UInt8)
    /// The left key lacks a character that the right one has.
    case missing(at: Int, character: UInt8)
    /// The left key has a character too many.
    case extra(at: Int, character: UInt8)
    /// More than one slip apart.
    case several

    public init(_ left: LotKey, _ right: LotKey) {
        let (a, b) = (left.bytes, right.bytes)
        let prefix = zip(a, b).prefix { $0 == $1 }.count
        let (restA, restB) = (a.dropFirst(prefix), b.dropFirst(prefix))
        if restA.isEmpty, restB.isEmpty {
            self = .none
        } else if let x = restB.first, restA.elementsEqual(restB.dropFirst()) {
            self = .missing(at: prefix, character: x)
        } else if let x = restA.first, restB.elementsEqual(restA.dropFirst()) {
            self = .extra(at: prefix, character: x)
        } else if let x = restA.first, let y = restB.first {
            let (tailA, tailB) = (restA.dropFirst(), restB.dropFirst())
            if tailA.elementsEqual(tailB) {
                self = .replaced(at: prefix, left: x, right: y)
            } else if tailA.first == y, tailB.first == x,
                tailA.dropFirst().elementsEqual(tailB.dropFirst())
            {
                self = .swapped(at: prefix, first: x, second: y)
            } else {
                self = .several
            }
        } else {
            self = .several
        }
    }

    /// Damerau-Levenshtein distance 1.
    public var isOneSlip: Bool { self != .none && self != .several }

    /// "two swapped digits", "one letter (A or C)"; nil for equal keys.
    public var words: String? {
        switch self {
        case .none: nil
        case .swapped(_, let x, let y): "two swapped \(Self.noun([x, y]))s"
        case .replaced(_, let x, let y):
            "one \(Self.noun([x, y])) (\(Self.letter(x)) or \(Self.letter(y)))"
        case .missing(_, let x): "one missing \(Self.noun([x])) (\(Self.letter(x)))"
        case .extra(_, let x): "one \(Self.noun([x])) more (\(Self.letter(x)))"
        case .several: "several characters"
        }
    }

    private static func letter(_ byte: UInt8) -> String { String(Unicode.Scalar(byte)) }

    private static func noun(_ bytes: [UInt8]) -> String {
        let digits = bytes.count { (0x30...0x39).contains($0) }
        return digits == bytes.count ? "digit" : digits == 0 ? "letter" : "character"
    }
}
