import DiaryDesk
import DiaryModel
import DiaryStore
import SyncClient
import SyncCore

/// Which person a device belongs to, in each diary of one patient that it keeps.
///
/// Nobody is made a new person of a diary by a mistyped name: who is called so in one of the patient's
/// diaries is that person, and where somebody of the home is there already, only `--as` adds another.
struct WhoWrites {
    let database: DiaryDatabase
    let patient: PatientDiaries
    let zoneName: String

    /// What was settled, and what the clinic says of this device.
    struct Settled {
        /// As whom this device writes from now on, if that was not known before.
        var name: String?
        /// Whether it is known in the diary that new entries go to.
        var isKnown = false
        /// The role in which it writes there.
        var role: Role?
        /// What the clinic took this device in as; nil until a sync has brought its word.
        var letters: Role?
    }

    private struct Writer {
        let name: String
        let role: Role
    }

    /// Settles who writes, once the first sync has shown who is there already.
    ///
    /// - Parameters:
    ///   - name: as whom, where `--as` says it.
    ///   - diaryName: whose diary it is; a patient who joins is that person.
    ///   - role: who joins, where `--role` says it.
    func settle(name: String?, diaryName: String?, role: Role?) throws -> Settled {
        let books = try books()
        var settled = Settled()
        settled.letters = try patient.all.compactMap { diary in
            let own = try database.read { try $0.ownLog(in: diary.id)?.replica }
            return own.flatMap { books[diary.id]?.role(ofDevice: $0) }
        }.first
        let joins = role ?? settled.letters
        let writer = try writer(name: name, diaryName: diaryName, joins: joins, in: books)
        for diary in patient.all where try person(of: diary.id, in: books) == nil {
            if let writer, try set(writer, in: diary.id, books) {
                settled.name = settled.name ?? writer.name
            } else if let joins {
                try database.write {
                    try $0.setSetting(
                        DeviceHome.roleSetting, .string(joins.rawValue), in: diary.id)
                }
            }
        }
        let own = try person(of: patient.main.id, in: self.books())
        settled.isKnown = own != nil
        settled.role = own == nil ? joins : own?.role
        return settled
    }

    /// Says that a person of the patient's diaries writes here; a diary that lacks them is given them.
    func become(_ name: String) throws -> Person {
        let books = try books()
        let main = Self.atHome(name, in: books[patient.main.id])
        let elsewhere = patient.further.map { Self.atHome(name, in: books[$0.id]) }
        let person = try DeviceHome.theOne(
            of: main.isEmpty ? elsewhere.first { !$0.isEmpty } ?? [] : main, called: name)
        let writer = Writer(name: person.name, role: person.role ?? .patient)
        for diary in patient.all { _ = try set(writer, in: diary.id, books) }
        return person
    }

    private func writer(
        name: String?, diaryName: String?, joins: Role?, in books: [DiaryID: PeopleBook]
    ) throws -> Writer? {
        let people = patient.all.compactMap { books[$0.id] }
        func known(_ name: String) -> Writer? {
            people.lazy.flatMap { Self.atHome(name, in: $0) }.first.map {
                Writer(name: $0.name, role: $0.role ?? joins ?? .patient)
            }
        }
        if let name { return known(name) ?? Writer(name: name, role: joins ?? .patient) }
        for diary in patient.all {
            guard let own = try person(of: diary.id, in: books) else { continue }
            return Writer(name: own.name, role: own.role ?? joins ?? .patient)
        }
        guard joins == .patient, let diaryName else { return nil }
        let isEmpty = !people.contains { $0.people.contains { !$0.isOfClinic } }
        return known(diaryName) ?? (isEmpty ? Writer(name: diaryName, role: .patient) : nil)
    }

    /// Makes a person the one who writes in a diary; where several are called so, nobody guesses.
    private func set(_ writer: Writer, in diary: DiaryID, _ books: [DiaryID: PeopleBook]) throws
        -> Bool
    {
        let found = Self.atHome(writer.name, in: books[diary])
        guard found.count <= 1 else { return false }
        if let person = found.first {
            try database.write {
                try $0.setSetting(
                    DeviceHome.personSetting, .string(person.entry.text), in: diary)
            }
        } else {
            let label = try database.read {
                try $0.setting(DeviceHome.labelSetting, in: diary)?.stringValue
            }
            try DeviceFounding.addOwnPerson(
                writer.name, role: writer.role, device: label ?? "this device", to: diary,
                in: database, zoneName: zoneName)
        }
        return true
    }

    private static func atHome(_ name: String, in book: PeopleBook?) -> [Person] {
        (book?.people(named: name) ?? []).filter { !$0.isOfClinic }
    }

    private func books() throws -> [DiaryID: PeopleBook] {
        guard let zone = ZoneFiles().rules(named: zoneName) else { return [:] }
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
