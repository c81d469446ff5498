/// Why one lot key may be a misreading of another.
public enum LotNearness: Hashable, Sendable {
    case sameSkeleton
    case oneSlip(LotDifference)
    /// One key is the beginning or the end of the other, with at least five characters.
    case partOfOther

    /// Nil for equal keys and for lots that are simply others.
    public init?(_ left: LotKey, _ right: LotKey) {
        guard left != right else { return nil }
        let difference = LotDifference(left, right)
        if left.skeleton == right.skeleton {
            self = .sameSkeleton
        } else if difference.isOneSlip {
            self = .oneSlip(difference)
        } else if Self.isPart(left.bytes, of: right.bytes)
            || Self.isPart(right.bytes, of: left.bytes)
        {
            self = .partOfOther
        } else {
            return nil
        }
    }

    private static func isPart(_ part: [UInt8], of whole: [UInt8]) -> Bool {
        part.count >= 5
            && (whole.starts(with: part) || whole.suffix(part.count).elementsEqual(part))
    }
}
