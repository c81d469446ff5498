extension Sequence where Element: StringProtocol {
    /// Without what the last sync noted of the clock: where the end of the log is gone that is of the
    /// sync before, and true of that. Nothing but that note was in what is gone.
    var lasting: [Element] { filter { !$0.contains("device clock wrong") } }
}
