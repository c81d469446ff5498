import SyncCore
import Testing

struct ViewVectorTests {
    @Test(arguments: ["merges", "counts"]) func `entries say what the vectors say`(
        file: String
    ) throws {
        for item in try Repository.cases(file) {
            try check(item, in: item.store(holding: "sections"))
        }
    }

    @Test(arguments: ["merges", "counts"]) func `the order of arrival does not matter`(
        file: String
    ) throws {
        for item in try Repository.cases(file) {
            var store = try item.store(holding: "sections")
            let frontier = store.frontier
            store = MemoryEventStore(diary: store.diary, pinnedClinic: store.pinnedClinic)
            // Last first, again and again: each round takes what has become possible.
            var waiting = try item.sections("sections")
            while !waiting.isEmpty {
                let before = waiting.count
                for section in waiting.reversed() where try store.take([section]).taken == 1 {
                    waiting.removeAll { $0 == section }
                }
                try #require(waiting.count < before)
            }
            #expect(store.frontier == frontier)
            try check(item, in: store)
        }
    }

    @Test func `clocks stand to each other as the vectors say`() throws {
        for item in try Repository.cases("clocks") {
            let store = try item.store(holding: "sections")
            #expect(store.frontier == (try item.clock("frontier")))
            for pair in try item.items("pairs") {
                let (left, right) = (try pair.clock("left"), try pair.clock("right"))
                #expect(try store.order(left, right).rawValue == pair.text("order"))
                #expect(try store.merging(left, right) == pair.clock("merged"))
            }
        }
    }

    private func check(_ item: JSONValue, in store: MemoryEventStore) throws {
        let name = try item.text("name")
        let standing = try Standing(of: store)
        for wanted in try item.items("entries") {
            let entry = try #require(try store.held(try wanted.position("entry")))
            let view = try #require(
                try EntryView(
                    of: store.events(ofEntry: entry.entry), in: store, standing: standing))
            #expect(Self.said(by: view) == wanted, "\(name)")
        }
        for device in item["devices"]?.arrayValue ?? [] {
            let replica: ReplicaID = try device.id("replica")
            let trust = standing.trust(of: replica)
            let found = trust.isAll ? "all" : trust == .none ? "none" : "some"
            #expect(found == (try device.text("trusted")), "\(name)")
            #expect(standing.isClosed(replica) == device["closed"]?.boolValue, "\(name)")
        }
    }

    private static func said(by view: EntryView) -> JSONValue {
        func ids(_ positions: [Position]) -> JSONValue {
            .array(positions.map(\.id).sorted().map { .string($0.text) })
        }
        let fields = view.fields.mapValues { register in
            JSONValue.array(
                register.candidates.map { candidate in
                    var object: JSONObject = ["event": .string(candidate.event.id.text)]
                    object["value"] = candidate.value.json
                    if candidate.value == .erased { object["erased"] = true }
                    return .object(object)
                })
        }
        let status =
            switch view.status {
            case .active: "active"
            case .voided: "voided"
            case .inQuestion: "in-question"
            case .none: "none"
            }
        return [
            "conflicts": .array(view.conflicts.map { .string($0) }),
            "context": VectorClock(view.context).json,
            "entry": view.entry.json,
            "fields": .object(JSONObject(fields.map { ($0.key, $0.value) })),
            "kind": .string(view.kind),
            "questions": .array(
                view.voidQuestions.map {
                    ["unseen": ids($0.unseen), "void": .string($0.void.id.text)]
                }),
            "review": ids(view.toReview),
            "status": .string(status),
        ]
    }
}
