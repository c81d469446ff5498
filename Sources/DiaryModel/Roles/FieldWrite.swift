/// Whether somebody may set a field: the table of acts and the table of fields together.
///
/// It is asked where a person types, of staff by the clinic before the line is written. What arrives
/// is never refused for it: there only `FieldRow.countsFrom` decides, by the log.
public struct FieldWrite: Sendable {
    public var role: Role
    public var kind: EntryKind
    public var field: String
    /// The event begins the entry.
    public var beginsEntry: Bool
    /// The writer began the entry.
    public var isOwnEntry: Bool
    /// The writer is the only one who wrote this field so far.
    public var isOwnWord: Bool
    /// The clinic lets nurses sign plan versions.
    public var nursesMaySignPlans: Bool
    /// Of a question: the roles that it asks, several where people disagree; empty where it names none.
    public var asks: [Role]

    public init(
        role: Role, kind: EntryKind, field: String, beginsEntry: Bool, isOwnEntry: Bool = true,
        isOwnWord: Bool = true, nursesMaySignPlans: Bool = false, asks: [Role] = []
    ) {
        self.role = role
        self.kind = kind
        self.field = field
        self.beginsEntry = beginsEntry
        self.isOwnEntry = isOwnEntry
        self.isOwnWord = isOwnWord
        self.nursesMaySignPlans = nursesMaySignPlans
        self.asks = asks
    }

    /// Allowed, or who else may.
    public enum Answer: Hashable, Sendable {
        case allowed
        /// A clerk records what stands on paper: `entryMethod` has to be `from_paper`.
        case allowedFromPaper
        case refused(whoMay: [Role])
    }

    public var answer: Answer {
        if field == "status" { return statusAnswer }
        guard let row = FieldTable.row(kind: kind, field: field) else {
            return .refused(whoMay: [])
        }
        var writers = row.writers.roles(nursesMaySignPlans: nursesMaySignPlans)
        if kind == .question, field == "answer" {
            writers = writers.filter { Ask.mayAnswer($0, asking: asks) }
        }
        let refused = Answer.refused(whoMay: writers)
        guard writers.contains(role) else { return refused }
        // Another's own words are nobody's to change, whatever their role.
        if row.isOwn, !isOwnWord { return .refused(whoMay: []) }
        if row.writers != .recorders { return .allowed }
        return recorderAnswer(isVialOrStock: row.isVials || kind == .stock)
    }

    /// What anybody who may record may set: a pharmacist amends vials and stock, a clerk own entries.
    private func recorderAnswer(isVialOrStock: Bool) -> Answer {
        let act: Act = beginsEntry ? .record : .amend
        switch PermissionTable.may(role, act) {
        case .yes: return .allowed
        case .fromPaper: return .allowedFromPaper
        case .ownEntries where isOwnEntry: return .allowedFromPaper
        case .vialsAndStock where isVialOrStock || (kind == .note && isOwnEntry): return .allowed
        default: return .refused(whoMay: PermissionTable.whoMay(act).filter { $0 != role })
        }
    }

    /// `status` is set by who may record, void and reinstate that kind of entry.
    private var statusAnswer: Answer {
        switch kind {
        case .infusion, .check, .reaction, .measurement, .stock, .note:
            return kind == .note && !isOwnEntry && !beginsEntry
                ? .refused(whoMay: [])
                : recorderAnswer(isVialOrStock: kind == .stock)
        default:
            // A question is taken back by who may ask it, not by whom it asks.
            let rows = FieldTable.rows.filter {
                $0.kinds.contains(kind) && !$0.isOfEvery && $0.pattern.description != "answer"
            }
            let writers = rows.flatMap {
                $0.writers.roles(nursesMaySignPlans: nursesMaySignPlans)
            }
            return writers.contains(role)
                ? .allowed : .refused(whoMay: Role.allCases.filter { writers.contains($0) })
        }
    }
}
