import SyncCore

extension ViewCase {
    /// Voids, questions, and bodies that were erased.
    static let voidsAndErasures: [ViewCase] = [
        ViewCase("voided", "A void is the field status; values stay where they are.") {
            let a = try $0.infusion()
            let b = try $0.amend($0.phone, a, seen: [a], ["status": "voided"])
            return .init(
                .init(
                    a, ["outcome": [.value(a, "completed")], "status": [.value(b, "voided")]],
                    status: "voided", context: [b]))
        },
        ViewCase("voided twice", "Two voids that had not seen each other agree.") {
            let a = try $0.infusion()
            let tablet = try $0.log("tablet")
            let b = try $0.amend($0.phone, a, seen: [a], ["status": "voided"])
            let c = try $0.amend(tablet, a, seen: [a], ["status": "voided"])
            return .init(
                .init(
                    a,
                    [
                        "outcome": [.value(a, "completed")],
                        "status": [.value(b, "voided"), .value(c, "voided")],
                    ], status: "voided", context: [b, c]))
        },
        ViewCase("a void after a correction", "A void that had seen the correction is no question.")
        {
            let a = try $0.infusion()
            let tablet = try $0.log("tablet")
            let b = try $0.amend(tablet, a, seen: [a], ["outcome": "stopped"])
            let c = try $0.amend($0.phone, a, seen: [a, b], ["status": "voided"])
            return .init(
                .init(
                    a, ["outcome": [.value(b, "stopped")], "status": [.value(c, "voided")]],
                    status: "voided", context: [b, c]))
        },
        ViewCase(
            "a void beside a correction",
            "Voiding an entry while somebody corrects it is a question."
        ) {
            let a = try $0.infusion()
            let tablet = try $0.log("tablet")
            let b = try $0.amend($0.phone, a, seen: [a], ["status": "voided"])
            let c = try $0.amend(tablet, a, seen: [a], ["outcome": "stopped"])
            return .init(
                .init(
                    a, ["outcome": [.value(c, "stopped")], "status": [.value(b, "voided")]],
                    conflicts: ["status"], questions: [(b, [c])], status: "in-question",
                    context: [b, c]))
        },
        ViewCase(
            "a later correction of another field",
            "It settles no question; the correction that it replaced stays in it."
        ) {
            let a = try $0.infusion()
            let tablet = try $0.log("tablet")
            let b = try $0.amend($0.phone, a, seen: [a], ["status": "voided"])
            let c = try $0.amend(tablet, a, seen: [a], ["outcome": "stopped"])
            let d = try $0.amend(tablet, a, seen: [a, b, c], ["outcome": "not-done"])
            return .init(
                .init(
                    a, ["outcome": [.value(d, "not-done")], "status": [.value(b, "voided")]],
                    conflicts: ["status"], questions: [(b, [c])], status: "in-question",
                    context: [b, d]))
        },
        ViewCase("voided again", "Setting status, having seen both, settles the question.") {
            let a = try $0.infusion()
            let tablet = try $0.log("tablet")
            let b = try $0.amend($0.phone, a, seen: [a], ["status": "voided"])
            let c = try $0.amend(tablet, a, seen: [a], ["outcome": "stopped"])
            let d = try $0.amend(tablet, a, seen: [a, b, c], ["status": "voided"])
            return .init(
                .init(
                    a, ["outcome": [.value(c, "stopped")], "status": [.value(d, "voided")]],
                    status: "voided", context: [b, d]))
        },
        ViewCase("reinstated", "An event that sets status to active, having seen the void.") {
            let a = try $0.infusion()
            let tablet = try $0.log("tablet")
            let b = try $0.amend($0.phone, a, seen: [a], ["status": "voided"])
            let c = try $0.amend(tablet, a, seen: [a], ["outcome": "stopped"])
            let d = try $0.amend(tablet, a, seen: [a, b, c], ["status": "active"])
            return .init(
                .init(
                    a, ["outcome": [.value(c, "stopped")], "status": [.value(d, "active")]],
                    context: [b, d]))
        },
        ViewCase("a correction after the void", "Correcting a voided entry does not revive it.") {
            let a = try $0.infusion()
            let b = try $0.amend($0.phone, a, seen: [a], ["status": "voided"])
            let c = try $0.amend($0.phone, a, seen: [b], ["outcome": "stopped"])
            return .init(
                .init(
                    a, ["outcome": [.value(c, "stopped")], "status": [.value(b, "voided")]],
                    status: "voided", context: [c]))
        },
        ViewCase("voided and reinstated at once", "Two statuses are a conflict like any other.") {
            let a = try $0.infusion()
            let tablet = try $0.log("tablet")
            let b = try $0.amend($0.phone, a, seen: [a], ["status": "voided"])
            let c = try $0.amend($0.phone, a, seen: [b], ["status": "active"])
            let d = try $0.amend(tablet, a, seen: [b], ["status": "voided"])
            return .init(
                .init(
                    a,
                    [
                        "outcome": [.value(a, "completed")],
                        "status": [.value(c, "active"), .value(d, "voided")],
                    ], conflicts: ["status"], status: "in-question", context: [c, d]))
        },
        ViewCase(
            "a void beside a link",
            "An event that sets links alone is no correction, so no question."
        ) {
            let a = try $0.infusion()
            let other = try $0.infusion()
            let tablet = try $0.log("tablet")
            let link = "link." + other.id.text
            let b = try $0.amend($0.phone, a, seen: [a], ["status": "voided"])
            let c = try $0.amend(tablet, a, seen: [a], [link: "different"])
            return .init(
                .init(
                    a,
                    [
                        link: [.value(c, "different")], "outcome": [.value(a, "completed")],
                        "status": [.value(b, "voided")],
                    ], status: "voided", context: [b, c]))
        },
        ViewCase(
            "a status beside a void",
            "An event that sets status and a value is a correction, and its status a candidate."
        ) {
            let a = try $0.infusion()
            let tablet = try $0.log("tablet")
            let b = try $0.amend($0.phone, a, seen: [a], ["status": "voided"])
            let c = try $0.amend(
                tablet, a, seen: [a], ["outcome": "stopped", "status": "active"])
            return .init(
                .init(
                    a,
                    [
                        "outcome": [.value(c, "stopped")],
                        "status": [.value(b, "voided"), .value(c, "active")],
                    ], conflicts: ["status"], questions: [(b, [c])], status: "in-question",
                    context: [b, c]))
        },
        ViewCase("erased", "A lone erased candidate is settled and says that it was erased.") {
            $0.pinned = $0.clinic.publicKey
            let a = try $0.infusion()
            let b = try $0.amend($0.phone, a, seen: [a], ["outcome": "stopped"])
            try $0.erase(b)
            return .init(
                .init(
                    a, ["outcome": [.erased(b)], "status": [.value(a, "active")]], context: [b]))
        },
        ViewCase("erased beside a value", "Erased beside another candidate is a conflict.") {
            $0.pinned = $0.clinic.publicKey
            let a = try $0.infusion()
            let tablet = try $0.log("tablet")
            let b = try $0.amend($0.phone, a, seen: [a], ["outcome": "stopped"])
            let c = try $0.amend(tablet, a, seen: [a], ["outcome": "not-done"])
            try $0.erase(b)
            return .init(
                .init(
                    a,
                    [
                        "outcome": [.erased(b), .value(c, "not-done")],
                        "status": [.value(a, "active")],
                    ], conflicts: ["outcome"], context: [b, c]))
        },
        ViewCase(
            "erased twice", "Two erased candidates are a conflict: nobody knows what they said."
        ) {
            $0.pinned = $0.clinic.publicKey
            let a = try $0.infusion()
            let tablet = try $0.log("tablet")
            let b = try $0.amend($0.phone, a, seen: [a], ["outcome": "stopped"])
            let c = try $0.amend(tablet, a, seen: [a], ["outcome": "stopped"])
            try $0.erase(b)
            try $0.erase(c)
            return .init(
                .init(
                    a, ["outcome": [.erased(b), .erased(c)], "status": [.value(a, "active")]],
                    conflicts: ["outcome"], context: [b, c]))
        },
        ViewCase("an erased amendment", "The envelope's fields go on replacing what they replaced.")
        {
            $0.pinned = $0.clinic.publicKey
            let a = try $0.infusion()
            let b = try $0.amend($0.phone, a, seen: [a], ["outcome": "stopped"])
            let c = try $0.amend($0.phone, a, seen: [b], ["outcome": "completed"])
            try $0.erase(b)
            return .init(
                .init(
                    a, ["outcome": [.value(c, "completed")], "status": [.value(a, "active")]],
                    context: [c]))
        },
        ViewCase("an erased beginning", "An erased status reads voided.") {
            $0.pinned = $0.clinic.publicKey
            let a = try $0.infusion()
            try $0.erase(a)
            return .init(
                .init(a, ["outcome": [.erased(a)], "status": [.erased(a)]], status: "voided"))
        },
        ViewCase(
            "an order", "A body that an order of the clinic names is gone once the order is held."
        ) {
            $0.pinned = $0.clinic.publicKey
            let desk = try $0.desk()
            guard let phone = $0.sections.first?.heads.first?.position else {
                throw VectorError("no introduction")
            }
            try $0.word(desk, on: phone)
            let a = try $0.infusion()
            let order = try $0.begin(
                desk, "erasure",
                [
                    "erase": ["events": .array([a.json])],
                    "signatures": .array([
                        .id($0.erasure(of: a))
                    ]), "status": "active",
                ])
            return .init(
                .init(a, ["outcome": [.erased(a)], "status": [.erased(a)]], status: "voided"),
                .init(
                    order, kind: "erasure",
                    [
                        "erase": [.value(order, ["events": .array([a.json])])],
                        "signatures": [.value(order, .array([.id($0.erasure(of: a))]))],
                        "status": [.value(order, "active")],
                    ]))
        },
        ViewCase(
            "an order handed on",
            "The clinic's signature decides, though nobody trusts the log that the order stands in; at another position it names nothing."
        ) {
            $0.pinned = $0.clinic.publicKey
            let desk = try $0.desk()
            guard let phone = $0.sections.first?.heads.first?.position else {
                throw VectorError("no introduction")
            }
            try $0.word(desk, on: phone)
            let a = try $0.infusion()
            let b = try $0.infusion()
            let stranger = try $0.log("somebody's")
            let elsewhere = Position(replica: b.replica, seq: b.seq + 1, id: b.id)
            // Names alone are no order; said again beside their signatures they are.
            let named: JSONValue = ["events": .array([a.json, elsewhere.json])]
            let order = try $0.begin(stranger, "erasure", ["erase": named, "status": "active"])
            let signed = try $0.amend(
                stranger, order, seen: [order],
                [
                    "erase": named,
                    "signatures": .array([.id($0.erasure(of: a)), .id($0.erasure(of: b))]),
                ])
            return .init(
                .init(a, ["outcome": [.erased(a)], "status": [.erased(a)]], status: "voided"),
                .init(b, ["outcome": [.value(b, "completed")], "status": [.value(b, "active")]]),
                .init(
                    order, kind: "erasure", [:], review: [order, signed], status: "none",
                    context: []))
        },
    ]
}
