public import DiaryModel
import DiaryStore
public import SyncCore

/// What the diaries of one patient say of how they are: given, borne, measured, and planned.
///
/// It is read once and worked on outside the transaction. Of a patient with several diaries the clinic
/// adds them to one timeline; on a device each is a diary of its own (C19).
public struct CareRecord: Sendable {
    public private(set) var infusions: [EntryView]
    public private(set) var reactions: [EntryView]
    private var measured: [EntryView]
    private var planEntries: [PlanEntry]
    private var clinicReplicas: Set<ReplicaID>

    /// Reads a diary.
    ///
    /// - Parameter day: what is needed is of this day or later; nil for all. An infusion that a reaction
    ///   names is read whenever it was, and so is all that was measured, since the first is the baseline.
    public init(_ reading: Reading, since day: CivilDate? = nil) throws {
        reactions = try reading.views(of: .reaction, since: day)
        var infusions = try reading.views(of: .infusion, since: day)
        let held = Set(infusions.map(\.entry.id))
        let named = Set(reactions.flatMap { ReactionReading($0).infusions }).subtracting(held)
        infusions += try named.sorted().compactMap { try reading.view(of: $0) }
            .filter { $0.kind == EntryKind.infusion.rawValue }
        self.infusions = infusions
        measured = try reading.views(of: .measurement)
        planEntries = try reading.plans().entries
        clinicReplicas = reading.standing.ofClinic
    }

    /// Adds another diary of the same patient.
    public mutating func add(_ other: CareRecord) {
        infusions += other.infusions
        reactions += other.reactions
        measured += other.measured
        planEntries += other.planEntries
        clinicReplicas.formUnion(other.clinicReplicas)
    }

    /// The level that the plan of a day is meant to keep.
    public static func targetIgg(in reading: Reading, on day: CivilDate) throws -> Int64? {
        try reading.plans().targetIgg(on: day)
    }

    public var plans: PlanHistory { PlanHistory(planEntries) }

    /// What was measured; where a value does not say where, its log does.
    public func measurements(zone: some ZoneRules) -> Measurements {
        Measurements(measured, zone: zone) { [clinicReplicas] in $0.source(clinic: clinicReplicas) }
    }
}

extension Reading {
    /// What was measured in this diary.
    public func measurements() throws -> Measurements {
        let clinic = standing.ofClinic
        return Measurements(try views(of: .measurement), zone: zone) { $0.source(clinic: clinic) }
    }
}

extension PlanHistory {
    /// The level that the plan of a day is meant to keep; of siblings the first that names one.
    func targetIgg(on day: CivilDate) -> Int64? {
        versions(on: day).lazy.compactMap { $0.plan?.targetIggMilligramsPerLitre }.first
    }
}

extension Standing {
    /// The logs of this clinic, and of those the diary moved from.
    var ofClinic: Set<ReplicaID> { clinicReplicas.union(formerClinicReplicas) }
}

extension Candidate {
    /// Where it was measured, by whose log it is in; what staff copied from paper is the patient's.
    func source(clinic: Set<ReplicaID>) -> MeasureSource {
        let method = about["entryMethod"].flatMap { EntryMethod(json: $0) }
        return clinic.contains(event.replica) && method != .fromPaper ? .clinic : .home
    }
}
