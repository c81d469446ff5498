public import SyncCore

/// What the patient or carer said of how bad it was: `grade.said`, their own words and never overwritten.
public struct SaidGrade: DiaryValue {
    /// 1 to 4.
    public var grade: Said<Int64>
    /// Was the infusion slowed, paused or stopped for it?
    public var interrupted: Answer?
    /// Was anything taken or given for it?
    public var treated: Answer?
    /// Did it need a hospital?
    public var hospital: Answer?

    public init(
        grade: Said<Int64>, interrupted: Answer? = nil, treated: Answer? = nil,
        hospital: Answer? = nil
    ) {
        self.grade = grade
        self.interrupted = interrupted
        self.treated = treated
        self.hospital = hospital
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let grade: Said<Int64>? = reader.member("grade")
        interrupted = reader.member("interrupted")
        treated = reader.member("treated")
        hospital = reader.member("hospital")
        guard reader.isWhole, let grade else { return nil }
        self.grade = grade
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("grade", grade)
        object.set("interrupted", interrupted)
        object.set("treated", treated)
        object.set("hospital", hospital)
        return .object(object)
    }

    /// What the plain answers come to.
    public var derived: DerivedGrade {
        DerivedGrade(interrupted: interrupted, treated: treated, hospital: hospital)
    }
}

/// The grade that three plain answers come to, by a table that a clinician can read.
///
/// CTCAE for infusion-related reactions: 1 mild and no interruption, 2 interruption or treatment, 3
/// prolonged or hospital. An answer that is missing is no "no": then only the least grade is known.
/// Grade 4 comes out of no plain question; a person says it.
public enum DerivedGrade: Hashable, Sendable {
    case grade(Int64)
    /// At least this one; it depends on what is not known.
    case atLeast(Int64)

    /// The first row that fits holds; nil in a column stands for any answer.
    static let table: [Row] = [
        Row(interrupted: nil, treated: nil, hospital: .yes, .grade(3)),
        Row(interrupted: .yes, treated: nil, hospital: .no, .grade(2)),
        Row(interrupted: nil, treated: .yes, hospital: .no, .grade(2)),
        Row(interrupted: .no, treated: .no, hospital: .no, .grade(1)),
        Row(interrupted: .yes, treated: nil, hospital: nil, .atLeast(2)),
        Row(interrupted: nil, treated: .yes, hospital: nil, .atLeast(2)),
        Row(interrupted: nil, treated: nil, hospital: nil, .atLeast(1)),
    ]

    struct Row: Sendable {
        let interrupted: Answer?
        let treated: Answer?
        let hospital: Answer?
        let grade: DerivedGrade

        init(
            interrupted: Answer?, treated: Answer?, hospital: Answer?, _ grade: DerivedGrade
        ) {
            self.interrupted = interrupted
            self.treated = treated
            self.hospital = hospital
            self.grade = grade
        }

        func fits(_ answers: [Answer?]) -> Bool {
            zip([interrupted, treated, hospital], answers).allSatisfy { wanted, said in
                wanted == nil || wanted == said
            }
        }
    }

    public init(interrupted: Answer?, treated: Answer?, hospital: Answer?) {
        let row = Self.table.first { $0.fits([interrupted, treated, hospital]) }
        self = row?.grade ?? .atLeast(1)
    }

    /// The grade where it is certain.
    public var grade: Int64? { if case .grade(let grade) = self { grade } else { nil } }
    /// The grade, or the least that it can be.
    public var least: Int64 {
        switch self {
        case .grade(let grade), .atLeast(let grade): grade
        }
    }
}
