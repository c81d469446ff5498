import SyncCore

/// A device and a clinic that sync in memory, message by message through their bytes.
struct Conversation {
    var device: MemoryEventStore
    var clinic: MemoryEventStore
    var known: VectorClock?
    let keys: [ReplicaID: SigningKey]
    let clinicKey: SigningKey
    let first: ReplicaID
    var page = PageLimit.http
    var isUnconfirmed = false

    /// The length of the last request and answer.
    private(set) var lengths: (request: Int, answer: Int) = (0, 0)
    private(set) var rounds = 0

    init(_ home: Household) throws {
        device = MemoryEventStore(diary: .test, pinnedClinic: home.clinic.key.publicKey)
        try device.add(home.phone, home.phoneFirst)
        clinic = try home.store()
        keys = [home.phone.replica: home.phone.key]
        clinicKey = home.clinic.key
        first = home.phone.replica
    }

    func initiator() -> SyncInitiator {
        SyncInitiator(known: known, keys: keys, clinic: clinicKey.publicKey, page: page)
    }

    mutating func answer(_ request: SyncRequest) throws -> SyncAnswer {
        let sent = request.bytes
        let responder = SyncResponder(
            page: page, receiptKey: clinicKey, unconfirmed: isUnconfirmed)
        let answer = try responder.answer(
            SyncRequest(sent), from: first, at: 1_774_775_645_000, in: &clinic)
        lengths = (sent.count, answer.bytes.count)
        return try SyncAnswer(answer.bytes)
    }

    /// One whole sync; `meddle` may change each answer on its way.
    mutating func sync(
        _ meddle: (inout SyncAnswer, SyncRequest) throws -> Void = { _, _ in }
    ) throws -> (ending: SyncInitiator.Ending, report: SyncReport) {
        var initiator = initiator()
        rounds = 0
        while true {
            let request = try initiator.nextRequest(from: device)
            var answer = try answer(request)
            try meddle(&answer, request)
            rounds += 1
            if rounds > 50 { throw EndlessSync() }
            defer { known = initiator.known }
            if case .finished(let ending) = try initiator.answered(answer, in: &device) {
                return (ending, initiator.report)
            }
        }
    }

    struct EndlessSync: Error {}
}
