import SyncCore

/// Whole syncs, each request and answer as text, until the end.
enum ConversationVectors {
    static func value() throws -> JSONValue {
        .array(try all().map { try $0.vector() })
    }

    static func all() throws -> [Conversation] {
        [
            try ordinary(), try firstContact(), try restoredDevice(), try nothingNew(),
            try refusedLine(), try restoredClinic(), try forkedLogs(), try closedDevice(),
            try unconfirmedClinic(), try pages(),
        ]
    }

    /// The scene most of them share: what both hold, then what each has written since.
    private struct Shared {
        let scene: Scene
        let desk: Log
        let common: [Section]
        let entry: Position
        var here: [Section] = []
        var there: [Section] = []

        init(_ name: String) throws {
            scene = try Scene(name)
            desk = try scene.joined().desk
            entry = try scene.infusion()
            common = scene.sections
        }

        mutating func deviceWrites() throws {
            let from = scene.sections.count
            try scene.amend(scene.phone, entry, seen: [entry], ["outcome": "stopped"])
            here += scene.sections[from...]
        }

        mutating func clinicWrites() throws {
            let from = scene.sections.count
            _ = try scene.begin(desk, "plan", ["plan": ["days": 7], "status": "active"])
            there += scene.sections[from...]
        }

        var frontier: VectorClock {
            get throws { try scene.store(common).frontier }
        }
    }

    static func ordinary() throws -> Conversation {
        var shared = try Shared("ordinary")
        try shared.deviceWrites()
        try shared.clinicWrites()
        return Conversation(
            name: "ordinary",
            describes: "Both have written since; one round trip pushes, pulls and confirms.",
            scene: shared.scene, device: shared.common + shared.here, known: try shared.frontier,
            clinic: shared.common + shared.there, own: [shared.scene.phone],
            asker: shared.scene.phone.replica, ending: "equal", rounds: 1)
    }

    static func firstContact() throws -> Conversation {
        let scene = try Scene("first contact")
        let a = try scene.infusion()
        try scene.amend(scene.phone, a, seen: [a], ["outcome": "stopped"])
        let own = scene.sections
        let desk = try scene.desk()
        try scene.word(desk, on: scene.introduction())
        let clinic = [own[0]] + scene.sections[own.count...]
        return Conversation(
            name: "first contact",
            describes:
                "A diary begun alone joins: the header alone, then what the clinic lacks; the clinic has said its word.",
            scene: scene, device: own, known: nil, clinic: Array(clinic), own: [scene.phone],
            asker: scene.phone.replica, ending: "equal", rounds: 2)
    }

    static func restoredDevice() throws -> Conversation {
        var shared = try Shared("restored device")
        try shared.deviceWrites()
        try shared.clinicWrites()
        return Conversation(
            name: "restored device",
            describes: "A device put back to an earlier copy fetches its own later lines again.",
            scene: shared.scene, device: shared.common, known: try shared.frontier,
            clinic: shared.common + shared.here + shared.there, own: [shared.scene.phone],
            asker: shared.scene.phone.replica, ending: "equal", rounds: 1)
    }

    static func nothingNew() throws -> Conversation {
        let shared = try Shared("nothing new")
        return Conversation(
            name: "nothing new", describes: "Equal frontiers: one small round trip, no sections.",
            scene: shared.scene, device: shared.common, known: try shared.frontier,
            clinic: shared.common, own: [shared.scene.phone], asker: shared.scene.phone.replica,
            ending: "equal", rounds: 1)
    }

    static func refusedLine() throws -> Conversation {
        var shared = try Shared("a refused line")
        let scene = shared.scene
        let former = try scene.newKey()
        let tablet = try scene.log("tablet")
        let introduced = scene.sections[scene.sections.count - 1]
        let from = scene.sections.count
        let note = try scene.begin(scene.phone, "note", ["note": "kept", "status": "active"])
        let bad = try scene.begin(scene.phone, "note", ["note": "gone", "status": "active"])
        _ = try scene.begin(scene.phone, "note", ["note": "above it", "status": "active"])
        try scene.amend(tablet, note, seen: [note], ["note": "kept, too"])
        try scene.erase(bad, by: former)
        let written = scene.sections[from..<(from + 3)]
        let mine = Section(
            lines: written.flatMap(\.lines), heads: written.suffix(1).flatMap(\.heads))
        let tablets = [introduced, scene.sections[from + 3]]
        try shared.clinicWrites()
        return Conversation(
            name: "a refused line",
            describes:
                "A line erased by a former clinic is refused; its log above it stays behind, a new head is signed below it, and the rest goes on.",
            scene: scene, device: shared.common + [mine] + tablets, known: try shared.frontier,
            clinic: shared.common + shared.there, own: [scene.phone], asker: scene.phone.replica,
            deviceErasedBy: former, ending: "refused-some", rounds: 2)
    }

