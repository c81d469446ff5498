import DiaryDesk
import DiaryModel
import DiaryStore
import SyncClient
import SyncCore

/// Which person a device belongs to, in each diary of one patient that it keeps.
///
/// Nobody is made a new person of a diary by a mistyped name, nor before the clinic has been heard: who
/// is called so in one of the patient's diaries is that person, and where somebody of the home is there
/// already, a name that `--for` alone says adds nobody.
struct WhoWrites {
    let database: DiaryDatabase
    let patient: PatientDiaries

    /// What was said at joining; kept until it is settled.
    struct Wish {
        /// As whom: `--as`.
        var name: String?
        /// Whose diary it is: `--for`; a patient who joins is that person.
        var diaryName: String?
        var role: Role?

        static let setting = "joining"

        var json: JSONValue {
            var object: JSONObject = [:]
            if let name { object["as"] = .string(name) }
            if let diaryName { object["for"] = .string(diaryName) }
            if let role { object["role"] = role.json }
            return .object(object)
        }
    }

    /// What was settled, and what the clinic says of this device.
    struct Settled {
        /// As whom this device writes from now on, in the diary that new entries go to.
        var name: String?
        /// Who it is that writes there, and whether somebody of the home could be.
        var writer: Person?
        var somebodyIsThere = false
        /// What the clinic took this device in as; nil until it has been heard.
        var letters: Role?
        /// Whom `--as` said beside the person this device belongs to already.
        var otherName: String?
    }

    private struct Writer {
        let name: String
        let role: Role
    }

    /// Settles what was said at joining, in each diary in which the clinic has been heard.
    ///
    /// - Returns: nil where nothing is left to settle.
    func settle() throws -> Settled? {
        guard let wish = try wish() else { return nil }
        let books = try books()
        var letters: [DiaryID: Role] = [:]
        for diary in patient.all {
            let own = try database.read { try $0.ownLog(in: diary.id)?.replica }
            letters[diary.id] = own.flatMap { books[diary.id]?.role(ofDevice: $0) }
        }
        var settled = Settled(letters: patient.all.compactMap { letters[$0.id] }.first)
        let joins = wish.role ?? settled.letters
        let known = try patient.all.compactMap { try person(of: $0.id, in: books) }.first
        let writer = writer(wish, known: known, joins: joins, in: books)
        if let known, let name = wish.name, !known.isCalled(name) { settled.otherName = name }
        for diary in patient.all where letters[diary.id] != nil {
            guard try person(of: diary.id, in: books) == nil else { continue }
            if let writer, Self.atHome(writer.name, in: books[diary.id]).count <= 1 {
                try set(writer, in: diary.id, books)
                if diary.id == patient.main.id { settled.name = writer.name }
            } else if let joins {
                try keep(DeviceHome.roleSetting, joins.json, in: [diary.id])
            }
        }
        let joined = patient.all.filter { $0.pinnedClinic != nil }
        if joined.allSatisfy({ letters[$0.id] != nil }) {
            try keep(Wish.setting, nil, in: patient.all.map(\.id))
        }
        let after = try self.books()
        settled.writer = try person(of: patient.main.id, in: after)
        settled.somebodyIsThere = after.values.contains { !Self.atHome(in: $0).isEmpty }
        return settled
    }

    /// Says that a person of the patient's diaries writes here; a diary that lacks them is given them.
    func become(_ name: String) throws -> Person {
        let books = try books()
        let found = patient.all.map { Self.atHome(name, in: books[$0.id]) }
        // Where several are called so, in whichever diary, nobody guesses.
        let doubtful = found.first { $0.count > 1 }
        let person = try DeviceHome.theOne(
            of: doubtful ?? found.first { !$0.isEmpty } ?? [], called: name)
        let writer = Writer(name: person.name, role: person.role ?? .patient)
        for diary in patient.all { try set(writer, in: diary.id, books) }
        try keep(Wish.setting, nil, in: patient.all.map(\.id))
        return try self.person(of: patient.main.id, in: self.books()) ?? person
    }

    private func wish() throws -> Wish? {
        try database.read { transaction in
            for diary in patient.all {
                guard let said = try transaction.setting(Wish.setting, in: diary.id) else {
                    continue
                }
                return Wish(
                    name: said["as"]?.stringValue, diaryName: said["for"]?.stringValue,
                    role: said["role"].flatMap { Role(json: $0) })
            }
            return nil
        }
    }

    private func writer(
        _ wish: Wish, known: Person?, joins: Role?, in books: [DiaryID: PeopleBook]
    ) -> Writer? {
        // A name in question is nobody's name in another diary.
        if let known {
            return known.hasOneName
                ? Writer(name: known.name, role: known.role ?? joins ?? .patient) : nil
        }
        guard let name = wish.name ?? (joins == .patient ? wish.diaryName : nil) else { return nil }
        let people = patient.all.compactMap { books[$0.id] }
        if let person = people.lazy.flatMap({ Self.atHome(name, in: $0) }).first {
            return Writer(name: person.name, role: person.role ?? joins ?? .patient)
        }
        guard wish.name != nil || people.allSatisfy({ Self.atHome(in: $0).isEmpty }) else {
            return nil
        }
        return Writer(name: name, role: joins ?? .patient)
    }

    /// Makes a person the one who writes in a diary, and adds them where nobody is called so.
    private func set(_ writer: Writer, in diary: DiaryID, _ books: [DiaryID: PeopleBook]) throws {
        if let person = Self.atHome(writer.name, in: books[diary]).first {
            return try keep(DeviceHome.personSetting, .string(person.entry.text), in: [diary])
        }
        let label = try database.read {
            try $0.setting(DeviceHome.labelSetting, in: diary)?.stringValue
        }
        try DeviceFounding.addOwnPerson(
            writer.name, role: writer.role, device: label ?? "this device", to: diary, in: database,
            zoneName: DeviceHome.zone(of: patient.main.id, in: database).name)
    }

    private func keep(_ setting: String, _ value: JSONValue?, in diaries: [DiaryID]) throws {
        try database.write { transaction in
            for diary in diaries { try transaction.setSetting(setting, value, in: diary) }
        }
    }

    private static func atHome(in book: PeopleBook?) -> [Person] {
        (book?.people ?? []).filter { !$0.isOfClinic && !$0.isVoided }
    }

    private static func atHome(_ name: String, in book: PeopleBook?) -> [Person] {
        atHome(in: book).filter { $0.isCalled(name) }
    }

    private func books() throws -> [DiaryID: PeopleBook] {
        let zone = try DeviceHome.zone(of: patient.main.id, in: database)
        return try database.read { transaction in
            var books: [DiaryID: PeopleBook] = [:]
            for diary in patient.all {
                books[diary.id] = try Reading(transaction, diary: diary.id, zone: zone).people()
            }
            return books
        }
    }

    /// The person that this device belongs to in a diary.
    private func person(of diary: DiaryID, in books: [DiaryID: PeopleBook]) throws -> Person? {
        let own = try database.read {
            try $0.setting(DeviceHome.personSetting, in: diary)?.stringValue
        }
        return books[diary]?.person(own.flatMap { EntryID($0) })
    }
}
