import SyncCore

/// Entries in groups that can be joined; a group is named by its smallest id.
struct EntryGroups {
    private var parents: [EntryID: EntryID] = [:]

    init(_ entries: [EntryID]) {
        for entry in entries { parents[entry] = entry }
    }

    /// The name of an entry's group; an entry that is not held is its own.
    func name(of entry: EntryID) -> EntryID {
        var current = entry
        while let parent = parents[current], parent != current { current = parent }
        return current
    }

    /// Joins two groups, where both are held.
    mutating func join(_ one: EntryID, _ other: EntryID) {
        guard parents[one] != nil, parents[other] != nil else { return }
        let (left, right) = (name(of: one), name(of: other))
        guard left != right else { return }
        parents[max(left, right)] = min(left, right)
    }

    /// All groups, members in order of their ids, none of them empty.
    var all: [[EntryID]] {
        var groups: [EntryID: [EntryID]] = [:]
        for entry in parents.keys.sorted() { groups[name(of: entry), default: []].append(entry) }
        return groups.sorted { $0.key < $1.key }.map(\.value)
    }
}
