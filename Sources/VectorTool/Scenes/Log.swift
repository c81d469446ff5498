import SyncCore

/// One writer of a scene: a key, a nonce, and how far it has written.
final class Log {
    let key: SigningKey
    let nonce: Nonce
    let replica: ReplicaID
    let continues: Continuation?
    var tip: Position?

    init(diary: DiaryID, key: SigningKey, nonce: Nonce, continuing old: Log? = nil) {
        self.key = key
        self.nonce = nonce
        let replica = ReplicaID(diary: diary, key: key.publicKey, nonce: nonce)
        self.replica = replica
        continues = old?.tip.flatMap { tip in
            old.map {
                Continuation(
                    position: tip,
                    signature: $0.key.sign(.continuation(diary, from: tip, to: replica)))
            }
        }
    }

    private init(copying log: Log, at tip: Position?) {
        key = log.key
        nonce = log.nonce
        replica = log.replica
        continues = log.continues
        self.tip = tip
    }

    /// The same log as a restored or copied disk has it: writing goes on from an earlier event.
    func copy(at tip: Position?) -> Log { Log(copying: self, at: tip) }
}
