import ClinicServer
import DiaryDesk
import DiaryModel
import DiaryStore
import SeededRandom
import SyncCore
import TestSupport
import Testing

/// One diary on one device, with a person of every role; all of them invented.
///
/// It has joined no clinic, so all that is written counts, and the clock stands still unless it is set.
final class DeskWorld: Sendable {
    let scratch: Scratch
    let database: DiaryDatabase
    let diary: DiaryID
    let zone: TZif
    let people: [Role: EntryID]

    /// Sunday 29 March 2026, 12:00 in London.
    static let noon: Int64 = 1_774_782_000_000

    init() throws {
        scratch = try Scratch()
        database = try DiaryDatabase.create(in: scratch.file("device"), purpose: .device)
        let diary = try Self.begin("Anna", seed: 11, in: database)
        let zone = try #require(ZoneFiles().rules(named: "Europe/London"))
        let founder = Desk(
            database: database, diary: diary, zone: zone, clock: DeskClock { Self.noon },
            pen: .init(author: nil, role: .patient, label: "laptop"))
        var people: [Role: EntryID] = [:]
        for role in Role.allCases {
            people[role] = try founder.addPerson(name: role.rawValue, role: role).result
        }
        self.diary = diary
        self.zone = zone
        self.people = people
    }

    /// The desk of the person of this role; in London where no other zone is said.
    func desk(
        _ role: Role = .patient, nursesMaySignPlans: Bool = false, at ms: Int64 = noon,
        in zone: TZif? = nil
    ) -> Desk {
        Desk(
            database: database, diary: diary, zone: zone ?? self.zone, clock: DeskClock { ms },
            pen: .init(
                author: people[role], role: role, label: "laptop", reader: role.rawValue,
                nursesMaySignPlans: nursesMaySignPlans))
    }

    /// A further diary in the same store, in which nobody has written.
    func furtherDiary(named name: String, seed: UInt64 = 12) throws -> DiaryID {
        try Self.begin(name, seed: seed, in: database)
    }

    private static func begin(
        _ name: String, seed: UInt64, in database: DiaryDatabase
    ) throws -> DiaryID {
        var generator = SplitMix64(seed: seed)
        let key = SigningKey.random(using: &generator)
        let nonce = Nonce.random(using: &generator)
        let diary = DiaryID(founder: key.publicKey, nonce: nonce)
        try database.write { transaction in
            try transaction.addDiary(diary, name: name)
            try transaction.setOwnLog(OwnLog(diary: diary, key: key, nonce: nonce), in: diary)
        }
        return diary
    }

    func view(_ entry: EntryID) throws -> EntryView {
        try database.read { try #require(try $0.view(of: entry, in: diary)) }
    }

    /// An infusion of 32 g by this person; a paper diary's, where a clerk types it.
    func infusion(by role: Role = .patient, start: String = "08:05") throws -> EntryID {
        var form = InfusionForm()
        form.product = "hizentra"
        form.vials = "8x4g"
        form.lots = ["P100423917"]
        form.start = start
        form.sites = "abdomen-L,abdomen-R"
        form.by = "self"
        let desk = desk(role)
        var warnings: [Warning] = []
        let fields = try form.fields(
            now: desk.clock.now, zone: zone, catalogue: .seed, warnings: &warnings)
        return try desk.log("infusion", set: fields, about: about(role)).result.entry
    }

    /// What a clerk says with everything.
    func about(_ role: Role) -> JSONObject {
        role == .clerk ? ["entryMethod": "from_paper"] : ["entryMethod": "typed"]
    }

    /// Records what a form makes.
    @discardableResult
    func log(
        _ kind: EntryKind, by role: Role = .patient,
        _ fields: (FormContext, inout [Warning]) throws -> JSONObject
    ) throws -> Desk.Saved {
        let desk = desk(role)
        var warnings: [Warning] = []
        let set = try fields(try desk.formContext(), &warnings)
        return try desk.log(kind.rawValue, set: set, about: about(role)).result
    }

    /// Changes an entry as `diary amend` does, by a person who has seen it as it is.
    func amend(
        _ entry: EntryID, _ typed: String..., by role: Role = .patient, in zone: TZif? = nil
    ) throws {
        let desk = desk(role, in: zone)
        let view = try view(entry)
        let context = try desk.formContext()
        var set: JSONObject = [:]
        var once = SaidOnce()
        for text in typed {
            let change = try desk.naming(try #require(TypedChange(text)), view)
            let field = try change.field(in: view)
            try once.hear(change, of: field, in: view)
            set[field] = try change.value(
                of: field, in: view, from: set[field] ?? view[field], context)
        }
        _ = try desk.amend(entry, set: set, reason: "slip", seen: .exactly(view.context))
    }

    /// Both change what they were shown of an entry as it was then.
    func bothChange(_ entry: EntryID, patient: String, nurse: String) throws {
        let shown = try view(entry)
        for (role, typed) in [(Role.patient, patient), (.nurse, nurse)] {
            let desk = desk(role)
            let change = try desk.naming(try #require(TypedChange(typed)), shown)
            let field = try change.field(in: shown)
            let value = try change.value(
                of: field, in: shown, from: shown[field], try desk.formContext())
            _ = try desk.amend(
                entry, set: [field: value], reason: "slip", seen: .exactly(shown.context))
        }
    }
}

extension FormContext {
    /// Noon in London, with nobody in the diary.
    static func noon() throws -> FormContext {
        FormContext(
            now: DeskWorld.noon, zone: try #require(ZoneFiles().rules(named: "Europe/London")),
            catalogue: .seed)
    }
}

/// The fields that were refused, with their codes; empty if nothing was.
func refusals(_ body: () throws -> Void) -> [String] {
    do {
        try body()
        return []
    } catch let DeskError.refused(values) {
        return values.map { "\($0.field): \($0.code)" }
    } catch {
        return ["\(error)"]
    }
}

/// The sentences of what was refused.
func sentences(_ body: () throws -> Void) -> [String] {
    do {
        try body()
        return []
    } catch let DeskError.refused(values) {
        return values.map(\.sentence)
    } catch DeskError.notPossible(let why), DeskError.notAllowed(let why) {
        return [why]
    } catch {
        return ["\(error)"]
    }
}
