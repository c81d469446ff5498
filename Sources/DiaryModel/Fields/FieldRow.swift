/// One row of the field table: a field is one merge group, moves as one and is settled alone.
public struct FieldRow: Sendable {
    public let kinds: [EntryKind]
    public let pattern: FieldPattern
    public let shape: ValueShape
    /// The unit in which numbers stand on the wire; nil where there is none or each member names its own.
    public let unit: String?
    public let writers: FieldWriters
    /// Only who wrote it amends it.
    public let isOwn: Bool
    /// Counts only from the clinic's logs.
    public let isClinics: Bool
    /// Counts only from the clinic's logs and from the chain that began the entry.
    public let isName: Bool
    public let text: TextClass?
    public let soft: [SoftLimit]
    /// What a person reads where the value was refused: what was expected and the honest way out.
    public let sentence: String

    init(
        _ kinds: [EntryKind], _ pattern: String, _ shape: ValueShape, unit: String? = nil,
        by writers: FieldWriters, keys: [String]? = nil, own: Bool = false, clinics: Bool = false,
        name: Bool = false, text: TextClass? = nil, soft: [SoftLimit] = [], _ sentence: String
    ) {
        self.kinds = kinds
        self.pattern = FieldPattern(pattern, keys: keys)
        self.shape = shape
        self.unit = unit
        self.writers = writers
        isOwn = own
        isClinics = clinics
        isName = name
        self.text = text
        self.soft = soft
        self.sentence = sentence
    }

    /// Whether `unknown` and `declined` are answers here.
    var allowsWords: Bool { !isClinics && !isName && !isOfEvery && !isVials }
    var isVials: Bool { pattern.matches("vials.1") }
    var isOfEvery: Bool { kinds.count == EntryKind.allCases.count }
}

/// Who may set a field.
public enum FieldWriters: Hashable, Sendable {
    /// All who may record (domain 6.1).
    case recorders
    case recordersAndAdministrator
    case only([Role])
    case doctorAndNurseIfAllowed
    /// Who may link; a clerk only proposes.
    case linkers
    /// The device itself, or the clinic itself, never a person.
    case machine

    /// The roles, with nurses where the clinic lets them sign plans.
    public func roles(nursesMaySignPlans: Bool = false) -> [Role] {
        switch self {
        case .recorders: PermissionTable.whoMay(.record)
        case .recordersAndAdministrator: PermissionTable.whoMay(.record) + [.administrator]
        case .only(let roles): roles
        case .doctorAndNurseIfAllowed: nursesMaySignPlans ? [.nurse, .doctor] : [.doctor]
        case .linkers: PermissionTable.roles.filter { PermissionTable.may($0, .link) == .yes }
        case .machine: []
        }
    }
}
