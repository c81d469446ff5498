import SyncCore

/// A clinic and a phone that it trusts, each with its log and introduction.
struct Household {
    var clinic: Pen
    var phone: Pen
    let clinicFirst: EventLine
    let phoneFirst: EventLine
    /// The clinic's word that begins everything: `trusted` is `all`.
    let welcome: EventLine

    init() throws {
        clinic = Pen(seed: 101)
        phone = Pen(seed: 102)
        clinicFirst = try clinic.introduce(set: ["label": "clinic"])
        phoneFirst = try phone.introduce()
        welcome = try clinic.amend(
            phoneFirst, seeing: [phoneFirst],
            set: ["access": "open", "role": "patient", "trusted": "all"])
    }

    /// A store that has pinned the clinic and holds its word on the phone.
    func store() throws -> MemoryEventStore {
        var store = MemoryEventStore(diary: .test, pinnedClinic: clinic.key.publicKey)
        try store.add(phone, phoneFirst)
        try store.add(clinic, clinicFirst, welcome)
        return store
    }

    /// The clinic's order to erase this event.
    mutating func order(_ line: EventLine, at position: Position? = nil) throws -> EventLine {
        let signature = clinic.key.sign(.erasure(clinic.diary, line.id))
        return try clinic.begin(
            "erasure",
            set: [
                "erase": ["events": [(position ?? line.position).json]],
                "signatures": [.string(signature.text)],
            ])
    }
}
