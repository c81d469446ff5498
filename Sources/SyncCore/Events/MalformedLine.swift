/// Why bytes are no event, whatever else a store holds.
public enum MalformedLine: Error, Equatable, Sendable {
    case json(CanonicalJSONError)
    /// Longer than `EventLine.lengthLimit`.
    case tooLong
    /// Not exactly `body` or `erased`, and `event`.
    case lineMembers
    case missingMember
    case neitherOrBothOfKindAndEntry
    case contextOfAnEntryNotYetBegun
    /// `key`, `nonce` and kind `replica` stand at seq 1 and only there; `prev` everywhere else.
    case introductionMembers
    /// The replica's name is not that of this diary, key and nonce.
    case foreignReplica
    /// The body's bytes do not match the hash in the envelope.
    case bodyHash
    /// The body has no `salt` or no `set`.
    case bodyMembers
    /// `fields` does not name what `set` sets.
    case fieldsDiffer
    /// `seq` is not one above that of `prev`, or `prev` is of another log.
    case brokenLink
    /// `entry` names an event that began no entry.
    case entryNotBegunThere
    /// `context` names an event of another entry.
    case contextOfAnotherEntry
}
