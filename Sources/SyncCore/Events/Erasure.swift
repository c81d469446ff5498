/// The orders to erase bodies that a store has to obey.
///
/// An order is an event of an entry of kind `erasure` that sets both `erase` and `signatures`. It is in
/// force for an event that its `erase` lists, where its `signatures` has at the same index the pinned
/// clinic's signature for that event. The signature alone decides: who wrote the order, whether that
/// log is trusted, and what was replaced since make no difference, so what is in force depends on the
/// events and the pin and can only grow. One event has both lists, so each pair is looked at once and
/// no writer can make a store check every list of theirs against every other. No order reaches the
/// clinic's word on a device or another order.
public enum ErasureOrders {
    /// The signatures in force, by the position whose body they replace.
    public static func inForce(in events: some HeldEvents) throws -> [Position: Signature] {
        guard events.pinnedClinic != nil else { return [:] }
        return inForce(among: try events.events(ofKind: Vocabulary.erasureKind), in: events)
    }

    /// The signatures that these events of entries of kind `erasure` put in force.
    static func inForce(
        among said: [StoredEvent], in events: some HeldEvents
    ) -> [Position: Signature] {
        guard let clinic = events.pinnedClinic else { return [:] }
        var orders: [Position: Signature] = [:]
        for set in said.compactMap({ $0.line.body?.set }) {
            let named = set[Vocabulary.erase]?[Vocabulary.events]?.arrayValue ?? []
            let signatures = set[Vocabulary.signatures]?.arrayValue ?? []
            for (event, signature) in zip(named, signatures) {
                guard let event = Position(json: event),
                    let signature = signature.stringValue.flatMap({ Signature($0) })
                else { continue }
                // Of several signatures the first by text, whatever came first.
                if let earlier = orders[event], earlier <= signature { continue }
                if clinic.verifies(signature, over: .erasure(events.diary, event.id)) {
                    orders[event] = signature
                }
            }
        }
        return orders
    }

    /// Whether an order may reach an event that sets these fields of an entry of this kind.
    ///
    /// What the clinic says of devices and what it orders stay readable for ever, so that every store
    /// draws the same from them: nobody stores the erased form of such an event. An introduction
    /// without a word on the device may be erased, and with it the device's name.
    public static func mayErase(fields: [String], kind: String) -> Bool {
        switch kind {
        case Vocabulary.erasureKind: false
        case Vocabulary.replicaKind:
            !fields.contains { FieldAuthority.of(field: $0, kind: kind) == .pinnedClinic }
        default: true
        }
    }
}

extension EventStore {
    /// Puts signatures in place of bodies where new events bring an order into force; looks at those
    /// events alone.
    mutating func obeyOrders(in events: [StoredEvent]) throws {
        guard pinnedClinic != nil else { return }
        let orders = try events.filter { event in
            let fields = event.line.envelope.fields
            return try fields.contains(Vocabulary.erase) && fields.contains(Vocabulary.signatures)
                && kind(ofEntry: event.held.entry) == Vocabulary.erasureKind
        }
        try obey(ErasureOrders.inForce(among: orders, in: self))
    }

    /// Obeys every order in force; once a clinic is pinned, and after a rebuild.
    public mutating func obeyOrders() throws { try obey(ErasureOrders.inForce(in: self)) }

    private mutating func obey(_ orders: [Position: Signature]) throws {
        for (position, signature) in orders.sorted(by: { $0.key < $1.key }) {
            guard try erasureOrdered(of: position) == nil, try mayBeErased(position) else {
                continue
            }
            try order(erasureOf: position, signature)
            guard let held = try held(position), !held.isErased else { continue }
            let stored = try self.events(ofEntry: held.entry).first { $0.held.place == held.place }
            if let line = stored?.line {
                try erase(StoredEvent(line: line.erased(by: signature), held: held))
            }
        }
    }

    private func mayBeErased(_ position: Position) throws -> Bool {
        guard let held = try held(position) else { return true }
        let events = try events(ofEntry: held.entry)
        guard let event = events.first(where: { $0.held.place == held.place }) else { return true }
        return ErasureOrders.mayErase(
            fields: event.line.envelope.fields, kind: try kind(ofEntry: held.entry) ?? "")
    }
}
