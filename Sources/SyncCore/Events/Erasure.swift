/// The orders to erase bodies that a store has to obey.
///
/// An order is an entry of kind `erasure`; only the clinic's logs count for it. It is in force for an
/// event that an `erase` lists, where a `signatures` of the same entry has at the same index the
/// clinic's signature for that event: the signature decides, the rest is for people to read. What was
/// ordered once stays ordered, whatever the entry says later: a store that learns of both at once has
/// to end like one that obeyed in between. No order reaches the clinic's word on a device or another
/// order.
public enum ErasureOrders {
    /// The signatures in force, by the event whose body they replace.
    public static func inForce(
        in events: some HeldEvents, standing: Standing
    ) throws -> [Position: Signature] {
        guard let clinic = events.pinnedClinic else { return [:] }
        let counting = try events.events(ofKind: Vocabulary.erasureKind).filter {
            standing.counts($0.held.place)
        }
        var orders: [Position: Signature] = [:]
        for said in Dictionary(grouping: counting, by: \.held.entry).values {
            guard let beginner = said.first?.line.envelope.replica else { continue }
            let signatures = values(
                of: Vocabulary.signatures, in: said, begunBy: beginner, standing)
            for erase in values(of: Vocabulary.erase, in: said, begunBy: beginner, standing) {
                let named = erase[Vocabulary.events]?.arrayValue ?? []
                for list in signatures {
                    for (event, signature) in zip(named, list.arrayValue ?? []) {
                        guard let event = Position(json: event),
                            let signature = signature.stringValue.flatMap({ Signature($0) }),
                            clinic.verifies(
                                signature, over: .erasure(events.diary, event.id))
                        else { continue }
                        orders[event] = signature
                    }
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

    /// What these events of one entry say in a field, as far as it counts; replaced values, too.
    private static func values(
        of field: String, in said: [StoredEvent], begunBy beginner: ReplicaID, _ standing: Standing
    ) -> [JSONValue] {
        said.filter {
            standing.counts(
                field: field, kind: Vocabulary.erasureKind, from: $0.line.envelope.replica,
                begunBy: beginner)
        }.compactMap { $0.line.body?.set[field] }
    }
}

extension EventStore {
    /// Puts signatures in place of bodies where new events bring an order into force.
    mutating func obeyOrders(in events: [StoredEvent]) throws {
        let telling = events.contains { event in
            event.line.envelope.introduction != nil
                || event.line.envelope.fields.contains {
                    $0 == Vocabulary.erase || $0 == Vocabulary.signatures
                        || $0 == Vocabulary.trusted
                }
        }
        guard telling, pinnedClinic != nil else { return }
        try obeyOrders()
    }

    /// Obeys every order in force; once a clinic is pinned, and after a rebuild.
    public mutating func obeyOrders() throws {
        let orders = try ErasureOrders.inForce(in: self, standing: Standing(of: self))
        for (position, signature) in orders.sorted(by: { $0.key < $1.key }) {
            guard try erasureOrdered(of: position.id) == nil, try mayBeErased(position) else {
                continue
            }
            try order(erasureOf: position.id, signature)
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
