import SyncCore
import Testing

@Suite struct `Orders to erase` {
    @Test func `An order puts the signature in place of the body, held or yet to come`() throws {
        var home = try Household()
        let note = try home.phone.begin(set: ["note": "a name"])
        let order = try home.order(note)

        var before = try home.store()
        try before.add(home.phone, note)
        try before.add(home.clinic, order)
        var after = try home.store()
        try after.add(home.clinic, order)
        try after.add(home.phone, note)

        for store in [before, after] {
            let held = try #require(try store.held(note.position))
            #expect(held.isErased)
            let line = try #require(try store.events(ofEntry: held.entry).first?.line)
            #expect(line == home.clinic.erase(note))
            #expect(line.id == note.id)
            let view = try #require(try store.view(note))
            #expect(view.fields["note"]?.candidates.map(\.value) == [.erased])
            #expect(view["note"] == nil)
        }
        #expect(try before.view(note) == after.view(note))
        // Its body is never taken again.
        try after.add(home.phone, note)
        #expect(try after.held(note.position)?.isErased == true)
    }

    @Test func `An order that was amended later is obeyed by who learns of both at once`() throws {
        var home = try Household()
        let note = try home.phone.begin(set: ["note": "a name"])
        let order = try home.order(note)
        let amended = try home.clinic.amend(
            order, seeing: [order], set: ["erase": ["events": []], "signatures": []])

        var apart = try home.store()
        try apart.add(home.phone, note)
        try apart.add(home.clinic, order)
        try apart.add(home.clinic, amended)
        var together = try home.store()
        try together.add(home.phone, note)
        try together.add(home.clinic, order, amended)

        #expect(try apart.held(note.position)?.isErased == true)
        #expect(try together.held(note.position)?.isErased == true)
        #expect(apart.frontier == together.frontier)
    }

    @Test func `No order reaches the clinic's word on a device or another order`() throws {
        var home = try Household()
        let note = try home.phone.begin(set: ["note": "a name"])
        let order = try home.order(note)
        let overWord = try home.order(home.welcome)
        let overOrder = try home.order(order)
        let overLabel = try home.order(home.phoneFirst)
        var store = try home.store()
        try store.add(home.phone, note)
        try store.add(home.clinic, order, overWord, overOrder, overLabel)
        #expect(try store.held(home.welcome.position)?.isErased == false)
        #expect(try store.held(order.position)?.isErased == false)
        #expect(try store.held(home.phoneFirst.position)?.isErased == true)
    }

    @Test func `An order without the pinned clinic's signature is not obeyed`() throws {
        var home = try Household()
        let note = try home.phone.begin(set: ["note": "a name"])
        let stranger = Pen(seed: 9)
        let signature = stranger.key.sign(.erasure(.test, note.id))
        let order = try home.clinic.begin(
            "erasure",
            set: [
                "erase": ["events": [note.position.json]],
                "signatures": [.string(signature.text)],
            ])
        var store = try home.store()
        try store.add(home.phone, note)
        try store.add(home.clinic, order)
        #expect(try store.held(note.position)?.isErased == false)
    }

    @Test func `A store that pins its clinic later obeys then`() throws {
        var home = try Household()
        let note = try home.phone.begin(set: ["note": "a name"])
        let order = try home.order(note)
        var store = MemoryEventStore()
        try store.add(home.phone, home.phoneFirst, note)
        try store.add(home.clinic, home.clinicFirst, home.welcome, order)
        #expect(try store.held(note.position)?.isErased == false)
        store.pinnedClinic = home.clinic.key.publicKey
        try store.obeyOrders()
        #expect(try store.held(note.position)?.isErased == true)
    }

    @Test func `The signature decides, whoever hands on the order`() throws {
        var home = try Household()
        var stranger = Pen(seed: 9)
        let note = try home.phone.begin(set: ["note": "a name"])
        let signature = home.clinic.key.sign(.erasure(.test, note.id))
        var store = try home.store()
        try store.add(home.phone, note)
        // A log that nobody trusts.
        try store.add(stranger, stranger.introduce())
        let order = try stranger.begin(
            "erasure",
            set: [
                "erase": ["events": [note.position.json]],
                "signatures": [.string(signature.text)],
            ])
        try store.add(stranger, order)
        #expect(try store.view(order)?.toReview.isEmpty == false)
        #expect(try store.held(note.position)?.isErased == true)
    }

    @Test func `Names in one event and signatures in another are no order`() throws {
        var home = try Household()
        let note = try home.phone.begin(set: ["note": "a name"])
        let signature = home.clinic.key.sign(.erasure(.test, note.id))
        let named: JSONObject = ["erase": ["events": [note.position.json]]]
        let signed: JSONObject = ["signatures": [.string(signature.text)]]
        var store = try home.store()
        try store.add(home.phone, note)
        let order = try home.clinic.begin("erasure", set: named)
        try store.add(home.clinic, order)
        try store.add(home.clinic, home.clinic.amend(order, set: signed))
        #expect(try store.held(note.position)?.isErased == false)
        // Said together, later, they are.
        var both = named
        both["signatures"] = signed["signatures"]
        try store.add(home.clinic, home.clinic.amend(order, set: both))
        #expect(try store.held(note.position)?.isErased == true)
    }

    @Test func `An order at another position names nothing, held or yet to come`() throws {
        var home = try Household()
        let note = try home.phone.begin(set: ["note": "a name"])
        let wrong = [
            Position(replica: home.clinic.replica, seq: note.position.seq, id: note.id),
            Position(replica: note.position.replica, seq: note.position.seq + 1, id: note.id),
        ]
        let orders = try wrong.map { try home.order(note, at: $0) }
        let right = try home.order(note)
        var before = try home.store()
        try before.add(home.phone, note)
        try before.add(home.clinic.section(of: orders))
        var after = try home.store()
        try after.add(home.clinic.section(of: orders))
        try after.add(home.phone, note)
        #expect(try before.held(note.position)?.isErased == false)
        #expect(try after.held(note.position)?.isErased == false)
        try before.add(home.clinic, right)
        try after.add(home.clinic, right)
        #expect(try before.held(note.position)?.isErased == true)
        #expect(try after.held(note.position)?.isErased == true)
    }
}
