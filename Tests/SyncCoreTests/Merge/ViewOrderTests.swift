import SyncCore
import Testing

@Suite struct `Views and the order of arrival` {
    @Test func `What waits for review is listed alike whatever came first`() throws {
        var home = try Household()
        let begun = try home.phone.begin(set: ["note": "a"])
        var strangers = try (1...3).map { seed in
            var pen = Pen(seed: UInt64(seed))
            let first = try pen.introduce()
            return (pen, first, try pen.amend(begun, seeing: [begun], set: ["note": "b"]))
        }
        var views: [EntryView] = []
        for _ in 0..<2 {
            var store = try home.store()
            try store.add(home.phone, begun)
            for (pen, first, line) in strangers { try store.add(pen, first, line) }
            views.append(try #require(try store.view(begun)))
            strangers.reverse()
        }
        #expect(views[0].toReview.count == 3)
        #expect(views[0] == views[1])
    }
}