    static func restoredClinic() throws -> Conversation {
        var shared = try Shared("restored clinic")
        try shared.clinicWrites()
        try shared.deviceWrites()
        let device = shared.common + shared.there + shared.here
        return Conversation(
            name: "restored clinic",
            describes:
                "The clinic was put back to less than it is known to hold: its answer says from where to go on, and gets back its own lines, too.",
            scene: shared.scene, device: device,
            known: try shared.scene.store(shared.common + shared.there).frontier,
            clinic: Array(shared.common.dropLast()), own: [shared.scene.phone],
            asker: shared.scene.phone.replica, ending: "equal", rounds: 2)
    }

    static func forkedLogs() throws -> Conversation {
        let shared = try Shared("forked logs in a sync")
        let scene = shared.scene
        let copy = scene.phone.copy(at: shared.entry)
        let from = scene.sections.count
        try scene.amend(scene.phone, shared.entry, seen: [shared.entry], ["outcome": "stopped"])
        let second = scene.sections.count
        try scene.amend(copy, shared.entry, seen: [shared.entry], ["outcome": "not-done"])
        return Conversation(
            name: "forked logs",
            describes: "A copied device: each side holds one branch, afterwards both hold both.",
            scene: scene, device: shared.common + scene.sections[from..<second],
            known: try shared.frontier, clinic: shared.common + scene.sections[second...],
            own: [scene.phone], asker: scene.phone.replica, ending: "equal", rounds: 1)
    }

    static func closedDevice() throws -> Conversation {
        var shared = try Shared("closed device")
        try shared.deviceWrites()
        let from = shared.scene.sections.count
        let phone = try shared.scene.introduction()
        try shared.scene.word(
            shared.desk, on: phone, seen: [shared.desk.position()],
            trusted: [shared.entry.json], access: "closed", role: nil)
        shared.there += shared.scene.sections[from...]
        return Conversation(
            name: "closed device",
            describes: "What it sends is kept; it learns only what was taken and what is lacking.",
            scene: shared.scene, device: shared.common + shared.here, known: try shared.frontier,
            clinic: shared.common + shared.there, own: [shared.scene.phone],
            asker: shared.scene.phone.replica, ending: "closed", rounds: 1)
    }

    static func unconfirmedClinic() throws -> Conversation {
        var shared = try Shared("unconfirmed clinic")
        try shared.deviceWrites()
        return Conversation(
            name: "unconfirmed clinic",
            describes:
                "A restored clinic takes everything and gives nothing until it is confirmed.",
            scene: shared.scene, device: shared.common + shared.here, known: try shared.frontier,
            clinic: Array(shared.common.dropLast()), own: [shared.scene.phone],
            asker: shared.scene.phone.replica, unconfirmed: true, ending: "unconfirmed", rounds: 2)
    }

    static func pages() throws -> Conversation {
        let shared = try Shared("pages")
        let scene = shared.scene
        func notes(_ log: Log) throws -> [Section] {
            let from = scene.sections.count
            for number in 1...4 {
                _ = try scene.begin(
                    log, "note", ["note": .integer(Int64(number)), "status": "active"])
            }
            return Array(scene.sections[from...])
        }
        let here = try notes(scene.phone)
        let there = try notes(shared.desk)
        return Conversation(
            name: "pages",
            describes:
                "Four notes each and pages of three: the clinic gives nothing before it lacks nothing.",
            scene: scene, device: shared.common + here, known: try shared.frontier,
            clinic: shared.common + there, own: [scene.phone], asker: scene.phone.replica,
            page: PageLimit(bytes: 1000), ending: "equal", rounds: 3)
    }
}
