internal import DiaryStore
internal import SyncCore

/// The devices of one diary, within one transaction: those that joined here, then those known by
/// their logs alone, such as one whose row was lost when the clinic was put back.
struct DeviceList {
    private let transaction: DiaryTransaction
    private let records: ClinicRecords
    private let diary: DiaryID
    private let store: SQLiteEventStore
    private let standing: Standing
    private let introductions: [ReplicaID: StoredEvent]
    private let patient: String?

    init(of diary: DiaryID, in transaction: DiaryTransaction) throws {
        self.transaction = transaction
        self.diary = diary
        records = ClinicRecords(transaction)
        store = try transaction.events(in: diary)
        standing = try transaction.standing(in: diary)
        var introductions: [ReplicaID: StoredEvent] = [:]
        for event in try store.events(ofKind: Vocabulary.replicaKind)
        where event.line.envelope.introduction != nil {
            let replica = event.line.envelope.replica
            introductions[replica] = introductions[replica] ?? event
        }
        self.introductions = introductions
        patient = try records.patientNumber(of: diary).flatMap(records.patient(number:))?.reference
    }

    func statuses() throws -> [DeviceStatus] {
        let devices = try records.devices(of: diary)
        let known = Set(devices.map(\.firstReplica))
        let ofClinic = standing.clinicReplicas.union(standing.formerClinicReplicas)
        let others = store.tree.replicas.filter {
            !ofClinic.contains($0) && !known.contains($0) && standing.firstReplicas(of: $0) == [$0]
        }
        return try devices.map { try status(of: $0.firstReplica, $0) }
            + others.map { try status(of: $0, nil) }
    }

    /// What a member of staff decides on.
    ///
    /// - Throws: `ClinicError.unknownDevice` if nothing of its log is held.
    func page(of status: DeviceStatus) throws -> DevicePage {
        guard let entry = introductions[status.firstReplica]?.line.position else {
            throw ClinicError.unknownDevice
        }
        let chain = Set(status.replicas)
        let others = store.tree.tips.filter { !chain.contains($0.replica) }
        let held = try transaction.entries(in: diary, beyond: store.coverage(of: others))
        return DevicePage(
            status: status,
            entriesHeld: held.filter { !$0.isHidden }.count, entry: entry,
            context: try transaction.view(of: entry, in: diary)?.context ?? [entry],
            tips: VectorClock(store.tree.tips.filter { chain.contains($0.replica) }))
    }

    private func status(of first: ReplicaID, _ record: DeviceRecord?) throws -> DeviceStatus {
        let line = introductions[first]?.line
        let view = try line.flatMap { try transaction.view(of: $0.position, in: diary) }
        let replicas = store.tree.replicas.filter {
            standing.firstReplicas(of: $0).contains(first)
        }
        return DeviceStatus(
            diary: diary, patient: patient, firstReplica: first,
            label: view?[Vocabulary.label]?.stringValue ?? record?.label ?? first.text,
            record: record, role: view?[Vocabulary.role]?.stringValue,
            isSpokenOf: view?.fields[Vocabulary.trusted] != nil,
            isClosed: standing.isClosed(first),
            because: Self.values(Vocabulary.because, of: view).compactMap(\.stringValue),
            trusted: Self.trusted(view),
            isBehind: try record?.frontier?.positions.contains { try store.held($0) == nil }
                ?? false,
            copies: try copies(replicas, of: record),
            entriesToReview: try entriesToReview(of: Set(replicas)))
    }

    private static func values(_ field: String, of view: EntryView?) -> [JSONValue] {
        (view?.fields[field]?.candidates ?? []).compactMap(\.value.json)
    }

    private static func trusted(_ view: EntryView?) -> DeviceStatus.Trusted {
        let lists = values(Vocabulary.trusted, of: view).filter { $0 != Vocabulary.trustedAll }
            .map { ($0.arrayValue ?? []).compactMap(Position.init(json:)) }
        if let only = lists.first, lists.count == 1 { return .upTo(only) }
        guard lists.isEmpty else { return .inConflict(lists) }
        return view?.fields[Vocabulary.trusted] == nil ? .upTo([]) : .all
    }

    // MARK: Copies

    private func copies(_ replicas: [ReplicaID], of record: DeviceRecord?) throws -> [DeviceCopy] {
        let brought = try record.map { try records.logsHeard(from: $0.number) } ?? [:]
        let logs = try replicas.map { (replica: $0, arrivals: try arrivals(of: $0)) }
        // A sync may bring lines of two logs at once; then the one whose lines came last is meant.
        let latest = logs.filter { brought[$0.replica] != nil }.max { left, right in
            let (one, other) = (brought[left.replica] ?? 0, brought[right.replica] ?? 0)
            if one != other { return one < other }
            return left.arrivals?.upperBound ?? 0 < right.arrivals?.upperBound ?? 0
        }?.replica
        return logs.map { replica, arrivals in
            let branches = store.tree.branchNumbers(of: replica)
            let envelope = introductions[replica]?.line.envelope
            return DeviceCopy(
                replica: replica, continues: envelope?.introduction?.continues?.position.replica,
                began: envelope?.at, arrivals: arrivals,
                heardMs: replica == (latest ?? replicas.first)
                    ? record?.heardMs : brought[replica],
                eventsToReview: branches.reduce(0) { $0 + eventsToReview(onBranch: $1) },
                isForked: branches.count > 1)
        }
    }

    /// A line is taken only after the one before it, so the last one of each branch is its tip.
    private func arrivals(of replica: ReplicaID) throws -> ClosedRange<Int>? {
        guard let first = introductions[replica]?.held.arrival else { return nil }
        let tips = store.tree.branchNumbers(of: replica).map { store.tree.branches[$0].tip }
        let last = try tips.compactMap { try store.held($0)?.arrival }.max() ?? first
        return first...max(first, last)
    }

    private func eventsToReview(onBranch number: Int) -> Int {
        let branch = store.tree.branches[number]
        // What counts is a lower part of a branch: find where it ends.
        var low = branch.forkSeq
        var high = branch.tip.seq
        while low < high {
            let middle = (low + high + 1) / 2
            if standing.counts(LogPlace(branch: number, seq: middle)) {
                low = middle
            } else {
                high = middle - 1
            }
        }
        return branch.tip.seq - low
    }

    private func entriesToReview(of replicas: Set<ReplicaID>) throws -> Int {
        try transaction.entriesToReview(in: diary).filter { summary in
            guard !summary.isHidden else { return false }
            let waiting = try transaction.view(of: summary.position, in: diary)?.toReview ?? []
            return waiting.contains { replicas.contains($0.replica) }
        }.count
    }
}
