internal import DiaryStore
internal import SyncCore

/// Joins devices to patients' diaries: what `/v1/enrol/start` and `/v1/enrol/finish` do in the store.
///
/// A code is found by its name and proved by its secret, gives any number of challenges, and is used
/// up by the one `finish` that succeeds, in the transaction that also takes the introduction, writes
/// the clinic's word on the device and keeps the token. So of fifty devices that race with one code
/// exactly one gets in. That one may have further diaries to join, the patient's here or its own: the
/// answer holds a challenge for each, good for that diary alone.
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

    /// What a device that was taken in is answered with.
    struct Success: Sendable {
        let token: AccessToken
        /// The clinic's signature that this device joined this diary here.
        let member: Signature
        /// The diaries it may join next, each with its challenge.
        var further: [(diary: DiaryID, challenge: Challenge)] = []
    }

    /// Takes a device in.
    func finish(
        _ finish: EnrolmentFinish, in transaction: DiaryTransaction
    ) throws -> Success {
        let records = ClinicRecords(transaction)
        let now = clinic.now
        guard let (code, further) = try records.code(of: finish.challenge, at: now),
            further == nil || further == finish.diary
        else { throw ProblemAnswer(.wrongChallenge) }
        guard further != nil || code.isUsable(at: now) else { throw ProblemAnswer(.wrongCode) }
        try settleDiary(of: finish, patient: code.patient, in: transaction)
        var store = try transaction.events(in: finish.diary)
        guard try store.take([finish.section]).taken == 1 else { throw ProblemAnswer(.malformed) }
        let word = try writeWord(on: finish, role: code.role, in: transaction)
        let token = AccessToken()
        let device = try records.setDevice(
            token: token, diary: finish.diary,
            firstReplica: finish.introduction.envelope.replica, label: finish.label, at: now)
        try records.audit(
            AuditRecord(
                ms: now, device: device, act: "enrol", diary: finish.diary, entry: word,
                detail: code.role))
        let member = clinic.key.sign(finish.membership)
        guard further == nil else {
            try records.consume(finish.challenge)
            return Success(token: token, member: member)
        }
        try records.consume(code: code.number, at: now)
        return Success(
            token: token, member: member,
            further: try openFurther(beside: finish, of: code, in: records))
    }

    /// Gives a challenge for each diary of the patient, and each asked for, but the one just joined.
    private func openFurther(
        beside finish: EnrolmentFinish, of code: CodeRecord, in records: ClinicRecords
    ) throws -> [(diary: DiaryID, challenge: Challenge)] {
        let now = clinic.now
        var generator = SystemRandomNumberGenerator()
        var given: [(diary: DiaryID, challenge: Challenge)] = []
        for diary in try records.diaries(of: code.patient).map(\.diary) + finish.further
        where diary != finish.diary && !given.contains(where: { $0.diary == diary }) {
            guard given.count < EnrolmentFinish.furtherLimit else { break }
            let challenge = Challenge.random(using: &generator)
            try records.add(
                challenge, code: code.number, for: diary,
                expiresMs: now + Self.challengeLifetimeMs, now: now)
            given.append((diary, challenge))
        }
        return given
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
        // Unknown here: its founder may bring it, and who joined it here before this disk was lost.
        guard
            finish.diary == DiaryID(founder: finish.firstKey, nonce: finish.firstNonce)
                || finish.member.map({ clinic.key.publicKey.verifies($0, over: finish.membership) })
                    == true
        else { throw ProblemAnswer(.notFound) }
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
