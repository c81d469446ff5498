internal import SeededRandom
internal import SyncCore

/// What a malicious device makes by hand, since its own store would not write it.
extension DiaryWorld {
    /// Says that it goes on from somebody else's log, whose key it does not have.
    func forgeContinuation(_ device: Machine) throws {
        let logs = hub.store.arrived.filter { $0.replica != device.disk.own.replica }
        guard !logs.isEmpty else { return }
        let old = random.pick(logs)
        let key = SigningKey.random(using: &random)
        let nonce = Nonce.random(using: &random)
        let replica = ReplicaID(diary: diary, key: key.publicKey, nonce: nonce)
        let text = SignedText.continuation(diary, from: old, to: replica)
        let introduction = Envelope.Introduction(
            key: key.publicKey, nonce: nonce,
            continues: Continuation(position: old, signature: device.disk.own.key.sign(text)))
        let envelope = Envelope(
            at: someTime, body: BodyHash.random(using: &random), context: [],
            subject: .begins(kind: Vocabulary.replicaKind), fields: [], prev: nil,
            replica: replica, seq: 1, introduction: introduction)
        let body = Body(salt: Salt.random(using: &random), set: [:])
        let line = try EventLine.write(envelope, body: body, diary: diary)
        let head = Head(
            position: line.position, signature: key.sign(.head(diary, line.position)))
        let answer = try send([Section(lines: [line.bytes], heads: [head])], from: device)
        try check(answer.taken == 0, "a log goes on from one whose key did not sign so")
        count(.forgedContinuation)
    }

    /// Puts a signature of its own in place of somebody's body.
    func forgeErasure(_ device: Machine) throws {
        let whole = hub.store.arrived.filter { !hub.store.erased.contains($0.id) }
        guard !whole.isEmpty, let line = hub.store.lines[random.pick(whole).id] else { return }
        let forged = line.erased(by: device.disk.own.key.sign(.erasure(diary, line.id)))
        let before = hub.store.erased
        let answer = try send([Section(lines: [forged.bytes], heads: [])], from: device)
        try check(answer.taken == 0, "an erasure that the clinic did not sign is taken")
        try check(hub.store.erased == before, "a body gave way to what the clinic did not sign")
        count(.forgedErasure)
    }

    /// Names a line twice in one section: it is one line.
    func repeatLine(_ device: Machine) throws {
        let draft = draft(on: device.store, device.disk.own)
        try writeBeside(draft, [someEntry(), someEntry()], from: device) { sections in
            sections.map { section in
                var section = section
                if let line = section.lines.first { section.lines.append(line) }
                return section
            }
        }
        count(.lineRepeated)
    }
}
