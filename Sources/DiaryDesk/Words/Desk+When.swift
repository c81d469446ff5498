public import DiaryModel

/// Times as they are said to the person at this desk.
extension Desk {
    public func when(_ moment: Moment) -> WhenWords { WhenWords(moment, for: hereAndNow) }

    /// A moment of the desk's own clock, or of another that is shown beside it.
    public func when(_ ms: Int64) -> WhenWords {
        WhenWords(zone.wall(atMs: ms), for: hereAndNow)
    }

    private var hereAndNow: HereAndNow { HereAndNow(zone, atMs: clock.now) }
}
