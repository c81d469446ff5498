/// What a person has to know of a row beside its lot.
public enum RecallNote: String, DiaryValue, CaseIterable {
    case inConflict = "in_conflict"
    /// One voided what another corrected.
    case statusInConflict = "status_in_conflict"
    /// Its event does not count yet.
    case toReview = "to_review"
    case expiryDiffers = "expiry_differs"
    /// The same month, but only one of them says the day.
    case expiryPrecision = "expiry_precision"
    /// The same key stands under another product of the catalogue.
    case productDiffers = "product_differs"
    /// The product stands in words only.
    case productInWords = "product_in_words"
    case productNotSaid = "product_not_said"
    /// A neighbouring lot whose own barcode was read.
    case neighbourScanned = "neighbour_scanned"
    /// A neighbouring lot that the patient has by barcode elsewhere.
    case neighbourKnown = "neighbour_known"
    case olderValue = "older_value"
    case removedLine = "removed_line"
    case voided
    case setAside = "set_aside"
    /// It looks like another infusion and nobody has answered.
    case recordedTwice = "recorded_twice"
    /// It says that it was not done, and names vials.
    case saidNotDone = "said_not_done"
    case usedAfterNotice = "used_after_notice"
    /// Before the days that the search is about.
    case beforeWindow = "before_window"
    /// The hyaluronidase vial of a dual-vial unit, which adds no grams.
    case hyaluronidase

    /// The note in words; nil where the row's own words say it.
    var words: String? {
        switch self {
        case .inConflict: "in conflict"
        case .statusInConflict: "voided or not: in conflict"
        case .toReview: "to review"
        case .expiryDiffers: "expiry differs"
        case .expiryPrecision: "expiry differs in precision"
        case .productDiffers: "product differs"
        case .neighbourScanned: "neighbouring lot, scanned"
        case .neighbourKnown: "neighbouring lot, scanned before"
        case .productNotSaid: "product not said"
        case .recordedTwice: "recorded twice?"
        case .saidNotDone: "said not done"
        case .usedAfterNotice: "used after the notice"
        case .beforeWindow: "before the window"
        case .hyaluronidase: "hyaluronidase vial"
        case .productInWords, .olderValue, .removedLine, .voided, .setAside: nil
        }
    }
}
