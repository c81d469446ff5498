import SyncCore

extension InfusionCheck {
    private static let longestMs: Int64 = 72 * 3_600_000

    mutating func checkTime() {
        guard let time = infusion.time else { return }
        if let atMs = context.atMs,
            let warning = Lateness(start: time.start, writtenMs: atMs)?.warning
        {
            warn(warning, "time", time.start.json)
        }
        let moments = [time.start, time.end?.value].compactMap(\.self)
        if moments.contains(where: { $0.clock == .suspect }) {
            warn(.clockSuspect, "time", time.start.json)
        }
        guard let difference = time.instantDifferenceMs else { return }
        if isCertainlyTyped(time), difference < 0 || difference > Self.longestMs {
            reject(
                .impossible, "time",
                difference < 0
                    ? "The end lies before the start; correct one, or leave the end out."
                    : "That is longer than 72 hours; correct one end, or leave the end out.",
                stored: difference < 0 ? .endBeforeStart : .durationLong)
            return
        }
        if difference < 0 { warn(.endBeforeStart, "time") }
        guard let length = time.length.ms else { return }
        if length > Self.longestMs { warn(.durationLong, "time") }
        if isUnderTheSkin, length > 12 * 3_600_000 { warn(.scLong, "time", also: ["route"]) }
        if infusion.route?.value == .iv, length < 30 * 60_000 {
            warn(.ivShort, "time", also: ["route"])
        }
    }

    /// Both walls were typed, in one zone, and its clocks were not changed in between.
    private func isCertainlyTyped(_ time: TimeValue) -> Bool {
        guard context.wallsWereTyped, let end = time.end?.value else { return false }
        return time.start.zone == end.zone && time.start.offset == end.offset
            && time.start.clock == .ok && end.clock == .ok
    }
}
