import DiaryModel
import DiaryStore
public import SyncCore

extension Desk {
    /// Signs a version of a plan: the first one begins the entry, every further one amends it.
    ///
    /// - Parameters:
    ///   - entry: the plan entry that gets a new version; nil begins one.
    ///   - seen: with what view of it: what the signer was shown.
    /// - Throws: `DeskError.notPossible` where the diary has a plan that this one would stand beside
    ///   without naming it; `.moreHasCome`, `.notAllowed`, `.refused`.
    public func sign(
        _ plan: JSONValue, as entry: EntryID?, reason: String, words: String? = nil,
        seen: Seen = .lastPrinted
    ) throws -> Written<Saved> {
        if let entry {
            return try amend(
                entry, set: ["plan": plan], reason: reason, words: words, seen: seen)
        }
        let others = try database.read {
            try Reading($0, diary: diary, zone: zone).plans().entries
        }
        let sibling = plan["siblingPlan"].flatMap { EntryID(json: $0) }
        guard others.isEmpty || (others.count == 1 && others.first?.entry == sibling) else {
            throw DeskError.notPossible(
                "this diary has a plan already; a new version amends it, and a second plan beside "
                    + "it names it with --sibling")
        }
        return try log(EntryKind.plan.rawValue, set: ["plan": plan], words: words)
    }
}
