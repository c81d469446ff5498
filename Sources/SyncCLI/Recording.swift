import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// Recording what a form says, at home and at the clinic: read, saved, and said back.
struct Recording {
    let desk: Desk
    /// For whom.
    let name: String
    var place = "Saved here."
    var entryMethod = EntryMethod.typed

    /// - Parameter fields: makes the fields of the form, with warnings about what was typed.
    func save(
        _ kind: EntryKind, note: String? = nil,
        _ fields: (FormContext, inout [Warning]) throws -> JSONObject
    ) throws -> Reply {
        var warnings: [Warning] = []
        let set = try fields(try desk.formContext(), &warnings)
        var about: JSONObject = ["entryMethod": entryMethod.json]
        for warning in warnings {
            let (key, value) = warning.kept(because: .notSaid)
            about[key] = value
        }
        let written = try desk.log(kind.rawValue, set: set, about: about, words: note)
        var reply = try DeskWords(desk: desk).saved(
            written, for: name, where: place, unclear: warnings)
        if note != nil { reply.say("The note was saved with it.") }
        return reply
    }
}

extension DeviceHome {
    /// Recording in the diary that new entries of the patient go to.
    func recording() throws -> Recording {
        let (desk, diary) = try desk()
        return Recording(desk: desk, name: diary.name)
    }

    /// The number that is rung first: the plan's where the clinic says one, else the one said at the start.
    func emergencyNumber() throws -> String {
        let diary = try diary()
        let zone = try zone(of: diary.id)
        return try database.read { transaction in
            let plans = try Reading(transaction, diary: diary.id, zone: zone).plans()
            let said = try transaction.setting(Self.emergencySetting, in: diary.id)?.stringValue
            return plans.emergencyPhone ?? said ?? "112"
        }
    }
}

/// What stands before everything else wherever a reaction is spoken of.
struct EmergencyWords {
    let number: String

    /// The sentence; which signs it names is domain 2.4's.
    var sentence: String {
        "EMERGENCY \(number) for trouble breathing, swelling of face or throat, fainting, "
            + "chest pain, sudden weakness of one side."
    }

    /// Says it first, whatever comes of the rest.
    func first(of command: String, _ body: () throws -> Reply) -> Reply {
        var reply: Reply
        do { reply = try body() } catch { reply = Output.failure(error, of: command) }
        reply.lines.insert(sentence, at: 0)
        reply.json["emergency"] = .string(number)
        return reply
    }
}
