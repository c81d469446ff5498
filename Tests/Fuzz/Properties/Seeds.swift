import SyncCore

extension FuzzTarget {
    /// Sound inputs of the small diary, for a fuzzer to begin with.
    public func seeds() throws -> [[UInt8]] {
        let small = try SmallDiary.made.get()
        let whole = SyncRequest(
            diary: small.id, frontier: small.store.frontier, sections: small.sections)
        switch self {
        case .line: return small.lines.map(\.bytes)
        case .request, .bundle: return [whole.bytes]
        case .answer:
            var store = MemoryEventStore(
                diary: small.id, pinnedClinic: small.clinic.key.publicKey)
            let responder = SyncResponder(receiptKey: small.clinic.key)
            let first = try responder.answer(
                whole, from: small.phone.replica, at: 1, in: &store)
            let asked = SyncRequest(diary: small.id, frontier: VectorClock(), sections: [])
            let second = try responder.answer(
                asked, from: small.phone.replica, at: 2, in: &store)
            return [first.bytes, second.bytes]
        case .json, .foundation, .lot, .time: return []
        }
    }
}
