/// What counts: a function of the events held and the pinned clinic's key, and of nothing else.
///
/// A diary begins with no clinic, and everything counts. Once a store has pinned a clinic's key *and*
/// holds that clinic's word on any device, what counts is: logs introduced under that key, wholly;
/// and of a device's logs what the clinic trusts. A device is a chain: a replica that continues none,
/// and all that continue it; the clinic's word on it stands in the entry of that first replica alone.
/// So a closed device cannot escape by continuing as a new replica, by a branch, or by a second
/// introduction: the word on its first replica is for all of them.
///
/// What does not count is kept, relayed and searched in recalls; it is no value and replaces nothing.
/// No wall clock takes part, and nothing here stops a line from being stored.
public struct Standing: Sendable {
    /// Whether a clinic's word is in force; until then everything counts.
    public let isInForce: Bool
    /// The replicas introduced under the pinned key.
    public let clinicReplicas: Set<ReplicaID>
    /// The replicas of a clinic that the diary moved from.
    public let formerClinicReplicas: Set<ReplicaID>
    /// The first replicas of each replica's chain: one, unless a log was introduced twice.
    private let roots: [ReplicaID: Set<ReplicaID>]
    private let trust: [ReplicaID: Trust]
    private let closedRoots: Set<ReplicaID>
    private let branchReplicas: [ReplicaID]

    /// Works out what counts in a store.
    public init(of events: some HeldEvents) throws {
        let words = try ClinicWords(in: events)
        isInForce = words.isInForce
        clinicReplicas = words.clinic
        roots = words.roots
        branchReplicas = events.tree.branches.map(\.replica)
        closedRoots = words.closedRoots
        formerClinicReplicas = Set(
            words.roots.filter { !$0.value.isDisjoint(with: words.formerClinicRoots) }.keys
        ).subtracting(words.clinic)
        var trust: [ReplicaID: Trust] = [:]
        for (replica, roots) in words.roots {
            trust[replica] =
                words.clinic.contains(replica)
                ? .all
                : roots.reduce(Trust.all) { $0.narrowed(by: words.trust[$1] ?? .none) }
        }
        self.trust = trust
    }

    /// Whether the event at this place counts.
    public func counts(_ place: LogPlace) -> Bool {
        guard isInForce else { return true }
        guard branchReplicas.indices.contains(place.branch) else { return false }
        return trust[branchReplicas[place.branch]]?.covers(place) ?? false
    }

    /// Whether a field set on an entry of `kind`, begun by `beginner`, counts from `replica`'s log.
    public func counts(
        field: String, kind: String, from replica: ReplicaID, begunBy beginner: ReplicaID
    ) -> Bool {
        guard isInForce else { return true }
        if clinicReplicas.contains(replica) { return true }
        return switch FieldAuthority.of(field: field, kind: kind) {
        case .anyone: true
        case .clinic: formerClinicReplicas.contains(replica)
        case .pinnedClinic: false
        case .clinicOrOwnChain:
            formerClinicReplicas.contains(replica) || isSameDevice(replica, beginner)
        }
    }

    /// Whether two replicas are of one chain.
    public func isSameDevice(_ a: ReplicaID, _ b: ReplicaID) -> Bool {
        !(roots[a] ?? [a]).isDisjoint(with: roots[b] ?? [b])
    }

    /// The first replicas of a replica's chain.
    public func firstReplicas(of replica: ReplicaID) -> Set<ReplicaID> {
        roots[replica] ?? [replica]
    }

    /// How far a replica's log is relied on.
    public func trust(of replica: ReplicaID) -> Trust {
        isInForce ? trust[replica] ?? .none : .all
    }

    /// Whether the clinic has closed the device that this replica is of; any `closed` closes.
    public func isClosed(_ replica: ReplicaID) -> Bool {
        !closedRoots.isDisjoint(with: roots[replica] ?? [replica])
    }
}
