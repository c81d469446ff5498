/// Signs that come first on every page, in two groups; the words that go with them are the clinic's.
///
/// This is a table to read from, and no triage: a page that shows none says nothing about safety.
public struct RedFlag: Hashable, Sendable {
    public let group: Group
    /// All of these symptoms together.
    public let symptoms: [String]
    /// What a clinician thinks of with it.
    public let sign: Sign

    public enum Group: String, Sendable, CaseIterable {
        /// The emergency number first.
        case emergency
        case callClinicToday = "call_clinic_today"
    }

    public enum Sign: String, Sendable, CaseIterable {
        case breathing, fainting, chest, stroke, swelling
        case asepticMeningitis = "aseptic_meningitis"
        case haemolysis, thrombosis, kidney
    }

    private init(_ group: Group, _ sign: Sign, _ symptoms: String...) {
        self.group = group
        self.symptoms = symptoms
        self.sign = sign
    }

    /// The table, emergencies first.
    public static let table: [RedFlag] = [
        RedFlag(.emergency, .breathing, "wheeze"),
        RedFlag(.emergency, .breathing, "breathless"),
        RedFlag(.emergency, .fainting, "faint"),
        RedFlag(.emergency, .chest, "chest_tight"),
        RedFlag(.emergency, .stroke, "one_sided_weakness"),
        RedFlag(.emergency, .swelling, "face_swelling"),
        RedFlag(
            .callClinicToday, .asepticMeningitis, "neck_stiff", "light_hurts_eyes", "headache"),
        RedFlag(.callClinicToday, .haemolysis, "dark_urine"),
        RedFlag(.callClinicToday, .haemolysis, "jaundice"),
        RedFlag(.callClinicToday, .thrombosis, "leg_swelling"),
        RedFlag(.callClinicToday, .kidney, "less_urine"),
    ]

    /// The flags that these symptoms raise, emergencies first.
    public static func raised(by symptoms: Set<String>) -> [RedFlag] {
        table.filter { $0.symptoms.allSatisfy(symptoms.contains) }
    }
}
