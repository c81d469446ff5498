/// What a recall says of a patient in one word: the first of these that holds (domain 5.2).
public enum RecallClass: String, DiaryValue, CaseIterable, Comparable {
    /// The lot went into the patient, as far as anybody says.
    case infused = "INFUSED"
    /// The lot is, or was, at the patient's home.
    case held = "HELD"
    /// Something like it, or a value that somebody replaced.
    case possible = "POSSIBLE"
    /// Only what was voided or set aside names it.
    case voidedMatch = "VOIDED_MATCH"
    /// Nothing names it, but not everything could be seen.
    case unknown = "UNKNOWN"
    /// Everything was seen and nothing names it.
    case clear = "CLEAR"

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// The smaller is the one to act upon first.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    /// The classes of a patient of whom something that was recorded answers the search.
    public static let matches: [RecallClass] = [.infused, .held, .possible, .voidedMatch]
}
