import SyncCore

extension ViewCase {
    /// What counts, field by field.
    static let authorities: [ViewCase] = [
        ViewCase("a plan", "A plan counts from the clinic's logs only.") {
            let (desk, _) = try $0.joined()
            let a = try $0.begin(desk, "plan", ["plan": ["days": 7], "status": "active"])
            let b = try $0.amend($0.phone, a, seen: [a], ["plan": ["days": 1]])
            return .init(
                .init(
                    a, kind: "plan",
                    ["plan": [.value(a, ["days": 7])], "status": [.value(a, "active")]],
                    context: [a, b]))
        },
        ViewCase("training", "Training counts from the clinic's logs only.") {
            let (desk, _) = try $0.joined()
            let a = try $0.begin(desk, "training", ["skill": "pump", "status": "active"])
            let b = try $0.amend($0.phone, a, seen: [a], ["skill": "all"])
            return .init(
                .init(
                    a, kind: "training",
                    ["skill": [.value(a, "pump")], "status": [.value(a, "active")]],
                    context: [a, b]))
        },
        ViewCase("a notice", "A notice counts from the clinic's logs only.") {
            let (desk, _) = try $0.joined()
            let a = try $0.begin(desk, "notice", ["lot": "K1", "status": "active"])
            let b = try $0.amend($0.phone, a, seen: [a], ["status": "voided"])
            return .init(
                .init(
                    a, kind: "notice", ["lot": [.value(a, "K1")], "status": [.value(a, "active")]],
                    context: [a, b]))
        },
        ViewCase("an assessment", "Field by field: the rest of such an event counts.") {
            let (desk, _) = try $0.joined()
            let a = try $0.begin(
                $0.phone, "reaction",
                ["grade.assessed": 1, "grade.said": 3, "status": "active"])
            let b = try $0.amend(desk, a, seen: [a], ["grade.assessed": 2])
            return .init(
                .init(
                    a, kind: "reaction",
                    [
                        "grade.assessed": [.value(b, 2)], "grade.said": [.value(a, 3)],
                        "status": [.value(a, "active")],
                    ], context: [a, b]))
        },
        ViewCase("an answer", "The clinic asks; anyone answers.") {
            let (desk, _) = try $0.joined()
            let a = try $0.begin(desk, "question", ["ask": "Which lot?", "status": "active"])
            let b = try $0.amend($0.phone, a, seen: [a], ["answer": "L2", "ask": "Nothing?"])
            return .init(
                .init(
                    a, kind: "question",
                    [
                        "answer": [.value(b, "L2")], "ask": [.value(a, "Which lot?")],
                        "status": [.value(a, "active")],
                    ], context: [a, b]))
        },
        ViewCase("a label", "A device's label counts from its own chain and from the clinic.") {
            let (desk, phone) = try $0.joined()
            let tablet = try $0.log("tablet")
            guard let own = tablet.tip else { throw VectorError("no introduction") }
            let word = try $0.word(desk, on: own)
            let second = try $0.log("", continuing: $0.phone)
            let a = try $0.amend(tablet, phone, seen: [phone], ["label": "mine"])
            let b = try $0.amend(second, phone, seen: [phone], ["label": "old phone"])
            _ = word
            let onPhone = try $0.wordOnPhone()
            return .init(
                .init(
                    phone, kind: "replica",
                    [
                        "access": [.value(onPhone, "open")],
                        "label": [.value(b, "old phone")],
                        "role": [.value(onPhone, "patient")], "trusted": [.value(onPhone, "all")],
                    ], status: "none", context: [phone, onPhone, a, b]))
        },
        ViewCase(
            "a name", "A person's name counts from the chain that began the entry, not from others."
        ) {
            let (desk, _) = try $0.joined()
            let tablet = try $0.log("tablet")
            guard let own = tablet.tip else { throw VectorError("no introduction") }
            try $0.word(desk, on: own)
            let a = try $0.begin($0.phone, "person", ["name": "Anna", "status": "active"])
            let b = try $0.amend(tablet, a, seen: [a], ["name": "Nobody"])
            return .init(
                .init(
                    a, kind: "person",
                    ["name": [.value(a, "Anna")], "status": [.value(a, "active")]],
                    context: [a, b]))
        },
        ViewCase("a device that trusts itself", "Its word on itself is no value.") {
            _ = try $0.joined()
            let tablet = try $0.log("tablet")
            guard let own = tablet.tip else { throw VectorError("no introduction") }
            try $0.word(tablet, on: own)
            let a = try $0.begin(tablet, "infusion", ["outcome": "completed", "status": "active"])
            return .init(
                .init(a, [:], review: [a], status: "none", context: []),
                devices: [.init(replica: tablet.replica, trusted: "none")])
        },
        ViewCase("a former clinic", "Its plans count, its word on devices does not.") {
            let (desk, phone) = try $0.joined()
            let former = try $0.log("former clinic", key: $0.newKey())
            guard let own = former.tip else { throw VectorError("no introduction") }
            try $0.word(desk, on: own, role: "clinic")
            let a = try $0.begin(former, "plan", ["plan": ["days": 7], "status": "active"])
            try $0.word(former, on: phone, trusted: .array([]), access: "closed", role: nil)
            return .init(
                .init(
                    a, kind: "plan",
                    ["plan": [.value(a, ["days": 7])], "status": [.value(a, "active")]]),
                devices: [
                    .init(replica: $0.phone.replica, trusted: "all"),
                    .init(replica: former.replica, trusted: "all"),
                ])
        },
        ViewCase("a void that does not count", "What does not count raises no question.") {
            _ = try $0.joined()
            let tablet = try $0.log("tablet")
            let a = try $0.infusion()
            let b = try $0.amend(tablet, a, seen: [a], ["status": "voided"])
            let c = try $0.amend($0.phone, a, seen: [a], ["outcome": "stopped"])
            return .init(
                .init(
                    a, ["outcome": [.value(c, "stopped")], "status": [.value(a, "active")]],
                    review: [b], context: [c]))
        },
        ViewCase(
            "a correction that counts for nothing",
            "Its one field beside status is the clinic's, so it is no correction: no question."
        ) {
            let (desk, _) = try $0.joined()
            let a = try $0.begin($0.phone, "reaction", ["grade.said": 3, "status": "active"])
            let b = try $0.amend(desk, a, seen: [a], ["status": "voided"])
            let c = try $0.amend($0.phone, a, seen: [a], ["grade.assessed": 1])
            return .init(
                .init(
                    a, kind: "reaction",
                    ["grade.said": [.value(a, 3)], "status": [.value(b, "voided")]],
                    status: "voided", context: [b, c]))
        },
        ViewCase(
            "an order from a device",
            "Its fields but for who asked do not count, yet the clinic's signature in it is obeyed."
        ) {
            _ = try $0.joined()
            let a = try $0.infusion()
            let order = try $0.begin(
                $0.phone, "erasure",
                [
                    "asked": "by the patient", "erase": ["events": .array([a.json])],
                    "signatures": .array([.id($0.erasure(of: a))]),
                ])
            return .init(
                .init(a, ["outcome": [.erased(a)], "status": [.erased(a)]], status: "voided"),
                .init(
                    order, kind: "erasure", ["asked": [.value(order, "by the patient")]],
                    status: "none"))
        },
        ViewCase("no order reaches the word", "The clinic's word on a device is never erased.") {
            let (desk, phone) = try $0.joined()
            let word = try $0.wordOnPhone()
            try $0.begin(
                desk, "erasure",
                [
                    "erase": ["events": .array([word.json])],
                    "signatures": .array([.id($0.erasure(of: word))]),
                ]
            ).ignored()
            return .init(
                .init(
                    phone, kind: "replica",
                    [
                        "access": [.value(word, "open")], "label": [.value(phone, "phone")],
                        "role": [.value(word, "patient")], "trusted": [.value(word, "all")],
                    ], status: "none", context: [phone, word]))
        },
    ]
}

extension Position {
    /// For an event whose position a case does not go on to name.
    func ignored() {}
}

extension Scene {
    /// The clinic's first word on the phone.
    func wordOnPhone() throws -> Position {
        let word = lines.values.first {
            $0.envelope.fields == ["access", "role", "trusted"]
                && $0.envelope.replica != phone.replica && $0.entry.replica == phone.replica
                && $0.entry.seq == 1
        }
        guard let word else { throw VectorError("the clinic has said nothing of the phone") }
        return word.position
    }
}
