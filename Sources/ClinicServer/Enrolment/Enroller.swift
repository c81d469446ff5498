internal import DiaryStore
internal import SyncCore

/// Joins devices to patients' diaries: what `/v1/enrol/start` and `/v1/enrol/finish` do in the store.
///
/// A code is found by its name and proved by its secret, gives any number of challenges, and is used
/// up by the one `finish` that succeeds, in the transaction that also takes the introduction, writes
/// the clinic's word on the device and keeps the token. So of fifty devices that race with one code
/// exactly one gets in.
struct Enroller: Sendable {
    let clinic: Clinic

    static let challengeLifetimeMs: Int64 = 10 * 60 * 1000

    /// What a right code is answered with.
    struct Start: Sendable {
        let challenge: Challenge
        let diary: DiaryID?
    }

    /// Gives a challenge for a code whose secret was found right.
    func start(_ code: CodeRecord, in transaction: DiaryTransaction) throws -> Start {
        let records = ClinicRecords(transaction)
        let now = clinic.now
        guard let code = try records.code(number: code.number), code.isUsable(at: now) else {
            throw ProblemAnswer(.wrongCode)
        }
        var generator = SystemRandomNumberGenerator()
        let challenge = Challenge.random(using: &generator)
        try records.add(
            challenge, code: code.number, expiresMs: now + Self.challengeLifetimeMs, now: now)
        return Start(
            challenge: challenge, diary: try records.diaries(of: code.patient).first?.diary)
    }

    /// Takes a device in.
    func finish(
        _ finish: EnrolmentFinish, in transaction: DiaryTransaction
    ) throws -> AccessToken {
        let records = ClinicRecords(transaction)
        let now = clinic.now
        guard let code = try records.code(of: finish.challenge, at: now) else {
            throw ProblemAnswer(.wrongChallenge)
        }
        guard code.isUsable(at: now) else { throw ProblemAnswer(.wrongCode) }
        try settleDiary(of: finish, patient: code.patient, in: transaction)
        var store = try transaction.events(in: finish.diary)
        guard try store.take([finish.section]).taken == 1 else { throw ProblemAnswer(.malformed) }
        let word = try writeWord(on: finish, role: code.role, in: transaction)
        let token = AccessToken()
        let device = try records.setDevice(
            token: token, diary: finish.diary,
            firstReplica: finish.introduction.envelope.replica, label: finish.label, at: now)
        try records.consume(code: code.number, at: now)
        try records.audit(
            AuditRecord(
                ms: now, device: device, act: "enrol", diary: finish.diary, entry: word,
                detail: code.role))
        return token
    }

    /// Makes sure that the diary is this patient's, or becomes it.
    private func settleDiary(
        of finish: EnrolmentFinish, patient: Int, in transaction: DiaryTransaction
    ) throws {
        let records = ClinicRecords(transaction)
        if let owner = try records.patientNumber(of: finish.diary) {
            guard owner == patient else { throw ProblemAnswer(.diaryTaken) }
            return
        }
        guard finish.diary == DiaryID(founder: finish.firstKey, nonce: finish.firstNonce) else {
            throw ProblemAnswer(.notFound)
        }
        try transaction.addDiary(finish.diary, name: "")
        try transaction.pin(clinic.key.publicKey, in: finish.diary)
        try records.attach(finish.diary, to: patient)
    }

    /// The clinic's word on the device, through the clinic's own log.
    private func writeWord(
        on finish: EnrolmentFinish, role: String, in transaction: DiaryTransaction
    ) throws -> EntryID {
        let entry = finish.introduction.position
        let context = try transaction.view(of: entry, in: finish.diary)?.context ?? [entry]
        let draft = EventDraft(
            .entry(entry), context: context,
            set: [
                Vocabulary.role: .string(role), Vocabulary.trusted: Vocabulary.trustedAll,
                Vocabulary.access: Vocabulary.open,
            ])
        try clinic.record(in: finish.diary, transaction) { commit, generator in
            try commit.write(draft, using: &generator)
        }
        return entry.id
    }
}
