internal import ClinicServer
internal import DiaryModel
internal import DiaryStore
internal import SyncCore

/// What the clinic writes in its own log: acts of staff, and its word on devices.
extension PatientRun {
    /// One commit of the clinic's log; of no acts, its introduction alone.
    mutating func commit(_ acts: [PlannedAct], at ms: Int64, by login: String?) throws {
        var store = try transaction.events(in: diary)
        let drafts = try acts.map { try draft($0, in: store) }
        let member = StaffPlan.members.first { $0.login == login }
        let known = login.flatMap { staff[$0] }
        var own = own
        let (written, _) = try store.commit(
            to: &own, at: Timestamp(milliseconds: ms, offset: 0),
            introduction: [Vocabulary.label: .string(clinic.name)], newKey: .clinic(clinic.key),
            using: &random
        ) { commit, random in
            var author = known
            if author == nil, let member {
                author = try commit.write(Self.person(member), using: &random).id
            }
            let positions = try drafts.map { draft -> Position? in
                guard var draft = draft?.event else { return nil }
                draft.author = author
                return try commit.write(draft, using: &random)
            }
            return (positions: positions, author: author)
        }
        self.own = own
        if let login, let author = written.author, known == nil {
            staff[login] = author
            try records.setPerson(author, of: login, in: diary)
        }
        note(drafts, written.positions)
        for (act, draft) in zip(acts, drafts) {
            guard let draft else { continue }
            let entry = draft.entry.flatMap { events[$0]?.first?.id }
            try audit(act, of: entry, at: ms, by: login)
        }
    }

    private static func person(_ member: StaffPlan.Member) -> EventDraft {
        .begin(
            Vocabulary.personKind,
            set: [
                "name": .string(member.name), Vocabulary.role: .string(member.role.rawValue),
            ])
    }

    private mutating func audit(
        _ act: PlannedAct, of entry: EntryID?, at ms: Int64, by login: String?
    ) throws {
        let name: String
        switch act.deed {
        case .begin(_, let kind, _): name = "log \(kind.rawValue)"
        case .amend: name = "amend"
        case .link: name = "link"
        case .close(let device, _):
            name = "close"
            devices[device]?.isClosed = true
        }
        try records.audit(
            AuditRecord(ms: ms, staff: login, act: name, diary: diary, entry: entry))
    }

    // MARK: Devices

    /// A device introduces itself, and the clinic relies on it.
    mutating func join(_ number: Int, at ms: Int64) throws {
        let planned = plan.devices[number]
        let key = SigningKey.random(using: &random)
        var own = OwnLog(diary: diary, key: key, nonce: Nonce.random(using: &random))
        var store = MemoryEventStore(diary: diary, pinnedClinic: clinic.key.publicKey)
        _ = try store.commit(
            to: &own, at: stamp(ms + planned.skewMs),
            introduction: [Vocabulary.label: .string(planned.label)], using: &random
        ) { _, _ in }
        guard let introduction = own.tip else { throw CohortFault.notTaken }
        var held = try transaction.events(in: diary)
        let sections = try store.offer(beyond: Coverage(), page: .http).sections
        guard try held.take(sections).taken == sections.count else { throw CohortFault.notTaken }
        let word = EventDraft(
            .entry(introduction), context: [introduction],
            set: [
                Vocabulary.access: Vocabulary.open, Vocabulary.trusted: Vocabulary.trustedAll,
                Vocabulary.role: .string(planned.role.rawValue),
            ])
        var clinics = self.own
        _ = try held.commit(
            to: &clinics, at: Timestamp(milliseconds: ms, offset: 0),
            newKey: .clinic(clinic.key), using: &random
        ) { commit, random in try commit.write(word, using: &random) }
        self.own = clinics
        let row = try records.addDevice(
            of: diary, firstReplica: own.replica, label: planned.label, at: ms)
        try records.audit(
            AuditRecord(
                ms: ms, device: row, act: "enrol", diary: diary, entry: introduction.id,
                detail: planned.role.rawValue))
        devices[number] = DeviceStand(store: store, own: own, row: row, first: own.replica)
    }

    /// What the clinic says of a device that it closes: nothing more is given, what is held counts.
    func closing(
        of number: Int, because reason: String, in store: some HeldEvents
    ) throws -> EventDraft? {
        guard let device = devices[number],
            let place = store.tree.branchNumbers(of: device.first).first
        else { return nil }
        let tip = store.tree.branches[place].tip
        guard let introduction = try introduction(of: device.first, in: store) else { return nil }
        return EventDraft(
            .entry(introduction), context: try context(of: introduction, in: store),
            set: [
                Vocabulary.access: Vocabulary.closed, Vocabulary.because: .string(reason),
                Vocabulary.trusted: .array([tip.json]),
            ])
    }

    private func introduction(
        of replica: ReplicaID, in store: some HeldEvents
    ) throws -> Position? {
        try store.events(ofKind: Vocabulary.replicaKind).first {
            $0.line.envelope.replica == replica && $0.line.envelope.introduction != nil
        }?.line.position
    }

    /// A device's time, with the offset of home.
    func stamp(_ ms: Int64) -> Timestamp {
        Timestamp(milliseconds: ms, offset: cohort.days.home.offsetMinutes(atMs: ms))
    }
}

/// A fault of this maker of cohorts.
enum CohortFault: Error {
    /// The clinic did not take what a device brought.
    case notTaken
}
