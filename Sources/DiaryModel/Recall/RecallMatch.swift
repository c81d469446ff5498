public import SyncCore

/// How a recorded lot answers a lot that is asked about, as an answer keeps it.
public enum RecallMatch: String, DiaryValue, CaseIterable {
    /// The same product and key.
    case exact
    /// The same key under another product or in words.
    case productDiffers = "product_differs"
    /// Near: the characters that look alike are taken for each other.
    case sameSkeleton = "near_skeleton"
    /// Near: one character away.
    case oneSlip = "near_one_slip"
    /// Near: one is the beginning or the end of the other.
    case partOfOther = "near_part"
    /// Near, and a barcode proves that it is another lot.
    case knownOtherLot = "known_other_lot"

    /// Nil where the lots have nothing to do with each other.
    init?(_ match: LotQuery.Match) {
        switch match {
        case .exact: self = .exact
        case .productDiffers: self = .productDiffers
        case .near(.sameSkeleton): self = .sameSkeleton
        case .near(.oneSlip): self = .oneSlip
        case .near(.partOfOther): self = .partOfOther
        case .knownOtherLot: self = .knownOtherLot
        case .none: return nil
        }
    }

    public var isNear: Bool {
        switch self {
        case .sameSkeleton, .oneSlip, .partOfOther: true
        case .exact, .productDiffers, .knownOtherLot: false
        }
    }

    /// The smaller, the more it asks to be acted upon.
    var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension LotSighting.Standing: DiaryValue {
    public init?(json: JSONValue) {
        guard let found = Self.codes.first(where: { $0.code == json }) else { return nil }
        self = found.standing
    }

    public var json: JSONValue {
        Self.codes.first { $0.standing == self }?.code ?? "current"
    }

    private static let codes: [(standing: Self, code: JSONValue)] = [
        (.current, "current"), (.toReview, "to_review"), (.replaced, "replaced"),
    ]
}
