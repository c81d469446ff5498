import DiaryStore
public import DiaryModel
public import SyncCore

/// A person of a diary: an entry like any other, amended like any other.
public struct Person: Sendable, Hashable {
    public let entry: EntryID
    /// The settled name, or every name somebody gave.
    public let name: String
    public let role: Role?
    /// Whether the name was given on a clinic's log.
    public let isOfClinic: Bool
    /// Whether nobody gave another name.
    public let hasOneName: Bool
    /// Whether the person's entry is voided: what they wrote stays theirs.
    public let isVoided: Bool

    /// Whether that is their name, in whatever capitals.
    public func isCalled(_ name: String) -> Bool { self.name.lowercased() == name.lowercased() }
}

/// Who is who in a diary: people by their entries, devices by their replicas.
public struct PeopleBook: Sendable {
    public private(set) var people: [Person] = []
    private var labels: [ReplicaID: String] = [:]
    private var roles: [ReplicaID: Role] = [:]
    private let standing: Standing

    init(in desk: Reading) throws {
        standing = desk.standing
        for summary in try desk.transaction.entries(
            in: desk.diary, kinds: [Vocabulary.personKind], newestFirst: false)
        {
            guard let view = try desk.view(of: summary.position) else { continue }
            let names = (view.fields["name"]?.candidates ?? []).map {
                $0.value.json?.stringValue ?? "(erased)"
            }
            people.append(
                Person(
                    entry: summary.position.id,
                    name: names.isEmpty ? "(no name)" : Self.joined(names),
                    role: view["role"]?.stringValue.flatMap(Role.init(rawValue:)),
                    isOfClinic: standing.clinicReplicas.contains(view.entry.replica),
                    hasOneName: Set(names).count == 1, isVoided: view.status == .voided))
        }
        try readLabels(in: desk)
    }

    private mutating func readLabels(in desk: Reading) throws {
        for summary in try desk.transaction.entries(
            in: desk.diary, kinds: [Vocabulary.replicaKind], newestFirst: false)
        {
            guard let view = try desk.view(of: summary.position) else { continue }
            let names = (view.fields[Vocabulary.label]?.candidates ?? []).map {
                $0.value.json?.stringValue ?? "(erased)"
            }
            if !names.isEmpty { labels[summary.position.replica] = Self.joined(names) }
            roles[summary.position.replica] = view[Vocabulary.role].flatMap { Role(json: $0) }
        }
    }

    private static func joined(_ names: [String]) -> String {
        var seen: [String] = []
        for name in names where !seen.contains(name) { seen.append(name) }
        return seen.joined(separator: " or ")
    }

    public func person(_ entry: EntryID?) -> Person? { people.first { $0.entry == entry } }

    public func people(named name: String) -> [Person] {
        people.filter { !$0.isVoided && $0.isCalled(name) }
    }

    /// What a device calls itself; a copy has the name of the device it continues.
    public func device(_ replica: ReplicaID) -> String {
        if let label = labels[replica] { return label }
        let first = standing.firstReplicas(of: replica).sorted().compactMap { labels[$0] }.first
        return first.map { $0 + "'s copy" } ?? "a device"
    }

    /// What the clinic took a device in as; nil where it has not, or is not of one mind.
    public func role(ofDevice replica: ReplicaID) -> Role? {
        let known = Set(
            standing.firstReplicas(of: replica).union([replica]).compactMap { roles[$0] })
        return known.count == 1 ? known.first : nil
    }

    /// `Anna, patient, laptop`: who wrote an event, as far as that is known.
    ///
    /// A device's claim about its author is a claim: a person of the clinic named on another log is only
    /// said to have written it.
    public func author(_ author: EntryID?, on replica: ReplicaID) -> String {
        let device = device(replica)
        guard let person = person(author) else { return device }
        let role = person.role.map { ", \($0.rawValue)" } ?? ""
        let claimed = person.isOfClinic && !standing.clinicReplicas.contains(replica)
        return (claimed ? "said to be " : "") + person.name + role + ", " + device
    }

    /// `Ben, carer`: as `author`, without the device.
    public func shortAuthor(_ author: EntryID?, on replica: ReplicaID) -> String {
        guard let person = person(author) else { return device(replica) }
        return person.name + (person.role.map { ", \($0.rawValue)" } ?? "")
    }
}
