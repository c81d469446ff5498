package import DiaryModel
package import SyncCore

/// The number of an entry in its patient's plan, in the order of planning. Ids come when it is written.
package typealias EntryNumber = Int

/// Who writes: a device by its number among the patient's, or a member of staff at the clinic.
package enum Writer: Sendable, Hashable {
    case device(Int)
    case staff(String)
}

/// One thing that somebody writes at one moment.
package struct PlannedAct: Sendable, Hashable {
    /// When it truly is, in milliseconds; the writer's clock may show something else.
    package var ms: Int64
    package var writer: Writer
    package var deed: Deed

    package enum Deed: Sendable, Hashable {
        case begin(EntryNumber, EntryKind, Words)
        case amend(EntryNumber, Words, seen: Seen)
        /// Two entries are one, and which counts; or, with nil, they are two.
        case link(EntryNumber, EntryNumber, counts: EntryNumber?, seen: Seen)
        /// The clinic closes a device, by its number.
        case close(device: Int, because: String)
    }

    /// What its writer had seen of the entry.
    package enum Seen: Sendable, Hashable {
        /// All that the writer's store holds.
        case everything
        /// A page that was opened before anybody wrote more: the beginning alone.
        case beginning
        /// As it was after these events of the plan: a plan's earlier version.
        case versions(upTo: Int)
    }
}

/// The fields of an event before the ids are known that it names.
package struct Words: Sendable, Hashable {
    package var set: JSONObject
    package var about: JSONObject
    package var names: [Naming]

    package init(set: JSONObject, about: JSONObject = [:], names: [Naming] = []) {
        self.set = set
        self.about = about
        self.names = names
    }

    /// A member that names what has an id only once it is written.
    package enum Naming: Sendable, Hashable {
        /// The id of an entry, at this path into `set`.
        case entry(EntryNumber, at: [String])
        /// The plan's version that the writer could see.
        case planVersion
        /// The entry in the diary of another patient that this was moved from.
        case movedFrom(patient: Int, EntryNumber)
    }
}

extension JSONObject {
    /// Sets a member at a path, making the objects on the way.
    func setting(_ value: JSONValue, at path: some Collection<String>) -> JSONObject {
        guard let key = path.first else { return self }
        var object = self
        let rest = path.dropFirst()
        if rest.isEmpty {
            object[key] = value
        } else {
            let inner = object[key]?.objectValue ?? [:]
            object[key] = .object(inner.setting(value, at: rest))
        }
        return object
    }
}
