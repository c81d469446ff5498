internal import DiaryModel
internal import DiaryStore
internal import SyncCore

/// What a planned act is once ids are known.
extension PatientRun {
    /// An event, and the planned entry it is of.
    struct Draft {
        let event: EventDraft
        let entry: EntryNumber?
    }

    /// The event of an act as its writer's store has what it names; nil if its entry is not there.
    func draft(_ act: PlannedAct, in store: some HeldEvents) throws -> Draft? {
        switch act.deed {
        case .begin(let number, let kind, let words):
            let (set, about) = try named(words, in: store)
            return Draft(event: .begin(kind.rawValue, set: set, about: about), entry: number)
        case .amend(let number, let words, let seen):
            guard let entry = events[number]?.first, try store.held(entry) != nil else {
                return nil
            }
            let (set, about) = try named(words, in: store)
            return Draft(
                event: EventDraft(
                    .entry(entry), context: try context(of: number, entry, seen, in: store),
                    set: set, about: about), entry: number)
        case .link(let one, let other, let counts, let seen):
            return try link(one, other, counts: counts, seen, in: store)
        case .close(let device, let reason):
            return try closing(of: device, because: reason, in: store).map {
                Draft(event: $0, entry: nil)
            }
        }
    }

    /// Keeps what was written, so that later acts can name it.
    mutating func note(_ drafts: [Draft?], _ positions: [Position?]) {
        for (draft, position) in zip(drafts, positions) {
            guard let position else {
                skipped += 1
                continue
            }
            if let number = draft?.entry { events[number, default: []].append(position) }
        }
    }

    private func link(
        _ one: EntryNumber, _ other: EntryNumber, counts: EntryNumber?, _ seen: PlannedAct.Seen,
        in store: some HeldEvents
    ) throws -> Draft? {
        guard let left = events[one]?.first, let right = events[other]?.first,
            try store.held(left) != nil, try store.held(right) != nil
        else { return nil }
        let (entry, field) = Vocabulary.link(left.id, right.id)
        let isLeft = entry == left.id
        let number = isLeft ? one : other
        let position = isLeft ? left : right
        var value: JSONObject = ["because": "said", "value": "different"]
        if let counts {
            value["value"] = "same"
            value["counts"] = .string((counts == one ? left : right).id.text)
        }
        return Draft(
            event: EventDraft(
                .entry(position), context: try context(of: number, position, seen, in: store),
                set: [field: .object(value)]), entry: number)
    }

    // MARK: Contexts

    private func context(
        of number: EntryNumber, _ entry: Position, _ seen: PlannedAct.Seen,
        in store: some HeldEvents
    ) throws -> [Position] {
        switch seen {
        case .everything: try context(of: entry, in: store)
        case .beginning: [entry]
        case .versions(let count):
            try store.tops(of: Array((events[number] ?? []).prefix(count))).positions
        }
    }

    /// The context of the page that a store would show of an entry.
    func context(of entry: Position, in store: some HeldEvents) throws -> [Position] {
        guard let held = try store.held(entry) else { return [] }
        let view = try EntryView(
            of: store.events(ofEntry: held.entry), in: store, standing: Standing(of: store))
        return view?.context ?? [entry]
    }

    // MARK: Names

    private func named(
        _ words: Words, in store: some HeldEvents
    ) throws -> (set: JSONObject, about: JSONObject) {
        var set = words.set
        var about = words.about
        for name in words.names {
            switch name {
            case .entry(let number, let path):
                guard let id = events[number]?.first?.id else { continue }
                set = set.setting(.string(id.text), at: path)
            case .planVersion: set["planVersion"] = try planVersion(in: store)?.json
            case .movedFrom(let patient, let index):
                guard let from = moved.entry(index, of: patient) else { continue }
                about["movedFrom"] = [
                    "diary": .string(from.diary.text), "entry": .string(from.entry.text),
                ]
            }
        }
        return (set, about)
    }

    /// The last version that a store holds and nobody disputes.
    private func planVersion(in store: some HeldEvents) throws -> Position? {
        let versions = events[plan.planEntry] ?? []
        for (number, version) in zip(plan.planVersions, versions).reversed()
        where !number.isDisputed {
            if try store.held(version) != nil { return version }
        }
        return nil
    }
}
