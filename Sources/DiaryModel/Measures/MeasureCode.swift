/// What is measured: the codes of domain 2.5.
public enum MeasureCode: String, DiaryValue, CaseIterable {
    case gripLeft = "grip_l"
    case gripRight = "grip_r"
    case gripForceLeft = "grip_force_l"
    case gripForceRight = "grip_force_r"
    case muscleSum = "mrc_sum"
    case incat, onls, irods, walk10m, weight
    case iggTrough = "igg_trough"
    case infections
    case antibioticCourses = "antibiotic_courses"
    case daysOff = "days_off"
    case hospitalDays = "hospital_days"
    case vasFatigue = "vas_fatigue"
    case vasPain = "vas_pain"
    case vasWearingOff = "vas_wearing_off"
    case wearingOffDays = "wearing_off_days"

    /// The measure's row of the table.
    public var row: MeasureRow { MeasureTable.row(self) }
}
