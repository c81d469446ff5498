/// Why bytes are no event, whatever else a store holds.
public enum MalformedLine: Error, Equatable, Sendable {
    case json(CanonicalJSONError)
    /// Longer than `EventLine.lengthLimit`.
    case tooLong
    case missingMember
    case neitherOrBothOfKindAndEntry
    case contextOfAnEntryNotYetBegun
    /// `key`, `nonce` and kind `replica` stand at seq 1 and only there; `prev` everywhere else.
    case introductionMembers
    /// `key` is one that anybody could sign for.
    case weakKey
    /// The replica's name is not that of this diary, key and nonce.
    case foreignReplica
    /// The body's bytes do not match the hash in the envelope.
    case bodyHash
    /// The body has no `salt` or no `set`.
    case bodyMembers
    /// `fields` does not name what `set` sets.
    case fieldsDiffer
}
