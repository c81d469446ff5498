import SyncCore

/// A clinic, two phones and a stranger, and what they wrote before the fuzzer comes.
struct SmallDiary: Sendable {
    let id: DiaryID
    var clinic: Scribe
    var phone: Scribe
    var tablet: Scribe
    /// Enrolled by nobody.
    var stranger: Scribe
    private(set) var store: MemoryEventStore
    private(set) var lines: [EventLine] = []
    private(set) var sections: [Section] = []

    /// Made once; every run begins from a copy.
    static let made = Result { try SmallDiary() }

    private init() throws {
        guard let founder = SigningKey(seed: [UInt8](repeating: 1, count: 32)),
            let nonce = Nonce(octets: [UInt8](repeating: 1, count: 16))
        else { throw Broken("32 octets seed no key") }
        id = DiaryID(founder: founder.publicKey, nonce: nonce)
        guard let clinic = Scribe(id, number: 2), let phone = Scribe(id, number: 3),
            let tablet = Scribe(id, number: 4), let stranger = Scribe(id, number: 5)
        else { throw Broken("a scribe has no key") }
        (self.clinic, self.phone, self.tablet, self.stranger) = (clinic, phone, tablet, stranger)
        store = MemoryEventStore(diary: id, pinnedClinic: clinic.key.publicKey)
        try fill()
    }

    private mutating func fill() throws {
        let phoneFirst = try phone.introduce("phone")
        try add(phone.section(phoneFirst))
        let clinicFirst = try clinic.introduce("clinic")
        let welcome = try clinic.amend(
            phoneFirst, seeing: [phoneFirst],
            ["access": "open", "role": "patient", "trusted": "all"])
        try add(clinic.section(clinicFirst, welcome))
        let tabletFirst = try tablet.introduce("tablet")
        try add(tablet.section(tabletFirst))
        let infusion = try phone.begin(
            "infusion",
            [
                "status": "active", "route": "sc",
                "vials.1": ["count": 8, "lot": "K551A8441", "product": "hizentra"],
            ])
        let note = try phone.begin("note", ["status": "active", "text": "caf\u{E9}"])
        try add(phone.section(infusion, note))
        let mended = try tablet.amend(note, seeing: [note], ["text": "cafe\u{301}"])
        try add(tablet.section(mended))
        let trusted = try clinic.amend(
            tabletFirst, seeing: [tabletFirst],
            ["access": "open", "role": "carer", "trusted": [mended.position.json]])
        try add(clinic.section(trusted))
        let voided = try phone.amend(infusion, seeing: [infusion], ["status": "voided"])
        try add(phone.section(voided))
    }

    private mutating func add(_ section: Section) throws {
        let intake = try store.take([section])
        guard intake.taken == 1 else { throw Broken("the small diary is not taken: \(intake)") }
        sections.append(section)
        for bytes in section.lines { lines.append(try EventLine(bytes, diary: id)) }
    }
}
