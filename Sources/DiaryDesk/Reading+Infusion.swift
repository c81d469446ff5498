public import DiaryModel
import DiaryStore
public import SyncCore

extension Reading {
    /// The infusion a person means by a handle, a day, or `last`: the last one that was done.
    ///
    /// - Throws: `DeskError.noSuchEntry`, `.ambiguous`, or `.refused` where it is no infusion.
    public func infusion(named typed: String, today: CivilDate) throws -> EntryView {
        let kind = EntryKind.infusion.rawValue
        if typed.trimmed.lowercased() == "last" {
            guard let last = try lastInfusion() else { throw DeskError.noSuchEntry(typed) }
            return last
        }
        if let day = DayName.date(typed.trimmed, today: today) {
            let found = try transaction.entries(in: diary, kinds: [kind]).filter {
                try $0.status != .voided && mayBe($0, on: day)
            }
            guard let first = found.first, let view = try view(of: first.position) else {
                throw DeskError.noSuchEntry(typed)
            }
            guard found.count == 1 else {
                throw DeskError.ambiguous(typed, found.map(\.position.id))
            }
            return view
        }
        let entry = try entry(named: typed.trimmed, today: today)
        guard let view = try view(of: entry) else { throw DeskError.noSuchEntry(typed) }
        guard view.kind == kind else {
            throw DeskError.refused([
                .init(
                    field: "infusion", code: Rejection.Code.notInList.rawValue,
                    sentence:
                        "\(Handle(of: entry)) is no infusion. Say the infusion by its handle, "
                        + "by its day, last, or not_sure.")
            ])
        }
        return view
    }

    /// The infusion that was the last, of those that stand and were done: by when it was, not by when it
    /// was typed.
    func lastInfusion(where isMeant: (EntryView) -> Bool = { _ in true }) throws -> EntryView? {
        for summary in try entries(of: .infusion) where summary.status == .active {
            if let view = try view(of: summary.position), !view.isNotDone, isMeant(view) {
                return view
            }
        }
        return nil
    }
}

extension EntryView {
    /// Whether it says of itself that it was not done.
    var isNotDone: Bool {
        Infusion(fields: settledFields).outcome?.code == .notDone
    }
}

extension ReactionForm.Of {
    /// What a person says a reaction belongs to: an infusion, or that they are not sure.
    ///
    /// - Throws: as `Reading.infusion(named:today:)`.
    public init(_ typed: String, in reading: Reading, today: CivilDate) throws {
        if ["notsure", "unknown"].contains(TypedValue.folded(typed)) {
            self = .notSure
            return
        }
        let view = try reading.infusion(named: typed, today: today)
        self = .infusion(view.entry.id, sites: Infusion(fields: view.settledFields).sites ?? [])
    }
}

extension TypedChange {
    /// The same change with the id of the infusion that it names by a handle, a day or `last`.
    public func naming(in reading: Reading, _ view: EntryView, today: CivilDate) throws
        -> TypedChange
    {
        guard view.kind == EntryKind.reaction.rawValue, name == "infusion",
            AnswerWord(rawValue: text) == nil, text != "none"
        else { return self }
        switch try ReactionForm.Of(text, in: reading, today: today) {
        case .notSure: return TypedChange(name: said, text: "not_sure")
        case .infusion(let entry, _): return TypedChange(name: said, text: entry.text)
        }
    }
}

extension Desk {
    /// The same change with the id of the infusion that it names, for who is not looking yet.
    public func naming(_ change: TypedChange, _ view: EntryView) throws -> TypedChange {
        try database.read {
            try change.naming(
                in: Reading($0, diary: diary, zone: zone), view, today: today)
        }
    }
}
