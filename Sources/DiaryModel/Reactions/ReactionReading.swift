public import SyncCore

/// A reaction as its view says it, with what people disagree about on the careful side.
///
/// A flag is raised and a grade counts for alerts if any candidate says so; nothing is lowered because
/// somebody else wrote less. What staff assessed and what the patient said are two fields and never
/// conflict; the higher of the two is for alerts (domain 2.4, C10).
public struct ReactionReading: Sendable {
    public let entry: EntryID
    /// The settled fields.
    public let reaction: Reaction
    /// Symptoms that some candidate says were there.
    public let symptoms: Set<String>
    /// What comes first on every page of it, emergencies before the rest.
    public let redFlags: [RedFlag]
    /// Every grade that the patient or carer said, the smallest first; more than one is a conflict.
    public let saidGrades: [Int64]
    /// Every grade that staff assessed.
    public let assessedGrades: [Int64]
    /// The infusions that some candidate names.
    public let infusions: [EntryID]
    /// Grade 3 or more, a hospital, lasting harm or death: the page shows where to report it.
    public let isSerious: Bool

    public init(_ view: EntryView) {
        entry = view.entry.id
        reaction = Reaction(fields: view.settledFields)
        var symptoms: Set<String> = []
        var reactions: [Reaction] = []
        for (field, _) in view.fields where Self.isRead(field) {
            for candidate in view.distinctCandidates(field) {
                guard let json = candidate.value.json else { continue }
                let alone = Reaction(fields: [field: json])
                symptoms.formUnion(alone.present)
                reactions.append(alone)
            }
        }
        self.symptoms = symptoms
        redFlags = RedFlag.raised(by: symptoms)
        let said = reactions.compactMap { $0.saidGrade?.grade.value }
        saidGrades = Set(said.filter { (1...4).contains($0) }).sorted()
        let assessed = reactions.compactMap(\.assessedGrade)
        assessedGrades = Set(assessed.filter { (1...5).contains($0) }).sorted()
        infusions = Set(
            reactions.compactMap { reaction in
                if case .entry(let entry) = reaction.infusion?.value { entry } else { nil }
            }
        ).sorted()
        isSerious =
            max(saidGrades.last ?? 0, assessedGrades.last ?? 0) >= 3
            || reactions.contains(where: \.namesHarm)
    }

    private static func isRead(_ field: String) -> Bool {
        field == "infusion" || field == "outcome"
            || ["symptom.", "grade.", "action."].contains(where: field.hasPrefix)
    }

    /// The higher of what was said and what was assessed; nil where no grade is known.
    public var alertGrade: Int64? {
        [saidGrades.last, assessedGrades.last].compactMap(\.self).max()
    }

    /// How long it lasted.
    public var length: ReactionLength { ReactionLength(reaction) }

    /// Whether it may still go on: nobody said when it ended, nor that it did.
    public var mayGoOn: Bool {
        let isOver: [Reaction.Outcome] = [.recovered, .recoveredSequelae, .fatal]
        return reaction.time?.end == nil && !isOver.contains { $0 == reaction.outcome?.value }
    }

    /// When it began against its infusion, and `ongoing` beside it where it still goes on.
    public func onsetClasses(of infusion: TimeValue?) -> [OnsetClass] {
        let onset = reaction.onset.map { OnsetClass(onset: $0, infusion: infusion) } ?? .unknown
        return length == .ongoing ? [onset, .ongoing] : [onset]
    }
}

/// How long a reaction lasted.
public enum ReactionLength: Hashable, Sendable {
    /// Milliseconds from onset to end.
    case lasted(ms: Int64)
    /// It has no end, and somebody says that it is not over.
    case ongoing
    case unknown

    public init(_ reaction: Reaction) {
        if let ms = reaction.time?.length.ms {
            self = .lasted(ms: ms)
        } else if reaction.time?.end == nil,
            reaction.outcome?.value == .recovering || reaction.outcome?.value == .notRecovered
        {
            self = .ongoing
        } else {
            self = .unknown
        }
    }
}

extension Reaction {
    /// A hospital, lasting harm or death.
    fileprivate var namesHarm: Bool {
        did("hospital") || did("admitted") || saidGrade?.hospital == .yes
            || outcome?.value == .fatal || outcome?.value == .recoveredSequelae
    }
}
