internal import DiaryStore
internal import SyncCore

/// Who this device is in a diary: its first replica's introduction, and the chain up to the present one.
struct DeviceIdentity: Sendable {
    let diary: DiaryID
    private let introduction: EventLine
    /// The introductions after the first, in order.
    private let chain: [Envelope.Introduction]
    private let firstKey: SigningKey
    private let present: (replica: ReplicaID, key: SigningKey)
    /// What a clinic once signed for this device in this diary.
    private let member: Signature?

    /// Finds who this device is; begins what is missing: the diary, its log, its introduction.
    init(
        diary: DiaryID?, name: String, label: String, at: Timestamp,
        in transaction: DiaryTransaction
    ) throws {
        let diary = try diary ?? Self.found(name: name, in: transaction)
        try transaction.addDiary(diary, name: name)
        // Also goes on as a new replica, should the store find that it was restored.
        _ = try transaction.record(in: diary, at: at, label: label) { _, _ in }
        let keys = try transaction.ownKeys(in: diary)
        guard let log = try transaction.ownLog(in: diary) else { throw StoreError.unknownDiary }
        let introductions = try transaction.events(in: diary)
            .events(ofKind: Vocabulary.replicaKind).map(\.line)
            .filter { $0.envelope.introduction != nil && keys[$0.envelope.replica] != nil }
        var line = introductions.first { $0.envelope.replica == log.replica }
        var chain: [Envelope.Introduction] = []
        while let introduction = line?.envelope.introduction,
            let continues = introduction.continues
        {
            chain.insert(introduction, at: 0)
            line = introductions.first { $0.envelope.replica == continues.position.replica }
        }
        guard let line, let firstKey = keys[line.envelope.replica] else {
            throw StoreError.unknownDiary
        }
        self.diary = diary
        self.introduction = line
        self.chain = chain
        self.firstKey = firstKey
        present = (log.replica, log.key)
        member = try ClinicLink(of: diary, in: transaction)?.member
    }

    /// Begins a diary of this device's own, or goes on with one that an earlier attempt began.
    private static func found(
        name: String, in transaction: DiaryTransaction
    ) throws -> DiaryID {
        let setting = "enrolment.founded"
        if let begun = try transaction.setting(setting, in: nil)?.stringValue,
            let diary = DiaryID(begun), try transaction.hasDiary(diary),
            try transaction.pinnedClinic(in: diary) == nil
        {
            return diary
        }
        var generator = SystemRandomNumberGenerator()
        let key = SigningKey.random(using: &generator)
        let nonce = Nonce.random(using: &generator)
        let diary = DiaryID(founder: key.publicKey, nonce: nonce)
        try transaction.addDiary(diary, name: name)
        try transaction.setOwnLog(OwnLog(diary: diary, key: key, nonce: nonce), in: diary)
        try transaction.setSetting(setting, .string(diary.text), in: nil)
        return diary
    }

    /// Whether the clinic of this key signed that this device joined.
    func isMember(by signature: Signature, of clinic: PublicKey) -> Bool {
        let first = introduction.envelope.replica
        return clinic.verifies(signature, over: .membership(diary, firstReplica: first))
    }

    /// The body of `/v1/enrol/finish`.
    ///
    /// - Parameter further: the diaries that this device would join next with the same code.
    func finish(
        challenge: Challenge, clinic: PublicKey, label: String, further: [DiaryID] = []
    ) -> [UInt8] {
        let text = SignedText.enrolment(
            clinic: clinic, diary: diary, replica: present.replica, challenge: challenge)
        var header: JSONObject = [
            "challenge": .string(challenge.text), "diary": .string(diary.text),
            "enrol": .integer(SyncLimits.version), "label": .string(label),
            "replica": .string(present.replica.text),
            "signature": .string(present.key.sign(text).text),
        ]
        if let member { header["member"] = .string(member.text) }
        if !further.isEmpty { header["further"] = .array(further.map { .string($0.text) }) }
        if !chain.isEmpty { header["chain"] = .array(chain.compactMap(Self.link)) }
        let position = introduction.position
        let head = Head(position: position, signature: firstKey.sign(.head(diary, position)))
        let lines = [
            JSONValue.object(header).canonicalBytes, introduction.bytes, Section.headsLine([head]),
        ]
        return lines.flatMap { $0 + [UInt8(ascii: "\n")] }
    }

    private static func link(_ introduction: Envelope.Introduction) -> JSONValue? {
        guard let continues = introduction.continues else { return nil }
        return [
            "continues": continues.json, "key": .string(introduction.key.text),
            "nonce": .string(introduction.nonce.text),
        ]
    }
}
