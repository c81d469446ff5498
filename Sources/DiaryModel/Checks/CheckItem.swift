/// The items of the checklist before an infusion, as data (domain 2.3).
public struct CheckItem: Hashable, Sendable {
    /// The last part of the field `answer.<item>`.
    public let code: String
    /// As it is asked.
    public let sentence: String

    private init(_ code: String, _ sentence: String) {
        self.code = code
        self.sentence = sentence
    }

    /// All items that are known here, in the order in which they are asked.
    public static let all: [CheckItem] = [
        CheckItem("feels_well", "Do you feel well today?"),
        CheckItem("infection_or_antibiotics", "Do you have an infection, or take antibiotics?"),
        CheckItem("drank_enough", "Have you had enough to drink today?"),
        CheckItem("headache_since_last", "Have you had headaches since the last infusion?"),
        CheckItem("chest_pain_or_leg_swelling", "Do you have chest pain or a swollen leg?"),
        CheckItem(
            "new_medicine_or_vaccine",
            "Do you take a new medicine, or have you had a vaccine? Live vaccines matter."),
        CheckItem("pregnancy", "Could you be pregnant?"),
        CheckItem("rash_or_site_sore", "Do you have a rash, or is a site sore?"),
        CheckItem(
            "product_name_matches_plan", "Is the name on the vials the one in your plan?"),
        CheckItem("in_date", "Are all vials in date?"),
        CheckItem("solution_clear", "Is the solution clear?"),
        CheckItem("reached_room_temp", "Have the vials reached room temperature?"),
        CheckItem("not_frozen_or_shaken", "Have they been kept from frost and shaking?"),
        CheckItem("partner_present", "Is your infusion partner with you?"),
        CheckItem("phone_works", "Does your phone work?"),
        CheckItem("emergency_kit_in_date", "Is your emergency kit in date?"),
    ]

    /// The item of a code; nil for one that is not known here, such as a clinic's own.
    public static func named(_ code: String) -> CheckItem? {
        all.first { $0.code.utf8.elementsEqual(code.utf8) }
    }

    /// The field in which its answer stands.
    public var field: String { "answer.\(code)" }
}
