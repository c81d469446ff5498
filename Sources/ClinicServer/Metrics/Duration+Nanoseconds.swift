extension Duration {
    /// Whole nanoseconds, as instruments take them.
    var nanoseconds: Int64 {
        components.seconds &* 1_000_000_000 &+ components.attoseconds / 1_000_000_000
    }
}
