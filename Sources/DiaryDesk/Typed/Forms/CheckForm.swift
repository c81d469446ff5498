public import DiaryModel
public import SyncCore

/// The checklist before an infusion: `feels_well=yes temperature=36.8 bp=120/80 result=proceed`.
///
/// What is not said was not asked; no answer keeps anybody from recording what happened.
public struct CheckForm: Sendable {
    /// The items of domain 2.3; a plan may name others, which are typed as `answer.NAME=yes`.
    public static let items = [
        "feels_well", "infection_or_antibiotics", "drank_enough", "headache_since_last",
        "chest_pain_or_leg_swelling", "new_medicine_or_vaccine", "pregnancy", "rash_or_site_sore",
        "product_name_matches_plan", "in_date", "solution_clear", "reached_room_temp",
        "not_frozen_or_shaken", "partner_present", "phone_works", "emergency_kit_in_date",
    ]

    /// The values that are measured, with the names people use for them.
    public static let vitals = ["temperature", "bp", "pulse", "oxygen"]

    /// Answers as `name=value`.
    public var answers: [String] = []
    public var start: String?
    public var day: String?
    /// Who gave advice, and when, where the infusion goes on after it.
    public var advisedBy: String?
    public var advisedAt: String?

    public init() {}

    /// The fields to be set.
    ///
    /// - Throws: `DeskError.refused` with every value that could not be read.
    public func fields(_ context: FormContext, warnings: inout [Warning]) throws -> JSONObject {
        var reader = FormReader(context)
        reader.readTime(start: start, end: nil, day: day)
        let words = reader.words(answers, such: "feels_well=yes")
        reader.read(words, of: .check, TypedValue(context))
        readAdvice(&reader, context)
        if reader.refused.isEmpty, reader.set.keys == ["time"] {
            reader.refuse(
                "answer", .missing,
                "Say at least one answer, such as feels_well=yes, or result=postponed.")
        }
        return try reader.result(warnings: &warnings)
    }

    private func readAdvice(_ reader: inout FormReader, _ context: FormContext) {
        guard advisedBy != nil || advisedAt != nil else { return }
        let by = reader.person(advisedBy, "result/advisedBy", context)
        let at = reader.moment(advisedAt, "advisedAt", in: "result")
        guard var result = reader.set["result"]?.objectValue else {
            return reader.refuse(
                "result", .missing,
                "Who advised goes with a result. Type result=proceed_after_advice.")
        }
        if let by { result["advisedBy"] = by }
        if let at { result["advisedAt"] = at }
        reader.set["result"] = .object(result)
    }
}
