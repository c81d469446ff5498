import SyncCore

extension InfusionCheck {
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
        if difference < 0 { warn(.endBeforeStart, "time") }
        guard let length = time.length.ms else { return }
        if length > TimeValue.longestMs { warn(.durationLong, "time") }
        if isUnderTheSkin, length > 12 * 3_600_000 { warn(.scLong, "time", also: ["route"]) }
        if infusion.route?.value == .iv, length < 30 * 60_000 {
            warn(.ivShort, "time", also: ["route"])
        }
    }
}
