extension LogTree {
    /// What a store with this tree holds: the tips of all its logs.
    public var frontier: VectorClock { VectorClock(tips) }
}
