import DiaryStore
public import SyncCore

/// Another device that writes in this diary: it may hold an infusion that has not come here (H11).
public struct OtherDevice: Sendable, Hashable {
    public let replica: ReplicaID
    public let label: String
    /// The newest of its lines that is held here, by its own clock.
    public let lastWritten: Timestamp?
}

extension Reading {
    /// The devices that write here beside this one and the clinic, in order of their logs.
    ///
    /// One that the clinic has closed is among them unless it was retired: what it wrote may yet come.
    public func otherDevices() throws -> [OtherDevice] {
        let own = Set(try transaction.ownKeys(in: diary).keys)
        let clinic = standing.clinicReplicas.union(standing.formerClinicReplicas)
        let people = try people()
        var devices: [OtherDevice] = []
        for replica in events.tree.replicas
        where !clinic.contains(replica) && standing.firstReplicas(of: replica) == [replica] {
            let chain = events.tree.replicas.filter {
                standing.firstReplicas(of: $0).contains(replica)
            }
            guard own.isDisjoint(with: chain), try !isRetired(replica) else { continue }
            devices.append(
                OtherDevice(
                    replica: replica, label: people.device(replica),
                    lastWritten: try lastWritten(by: chain)))
        }
        return devices
    }

    private func isRetired(_ replica: ReplicaID) throws -> Bool {
        let kind = Vocabulary.replicaKind
        for summary in try transaction.entries(in: diary, kinds: [kind])
        where summary.position.replica == replica {
            let because = try view(of: summary.position)?[Vocabulary.because]?.stringValue
            return because?.hasPrefix("retired_") ?? false
        }
        return false
    }

    private func lastWritten(by chain: [ReplicaID]) throws -> Timestamp? {
        let tips = events.tree.tips.filter { chain.contains($0.replica) }
        return try tips.compactMap { tip -> Timestamp? in
            guard let held = try events.held(tip) else { return nil }
            return try events.events(ofEntry: held.entry).first { $0.line.position == tip }?
                .line.envelope.at
        }.max { $0.milliseconds < $1.milliseconds }
    }
}
