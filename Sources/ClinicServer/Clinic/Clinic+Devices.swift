internal import DiaryModel
internal import DiaryStore
public import SyncCore

/// A device as `clinic devices` lists it: what the clinic's word on it is now.
public struct DeviceStatus: Sendable {
    public let device: DeviceRecord
    /// What the device may be: the settled `role`; nil while staff disagree.
    public let role: String?
    public let isClosed: Bool
    /// Whether everything of its logs is relied on.
    public let isTrustedWholly: Bool
    /// All replicas of the device, the first one first; more than one after a restore or a copy.
    public let replicas: [ReplicaID]
    /// Entries of this device's logs that wait for somebody to rely on them.
    public let eventsToReview: Int
}

extension Clinic {
    /// The devices of a patient, or of all.
    public func devices(
        ofPatient reference: String? = nil, by login: String
    ) throws -> [DeviceStatus] {
        try database.write { transaction in
            try member(login, may: .seeDiary, orGovernIn: transaction)
            let records = ClinicRecords(transaction)
            var diaries: [DiaryID]?
            if let reference {
                guard let patient = try records.patient(reference: reference) else {
                    throw ClinicError.unknownPatient
                }
                diaries = try records.diaries(of: patient.number).map(\.diary)
            }
            try records.audit(
                AuditRecord(ms: now, staff: login, act: "devices", diary: diaries?.first))
            let devices =
                try diaries?.flatMap { try records.devices(of: $0) } ?? records.devices()
            return try devices.map { try status(of: $0, in: transaction) }
        }
    }

    private func status(
        of device: DeviceRecord, in transaction: DiaryTransaction
    ) throws -> DeviceStatus {
        let store = try transaction.events(in: device.diary)
        let standing = try transaction.standing(in: device.diary)
        let replicas = store.tree.replicas.filter {
            standing.firstReplicas(of: $0).contains(device.firstReplica)
        }
        var toReview = 0
        for replica in replicas {
            for branch in store.tree.branchNumbers(of: replica) {
                let of = store.tree.branches[branch]
                // What counts is a lower part of a branch: find where it ends.
                var low = of.forkSeq
                var high = of.tip.seq
                while low < high {
                    let middle = (low + high + 1) / 2
                    if standing.counts(LogPlace(branch: branch, seq: middle)) {
                        low = middle
                    } else {
                        high = middle - 1
                    }
                }
                toReview += of.tip.seq - low
            }
        }
        let entry = try entry(of: device, in: transaction)
        let view = try entry.flatMap { try transaction.view(of: $0, in: device.diary) }
        return DeviceStatus(
            device: device, role: view?[Vocabulary.role]?.stringValue,
            isClosed: standing.isClosed(device.firstReplica),
            isTrustedWholly: standing.trust(of: device.firstReplica).isAll, replicas: replicas,
            eventsToReview: toReview)
    }

    /// The position of the entry in which the clinic's word on a device stands.
    private func entry(
        of device: DeviceRecord, in transaction: DiaryTransaction
    ) throws -> Position? {
        try transaction.events(in: device.diary).events(ofKind: Vocabulary.replicaKind).first {
            $0.held.beginsEntry && $0.line.envelope.replica == device.firstReplica
        }?.line.position
    }

    /// Closes a device: it reads nothing any more, and what the clinic holds of it now goes on counting.
    public func closeDevice(
        labelled label: String, ofPatient reference: String, because reason: String,
        by login: String
    ) throws {
        try changeDevice(label, of: reference, act: .governDevice, named: "close", by: login) {
            device, transaction in
            [
                Vocabulary.access: Vocabulary.closed,
                Vocabulary.trusted: try heldPositions(of: device, in: transaction),
                Vocabulary.because: .string(reason),
            ]
        }
    }

    /// Relies on what is held of a closed device by now; it stays closed.
    public func trustDevice(
        labelled label: String, ofPatient reference: String, by login: String
    ) throws {
        try changeDevice(label, of: reference, act: .acceptReview, named: "trust", by: login) {
            device, transaction in
            let isClosed = try transaction.standing(in: device.diary)
                .isClosed(device.firstReplica)
            return [
                Vocabulary.trusted: isClosed
                    ? try heldPositions(of: device, in: transaction) : Vocabulary.trustedAll
            ]
        }
    }

    /// The tips of all logs of a device's chain that are held here.
    private func heldPositions(
        of device: DeviceRecord, in transaction: DiaryTransaction
    ) throws -> JSONValue {
        let store = try transaction.events(in: device.diary)
        let standing = try transaction.standing(in: device.diary)
        return VectorClock(
            store.tree.tips.filter {
                standing.firstReplicas(of: $0.replica).contains(device.firstReplica)
            }
        ).json
    }

    private func changeDevice(
        _ label: String, of reference: String, act: Act, named name: String, by login: String,
        _ set: (DeviceRecord, DiaryTransaction) throws -> JSONObject
    ) throws {
        try self.act(name, as: login, needing: act, onPatient: reference) { work in
            let transaction = work.transaction
            let devices = try work.diaries.flatMap { try work.records.devices(of: $0.diary) }
                .filter { $0.label == label }
            guard let device = devices.first else { throw ClinicError.unknownDevice }
            guard devices.count == 1 else { throw ClinicError.ambiguousDevice }
            guard let entry = try entry(of: device, in: transaction) else {
                throw ClinicError.unknownDevice
            }
            let author = try author(work.member, in: device.diary, transaction)
            let context = try transaction.view(of: entry, in: device.diary)?.context ?? [entry]
            let draft = EventDraft(
                .entry(entry), context: context, set: try set(device, transaction),
                author: author)
            try record(in: device.diary, transaction) { commit, generator in
                _ = try commit.write(draft, using: &generator)
            }
        }
    }

    /// After a restore: gives to devices again.
    public func confirmDevices(by login: String) throws {
        try database.write { transaction in
            try member(login, may: .governDevice, in: transaction)
            try transaction.setSetting(Self.unconfirmedSetting, nil, in: nil)
            try ClinicRecords(transaction).audit(
                AuditRecord(ms: now, staff: login, act: "confirm"))
        }
    }

    private func member(
        _ login: String, may act: Act, orGovernIn transaction: DiaryTransaction
    ) throws {
        let role = try ClinicRecords(transaction).staff(login: login)?.role
        if role != .administrator { try member(login, may: act, in: transaction) }
    }
}
