import SyncCore

extension ViewCase {
    /// Registers: what replaces what.
    static let registers: [ViewCase] = [
        ViewCase("one event", "The event that begins an entry is the candidate of all it sets.") {
            let a = try $0.infusion()
            return .init(
                .init(a, ["outcome": [.value(a, "completed")], "status": [.value(a, "active")]]))
        },
        ViewCase(
            "an amendment seen", "A later event whose context covers an earlier one replaces it."
        ) {
            let a = try $0.infusion()
            let b = try $0.amend($0.phone, a, seen: [a], ["outcome": "stopped"])
            return .init(
                .init(
                    a, ["outcome": [.value(b, "stopped")], "status": [.value(a, "active")]],
                    context: [b]))
        },
        ViewCase(
            "different fields", "Concurrent amendments of different fields merge by themselves."
        ) {
            let a = try $0.infusion()
            let tablet = try $0.log("tablet")
            let b = try $0.amend($0.phone, a, seen: [a], ["outcome": "stopped"])
            let c = try $0.amend(tablet, a, seen: [a], ["place": "home"])
            return .init(
                .init(
                    a,
                    [
                        "outcome": [.value(b, "stopped")], "place": [.value(c, "home")],
                        "status": [.value(a, "active")],
                    ], context: [b, c]))
        },
        ViewCase("the same value twice", "Concurrent events that say the same are no conflict.") {
            let a = try $0.infusion()
            let tablet = try $0.log("tablet")
            let b = try $0.amend($0.phone, a, seen: [a], ["outcome": "stopped"])
            let c = try $0.amend(tablet, a, seen: [a], ["outcome": "stopped"])
            return .init(
                .init(
                    a,
                    [
                        "outcome": [.value(b, "stopped"), .value(c, "stopped")],
                        "status": [.value(a, "active")],
                    ], context: [b, c]))
        },
        ViewCase("two values", "Concurrent events that say different things stay side by side.") {
            let a = try $0.infusion()
            let tablet = try $0.log("tablet")
            let b = try $0.amend($0.phone, a, seen: [a], ["outcome": "stopped"])
            let c = try $0.amend(tablet, a, seen: [a], ["outcome": "not-done"])
            return .init(
                .init(
                    a,
                    [
                        "outcome": [.value(b, "stopped"), .value(c, "not-done")],
                        "status": [.value(a, "active")],
                    ], conflicts: ["outcome"], context: [b, c]))
        },
        ViewCase(
            "resolved", "An ordinary amendment whose context covers all candidates settles them."
        ) {
            let a = try $0.infusion()
            let tablet = try $0.log("tablet")
            let b = try $0.amend($0.phone, a, seen: [a], ["outcome": "stopped"])
            let c = try $0.amend(tablet, a, seen: [a], ["outcome": "not-done"])
            let d = try $0.amend(tablet, a, seen: [b, c], ["outcome": "stopped"])
            return .init(
                .init(
                    a, ["outcome": [.value(d, "stopped")], "status": [.value(a, "active")]],
                    context: [b, d]))
        },
        ViewCase("half resolved", "An amendment replaces only those candidates that it had seen.") {
            let a = try $0.infusion()
            let tablet = try $0.log("tablet")
            let laptop = try $0.log("laptop")
            let b = try $0.amend($0.phone, a, seen: [a], ["outcome": "stopped"])
            let c = try $0.amend(tablet, a, seen: [a], ["outcome": "not-done"])
            let d = try $0.amend(laptop, a, seen: [a], ["outcome": "completed"])
            let e = try $0.amend(laptop, a, seen: [b, d], ["outcome": "stopped"])
            return .init(
                .init(
                    a,
                    [
                        "outcome": [.value(c, "not-done"), .value(e, "stopped")],
                        "status": [.value(a, "active")],
                    ], conflicts: ["outcome"], context: [b, c, e]))
        },
        ViewCase(
            "an own event that was not on the page",
            "Two people share a log: an earlier event of the same log is covered only if it was seen."
        ) {
            let a = try $0.infusion()
            let b = try $0.amend($0.phone, a, seen: [a], ["outcome": "stopped"])
            let c = try $0.amend($0.phone, a, seen: [a], ["outcome": "not-done"])
            return .init(
                .init(
                    a,
                    [
                        "outcome": [.value(b, "stopped"), .value(c, "not-done")],
                        "status": [.value(a, "active")],
                    ], conflicts: ["outcome"], context: [c]))
        },
        ViewCase(
            "a context reaches down",
            "A position covers every event of its log up to it, unnamed ones, too."
        ) {
            let a = try $0.infusion()
            let tablet = try $0.log("tablet")
            let b = try $0.amend(tablet, a, seen: [a], ["outcome": "stopped"])
            let c = try $0.amend(tablet, a, seen: [a], ["place": "home"])
            let d = try $0.amend($0.phone, a, seen: [a, c], ["outcome": "completed"])
            _ = b
            return .init(
                .init(
                    a,
                    [
                        "outcome": [.value(d, "completed")], "place": [.value(c, "home")],
                        "status": [.value(a, "active")],
                    ], context: [c, d]))
        },
        ViewCase("an empty context", "An event that had seen nothing replaces nothing.") {
            let a = try $0.infusion()
            let b = try $0.amend($0.phone, a, seen: [], ["outcome": "stopped"])
            return .init(
                .init(
                    a,
                    [
                        "outcome": [.value(a, "completed"), .value(b, "stopped")],
                        "status": [.value(a, "active")],
                    ], conflicts: ["outcome"], context: [b]))
        },
        ViewCase("an event that sets nothing", "What sets no field replaces nothing.") {
            let a = try $0.infusion()
            let b = try $0.amend($0.phone, a, seen: [a], [:], about: ["reason": "looked"])
            return .init(
                .init(
                    a, ["outcome": [.value(a, "completed")], "status": [.value(a, "active")]],
                    context: [b]))
        },
        ViewCase(
            "a line removed", "Null is a value: a removed line of vials, another one standing."
        ) {
            let a = try $0.begin(
                $0.phone, "infusion",
                ["status": "active", "vials.1": ["lot": "L1"], "vials.2": ["lot": "L2"]])
            let b = try $0.amend($0.phone, a, seen: [a], ["vials.1": nil])
            return .init(
                .init(
                    a,
                    [
                        "status": [.value(a, "active")], "vials.1": [.value(b, nil)],
                        "vials.2": [.value(a, ["lot": "L2"])],
                    ], context: [b]))
        },
        ViewCase("null beside a value", "Removing a line while somebody corrects it is a conflict.")
        {
            let a = try $0.begin(
                $0.phone, "infusion", ["status": "active", "vials.1": ["lot": "L1"]])
            let tablet = try $0.log("tablet")
            let b = try $0.amend($0.phone, a, seen: [a], ["vials.1": nil])
            let c = try $0.amend(tablet, a, seen: [a], ["vials.1": ["lot": "L7"]])
            return .init(
                .init(
                    a,
                    [
                        "status": [.value(a, "active")],
                        "vials.1": [.value(b, nil), .value(c, ["lot": "L7"])],
                    ], conflicts: ["vials.1"], context: [b, c]))
        },
        ViewCase("bytes are compared", "Two spellings of one letter are two values.") {
            let a = try $0.infusion()
            let tablet = try $0.log("tablet")
            let b = try $0.amend($0.phone, a, seen: [a], ["place": "Caf\u{E9}"])
            let c = try $0.amend(tablet, a, seen: [a], ["place": "Cafe\u{301}"])
            return .init(
                .init(
                    a,
                    [
                        "outcome": [.value(a, "completed")],
                        "place": [.value(b, "Caf\u{E9}"), .value(c, "Cafe\u{301}")],
                        "status": [.value(a, "active")],
                    ], conflicts: ["place"], context: [b, c]))
        },
        ViewCase(
            "clocks on the wall", "A device whose clock is a year behind replaces as any other."
        ) {
            let a = try $0.infusion()
            let tablet = try $0.log("tablet")
            let b = try $0.amend(
                tablet, a, seen: [a], ["outcome": "stopped"], minutesEarlier: 525_600)
            return .init(
                .init(
                    a, ["outcome": [.value(b, "stopped")], "status": [.value(a, "active")]],
                    context: [a, b]))
        },
        ViewCase("links meet", "Two people who decide about one pair at once meet in one register.")
        {
            let a = try $0.infusion()
            let b = try $0.infusion()
            let tablet = try $0.log("tablet")
            let (smaller, larger) = a.id < b.id ? (a, b) : (b, a)
            let link = "link." + larger.id.text
            let c = try $0.amend($0.phone, smaller, seen: [smaller], [link: ["counts": .id(a.id)]])
            let d = try $0.amend(tablet, smaller, seen: [smaller], [link: "different"])
            return .init(
                .init(
                    smaller,
                    [
                        link: [.value(c, ["counts": .id(a.id)]), .value(d, "different")],
                        "outcome": [.value(smaller, "completed")],
                        "status": [.value(smaller, "active")],
                    ], conflicts: [link], context: [c, d]),
                .init(
                    larger,
                    [
                        "outcome": [.value(larger, "completed")],
                        "status": [.value(larger, "active")],
                    ]))
        },
        ViewCase("a copied disk", "Corrections on two branches of one log are concurrent.") {
            let a = try $0.infusion()
            let copy = $0.phone.copy(at: a)
            let b = try $0.amend($0.phone, a, seen: [a], ["outcome": "stopped"])
            let c = try $0.amend(copy, a, seen: [a], ["outcome": "not-done"])
            return .init(
                .init(
                    a,
                    [
                        "outcome": [.value(b, "stopped"), .value(c, "not-done")],
                        "status": [.value(a, "active")],
                    ], conflicts: ["outcome"], context: [b, c]))
        },
        ViewCase(
            "the same seq on another branch",
            "Who saw one branch's event replaces that one only: (replica, seq) alone would lose the other."
        ) {
            let a = try $0.infusion()
            let copy = $0.phone.copy(at: a)
            let tablet = try $0.log("tablet")
            let b = try $0.amend($0.phone, a, seen: [a], ["outcome": "stopped"])
            let c = try $0.amend(copy, a, seen: [a], ["outcome": "not-done"])
            let d = try $0.amend(tablet, a, seen: [b], ["outcome": "completed"])
            return .init(
                .init(
                    a,
                    [
                        "outcome": [.value(c, "not-done"), .value(d, "completed")],
                        "status": [.value(a, "active")],
                    ], conflicts: ["outcome"], context: [b, c, d]))
        },
    ]
}

extension Scene {
    /// An infusion that the phone records: completed and active.
    func infusion() throws -> Position {
        try begin(phone, "infusion", ["outcome": "completed", "status": "active"])
    }
}

extension ExpectedEntry {
    init(
        _ entry: Position, kind: String = "infusion", _ fields: [String: [Said]],
        conflicts: [String] = [], questions: [(void: Position, unseen: [Position])] = [],
        review: [Position] = [], status: String = "active", context: [Position]? = nil
    ) {
        self.init(
            entry: entry, kind: kind, fields: fields, conflicts: conflicts, questions: questions,
            review: review, status: status, context: context ?? [entry])
    }
}
