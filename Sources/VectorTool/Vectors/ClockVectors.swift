import SyncCore

/// Pairs of clocks over straight and forked logs.
enum ClockVectors {
    static func value() throws -> JSONValue {
        [try straight(), try forked()]
    }

    private static func straight() throws -> JSONValue {
        let scene = try Scene("straight logs")
        let tablet = try scene.log("tablet")
        let p1 = try scene.phone.position()
        let t1 = try tablet.position()
        let p2 = try scene.infusion()
        let t2 = try scene.amend(tablet, p2, seen: [p2], ["place": "home"])
        let p3 = try scene.amend(scene.phone, p2, seen: [p2], ["place": "work"])
        return try vector(
            "straight logs", scene,
            [
                ([], [], "equal", []), ([], [p1], "before", [p1]), ([p1], [p1], "equal", [p1]),
                ([p3], [p1], "after", [p3]), ([p1], [t1], "concurrent", [p1, t1]),
                ([p2, t1], [p1, t2], "concurrent", [p2, t2]),
                ([p3, t2], [p2, t2], "after", [p3, t2]), ([p1, p3], [p3], "equal", [p3]),
                ([p2, t1], [p3, t2], "before", [p3, t2]),
            ])
    }

    private static func forked() throws -> JSONValue {
        let scene = try Scene("forked logs")
        let p1 = try scene.phone.position()
        let p2 = try scene.infusion()
        let copy = scene.phone.copy(at: p2)
        let early = scene.phone.copy(at: p1)
        let a3 = try scene.amend(scene.phone, p2, seen: [p2], ["place": "home"])
        let b3 = try scene.amend(copy, p2, seen: [p2], ["place": "work"])
        let a4 = try scene.amend(scene.phone, p2, seen: [a3], ["place": "away"])
        let b4 = try scene.amend(copy, p2, seen: [b3], ["place": "hotel"])
        let c2 = try scene.begin(early, "note", ["status": "active"])
        return try vector(
            "forked logs", scene,
            [
                ([a3], [b3], "concurrent", [a3, b3]), ([p2], [b3], "before", [b3]),
                ([a4], [b3], "concurrent", [a4, b3]), ([a4, b3], [a3], "after", [a4, b3]),
                ([a3, b3], [a4, b4], "before", [a4, b4]), ([a3, p2], [a3], "equal", [a3]),
                ([c2], [p2], "concurrent", [c2, p2]), ([c2], [p1], "after", [c2]),
                ([a4, b4], [c2], "concurrent", [a4, b4, c2]),
                ([a4, b3, c2], [b4], "concurrent", [a4, b4, c2]),
            ])
    }

    private static func vector(
        _ name: String, _ scene: Scene,
        _ pairs: [([Position], [Position], String, [Position])]
    ) throws -> JSONValue {
        let store = try scene.store()
        let pairs = try pairs.map { left, right, order, merged in
            let (left, right) = (VectorClock(left), VectorClock(right))
            try expect(store.order(left, right).rawValue, is: order, "\(name): order")
            let merged = VectorClock(merged)
            try expect(store.merging(left, right), is: merged, "\(name): merge")
            try expect(store.merging(right, left), is: merged, "\(name): merge the other way")
            return JSONValue.object([
                "left": left.json, "merged": merged.json, "order": .string(order),
                "right": right.json,
            ])
        }
        return [
            "diary": .id(scene.diary), "frontier": store.frontier.json, "name": .string(name),
            "pairs": .array(pairs), "sections": .array(scene.sections.map(\.vector)),
        ]
    }
}
