import SyncCore
import Testing

@Suite struct `What an entry says` {
    @Test(arguments: FieldStories.fields + FieldStories.voids)
    func `In every causal order an entry shows what its people said`(story: Story) throws {
        let told = try Told(story)
        let first = try #require(told.lines["e"])
        var views: [EntryView] = []
        for order in told.causalOrders(limit: 40) {
            var store = MemoryEventStore()
            for part in order { try store.add(part.section) }
            views.append(try #require(try store.view(first)))
        }
        let view = try #require(views.first)
        #expect(views.allSatisfy { $0 == view })

        let shown = view.fields.mapValues { register in
            register.candidates.compactMap { told.names[$0.event.id] }.sorted()
        }
        #expect(shown == story.shows)
        #expect(view.status == story.status)
        #expect(view.conflicts == story.conflicts)
        let questions = view.voidQuestions.map { question in
            (
                told.names[question.void.id] ?? "",
                question.unseen.compactMap { told.names[$0.id] }.sorted()
            )
        }
        #expect(Dictionary(uniqueKeysWithValues: questions) == story.questions)
        #expect(view.toReview.isEmpty)
        #expect(view.eventCount == story.said.count)
    }

    @Test func `Deciding about two entries from either side meets in one field`() throws {
        var a = Pen(seed: 1)
        var b = Pen(seed: 2)
        var store = MemoryEventStore()
        let one = (try a.introduce(), try a.begin(set: ["status": "active"]))
        let two = (try b.introduce(), try b.begin(set: ["status": "active"]))
        try store.add(a, one.0, one.1)
        try store.add(b, two.0, two.1)
        let fromOne = Vocabulary.link(one.1.id, two.1.id)
        let fromTwo = Vocabulary.link(two.1.id, one.1.id)
        #expect(fromOne == fromTwo)
        #expect(fromOne.entry == min(one.1.id, two.1.id))
        #expect(fromOne.field == "link." + max(one.1.id, two.1.id).text)
        let entry = fromOne.entry == one.1.id ? one.1 : two.1
        try store.add(a, a.amend(entry, seeing: [entry], set: [fromOne.field: "one"]))
        try store.add(b, b.amend(entry, seeing: [entry], set: [fromTwo.field: "two"]))
        let view = try #require(try store.view(entry))
        #expect(view.conflicts == [fromOne.field])
        #expect(view.fields[fromOne.field]?.candidates.count == 2)
    }

    @Test func `A lone erased value is settled, beside another it is a conflict`() throws {
        var home = try Household()
        let begun = try home.phone.begin(set: ["note": "a name", "status": "active"])
        var store = try home.store()
        try store.add(home.phone, begun)
        try store.add(home.clinic, home.order(begun))
        let alone = try #require(try store.view(begun))
        #expect(alone.fields["note"]?.settled == .erased)
        #expect(alone.conflicts.isEmpty)
        #expect(alone["note"] == nil)
        #expect(alone.status == .voided)
        // It still supersedes and is superseded: only its words are gone.
        try store.add(home.phone, home.phone.amend(begun, set: ["note": "b"]))
        #expect(try store.view(begun)?.conflicts == ["note"])
        let both = try #require(try store.view(begun)).context
        try store.add(
            home.phone, home.phone.write(.entry(begun.position), context: both, set: ["note": "c"]))
        #expect(try store.view(begun)?["note"] == "c")
    }

    @Test func `Two erased values beside each other are a conflict`() throws {
        var home = try Household()
        let begun = try home.phone.begin(set: ["status": "active"])
        let a = try home.phone.amend(begun, seeing: [begun], set: ["note": "a"])
        let b = try home.phone.amend(begun, seeing: [begun], set: ["note": "a"])
        var store = try home.store()
        try store.add(home.phone, begun, a, b)
        #expect(try store.view(begun)?.conflicts == [])
        try store.add(home.clinic, home.order(a), home.order(b))
        #expect(try store.view(begun)?.conflicts == ["note"])
    }

    @Test func `The context of a page is the last counting event of each branch`() throws {
        var home = try Household()
        let begun = try home.phone.begin(set: ["note": "a"])
        var copy = home.phone.fork(seed: 77)
        let here = try home.phone.amend(begun, seeing: [begun], set: ["note": "b"])
        let there = try copy.amend(begun, seeing: [begun], set: ["note": "c"])
        let clinics = try home.clinic.amend(begun, seeing: [begun], set: ["note": "d"])
        var stranger = Pen(seed: 5)
        let uninvited = (try stranger.introduce(), try stranger.amend(begun, set: ["note": "e"]))
        var store = try home.store()
        try store.add(home.phone, begun, here)
        try store.add(copy, there)
        try store.add(home.clinic, clinics)
        try store.add(stranger, uninvited.0, uninvited.1)
        let view = try #require(try store.view(begun))
        #expect(view.context == [here, there, clinics].map(\.position).sorted())
        #expect(view.toReview == [uninvited.1.position])
    }
}
