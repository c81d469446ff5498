/// The columns of the table of domain 8.2, in their order; new ones only at the end.
public enum CSVColumn: String, Sendable, CaseIterable {
    case exportAsOf = "export_as_of"
    case coverageTo = "coverage_to"
    case patientRef = "patient_ref"
    case entryID = "entry_id"
    case version
    case state
    case inConflict = "in_conflict"
    case duplicateGroup = "duplicate_group"
    case kind
    case outcome
    case notDoneReason = "not_done_reason"
    case route
    case startLocal = "start_local"
    case startUTC = "start_utc"
    case startOffset = "start_offset"
    case zone
    case precision
    case endUTC = "end_utc"
    case durationMinutes = "duration_min"
    case lateHours = "late_hours"
    case clock
    case productKey = "product_key"
    case productText = "product_text"
    case component
    case vialGrams = "vial_g"
    case vialMillilitres = "vial_ml"
    case vialCount = "vial_count"
    case discardedGrams = "discarded_g"
    case lineGrams = "line_g"
    case infusionGrams = "infusion_g"
    case lotPrinted = "lot_printed"
    case lotKey = "lot_key"
    case lotMissingReason = "lot_missing_reason"
    case expiryPrinted = "expiry_printed"
    case expiryDate = "expiry_date"
    case gtin
    case serials
    case entryMethod = "entry_method"
    case sites
    case maxMillilitresPerHour = "max_ml_per_h"
    case infusedBy = "infused_by"
    case authorRole = "author_role"
    case recordedUTC = "recorded_utc"
    case receivedUTC = "received_utc"
    case planID = "plan_id"
    case planVersion = "plan_version"
    case reactionGradeMax = "reaction_grade_max"
    case warnings
    case line
    case courseID = "course_id"
    case coursePart = "course_part"
    case courseParts = "course_parts"
    case place
    case countsLowGrams = "counts_low_g"
    case countsHighGrams = "counts_high_g"

    /// Whether it depends on the place and moment of the export.
    ///
    /// All others are the same bytes wherever frontiers are equal and the same clinic is pinned.
    public var isLocal: Bool {
        switch self {
        case .exportAsOf, .coverageTo, .receivedUTC: true
        default: false
        }
    }

    /// What a spreadsheet is to take it for.
    var form: CSVForm {
        switch self {
        case .version, .durationMinutes, .lateHours, .vialGrams, .vialMillilitres, .vialCount,
            .discardedGrams, .lineGrams, .infusionGrams, .maxMillilitresPerHour, .reactionGradeMax,
            .coursePart, .courseParts, .countsLowGrams, .countsHighGrams:
            .number
        case .lotPrinted, .lotKey, .gtin, .serials, .expiryPrinted, .productText: .printed
        default: .text
        }
    }
}
