import SyncCore

/// A person of the diary, as far as an export names one.
struct ExportedPerson: Sendable {
    let entry: EntryID
    /// Every role that is said, as text, in byte order.
    let roles: [String]
    /// The settled role, where it is one that is known.
    let role: Role?
    /// Every name that somebody gave, in byte order.
    let names: [String]
    /// The entry was begun on a log of the clinic.
    let isOfClinic: Bool

    init(_ entry: ExportedEntry, clinicReplicas: Set<ReplicaID>) {
        self.entry = entry.id
        roles = Self.texts(entry.said(Vocabulary.role))
        role = entry.settled(Vocabulary.role).flatMap { Role(json: $0) }
        names = Self.texts(entry.said("name"))
        isOfClinic = clinicReplicas.contains(entry.view.entry.replica)
    }

    private static func texts(_ said: [JSONValue]) -> [String] {
        Set(said.compactMap { PrintedText(json: $0) }).sorted().map(\.text)
    }
}
