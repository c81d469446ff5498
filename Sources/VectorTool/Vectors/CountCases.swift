import SyncCore

extension ViewCase {
    /// What counts: the clinic's word on devices.
    static let trust: [ViewCase] = [
        ViewCase("no clinic", "Without a pinned clinic everything counts.") {
            let desk = try $0.desk()
            let a = try $0.infusion()
            let b = try $0.amend(desk, a, seen: [a], ["outcome": "stopped"])
            return .init(
                .init(
                    a, ["outcome": [.value(b, "stopped")], "status": [.value(a, "active")]],
                    context: [a, b]),
                devices: [.init(replica: $0.phone.replica, trusted: "all")])
        },
        ViewCase(
            "pinned, no word yet",
            "A pin takes effect once the clinic's word on any device is held."
        ) {
            $0.pinned = $0.clinic.publicKey
            let a = try $0.begin($0.phone, "plan", ["plan": ["days": 7], "status": "active"])
            return .init(
                .init(
                    a, kind: "plan",
                    ["plan": [.value(a, ["days": 7])], "status": [.value(a, "active")]]),
                devices: [.init(replica: $0.phone.replica, trusted: "all")])
        },
        ViewCase(
            "trusted", "What the clinic trusts counts; of a device it has no word on, nothing does."
        ) {
            let (desk, phone) = try $0.joined()
            let tablet = try $0.log("tablet")
            let a = try $0.infusion()
            let b = try $0.amend(tablet, a, seen: [a], ["outcome": "stopped"])
            _ = (desk, phone)
            return .init(
                .init(
                    a, ["outcome": [.value(a, "completed")], "status": [.value(a, "active")]],
                    review: [b]),
                devices: [
                    .init(replica: $0.phone.replica, trusted: "all"),
                    .init(replica: tablet.replica, trusted: "none"),
                    .init(replica: desk.replica, trusted: "all"),
                ])
        },
        ViewCase(
            "nothing that counts begins it", "An entry without a counting status has no status."
        ) {
            _ = try $0.joined()
            let tablet = try $0.log("tablet")
            let a = try $0.begin(tablet, "infusion", ["outcome": "completed", "status": "active"])
            let b = try $0.amend($0.phone, a, seen: [a], ["outcome": "stopped"])
            return .init(
                .init(
                    a, ["outcome": [.value(b, "stopped")]], review: [a], status: "none",
                    context: [b]))
        },
        ViewCase("closed", "Of a closed device what was relied on counts; the rest is to review.") {
            let (desk, phone) = try $0.joined()
            let a = try $0.infusion()
            let b = try $0.amend($0.phone, a, seen: [a], ["outcome": "stopped"])
            try $0.word(
                desk, on: phone, seen: [desk.position()], trusted: [a.json], access: "closed",
                role: nil)
            return .init(
                .init(
                    a, ["outcome": [.value(a, "completed")], "status": [.value(a, "active")]],
                    review: [b]),
                devices: [
                    .init(replica: $0.phone.replica, trusted: "some", isClosed: true)
                ])
        },
        ViewCase("moved on", "The clinic moves its trusted positions further.") {
            let (desk, phone) = try $0.joined()
            let a = try $0.infusion()
            let b = try $0.amend($0.phone, a, seen: [a], ["outcome": "stopped"])
            let closed = try $0.word(
                desk, on: phone, seen: [desk.position()], trusted: [a.json], access: "closed",
                role: nil)
            try $0.word(
                desk, on: phone, seen: [closed], trusted: [b.json], access: nil, role: nil)
            return .init(
                .init(
                    a, ["outcome": [.value(b, "stopped")], "status": [.value(a, "active")]],
                    context: [b]),
                devices: [.init(replica: $0.phone.replica, trusted: "some", isClosed: true)])
        },
        ViewCase(
            "a branch from below", "A branch that leaves below the trusted position is to review."
        ) {
            let (desk, phone) = try $0.joined()
            let a = try $0.infusion()
            let copy = $0.phone.copy(at: a)
            let b = try $0.amend($0.phone, a, seen: [a], ["outcome": "stopped"])
            let c = try $0.amend(copy, a, seen: [a], ["outcome": "not-done"])
            try $0.word(
                desk, on: phone, seen: [desk.position()], trusted: [b.json], access: "closed",
                role: nil)
            return .init(
                .init(
                    a, ["outcome": [.value(b, "stopped")], "status": [.value(a, "active")]],
                    review: [c], context: [b]),
                devices: [.init(replica: $0.phone.replica, trusted: "some", isClosed: true)])
        },
        ViewCase(
            "continued after closing", "The word on the first replica is for all that continue it."
        ) {
            let (desk, phone) = try $0.joined()
            let a = try $0.infusion()
            try $0.word(
                desk, on: phone, seen: [desk.position()], trusted: [a.json], access: "closed",
                role: nil)
            let second = try $0.log("", continuing: $0.phone)
            let b = try $0.amend(second, a, seen: [a], ["outcome": "stopped"])
            return .init(
                .init(
                    a, ["outcome": [.value(a, "completed")], "status": [.value(a, "active")]],
                    review: [b]),
                devices: [.init(replica: second.replica, trusted: "some", isClosed: true)])
        },
        ViewCase("continued", "A continuing replica of an open device counts like the first.") {
            _ = try $0.joined()
            let a = try $0.infusion()
            let second = try $0.log("", continuing: $0.phone)
            let b = try $0.amend(second, a, seen: [a], ["outcome": "stopped"])
            return .init(
                .init(
                    a, ["outcome": [.value(b, "stopped")], "status": [.value(a, "active")]],
                    context: [a, b]),
                devices: [.init(replica: second.replica, trusted: "all")])
        },
        ViewCase("trust in conflict", "An event counts only if every standing word trusts it.") {
            let (desk, phone) = try $0.joined()
            let first = try desk.position()
            let copy = desk.copy(at: first)
            let a = try $0.infusion()
            let b = try $0.amend($0.phone, a, seen: [a], ["outcome": "stopped"])
            try $0.word(
                desk, on: phone, seen: [first], trusted: [a.json], access: "closed", role: nil)
            try $0.word(
                copy, on: phone, seen: [first], trusted: [b.json], access: "open", role: nil)
            return .init(
                .init(
                    a, ["outcome": [.value(a, "completed")], "status": [.value(a, "active")]],
                    review: [b]),
                devices: [.init(replica: $0.phone.replica, trusted: "some", isClosed: true)])
        },
        ViewCase("a trusted position not held", "It covers nothing.") {
            let (desk, phone) = try $0.joined()
            let a = try $0.infusion()
            let unwritten = Position(
                replica: $0.phone.replica, seq: 9, id: try $0.value(EventID.self))
            try $0.word(
                desk, on: phone, seen: [desk.position()], trusted: [unwritten.json],
                access: "closed", role: nil)
            return .init(
                .init(a, [:], review: [a], status: "none", context: []),
                devices: [.init(replica: $0.phone.replica, trusted: "some", isClosed: true)])
        },
        ViewCase(
            "two introductions", "A log introduced twice has two firsts; both have to be trusted."
        ) {
            let (desk, _) = try $0.joined()
            let tablet = try $0.log("tablet")
            guard let own = tablet.tip else { throw VectorError("no introduction") }
            try $0.word(desk, on: own)
            let again = tablet.copy(at: nil)
            let tip = try $0.infusion()
            let text = SignedText.continuation($0.diary, from: tip, to: again.replica)
            try $0.introduce(
                again, label: nil,
                continues: Continuation(position: tip, signature: $0.phone.key.sign(text)))
            let b = try $0.amend(tablet, tip, seen: [tip], ["outcome": "stopped"])
            try $0.word(
                desk, on: own, seen: [desk.position()], trusted: [own.json], access: "closed",
                role: nil)
            return .init(
                .init(
                    tip,
                    ["outcome": [.value(tip, "completed")], "status": [.value(tip, "active")]],
                    review: [b]),
                devices: [
                    .init(replica: tablet.replica, trusted: "some", isClosed: true),
                    .init(replica: $0.phone.replica, trusted: "all"),
                ])
        },
    ]
}

extension Log {
    func position() throws -> Position {
        guard let tip else { throw VectorError("nothing was written to this log") }
        return tip
    }
}

extension Scene {
    /// The clinic pinned, its log, and its word on the phone, whose introduction is returned.
    func joined() throws -> (desk: Log, phone: Position) {
        pinned = clinic.publicKey
        let phone = try self.phone.position()
        let desk = try desk()
        try word(desk, on: phone)
        return (desk, phone)
    }
}
