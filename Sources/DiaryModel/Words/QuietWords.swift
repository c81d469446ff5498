/// A patient's silence for a person who may telephone: what is missing, then what may be behind it.
public struct QuietWords: Sendable {
    private let quiet: Quiet

    public init(_ quiet: Quiet) { self.quiet = quiet }

    /// "tablet not heard for 22 days", "nothing of the dose due Sunday 29 March, 9 days ago".
    public var missing: [String] {
        let parts = quiet.silentDevices.map { device in
            let silence = HeardWords(heardMs: device.heardMs, askedMs: quiet.askedMs).silence
            let closed = device.state == .revoked ? " (closed, still waited for)" : ""
            return "\(device.label.text) \(silence)\(closed)"
        }
        return parts + [Self.words(quiet.unwritten, today: quiet.today)].compactMap(\.self)
    }

    /// What may be behind it, a line each; and what was last heard.
    public var reasons: [String] {
        var lines: [String] = []
        if !quiet.unwritten.isEmpty {
            lines.append(
                quiet.coverage.devices.isEmpty
                    ? "There is no device: what is on paper has to be typed."
                    : "All devices were heard after that: not given, or not written down.")
        }
        let unsent = quiet.perhapsUnsent
        if let first = unsent.first {
            lines.append(
                unsent.count == 1
                    ? "The dose due \(first.date.words) may be written on a device and not sent."
                    : "\(unsent.count) doses from \(first.date.words) on may be written on a "
                        + "device and not sent.")
        }
        if case .notComputed(let obstacle) = quiet.plan { lines.append(obstacle.words) }
        if quiet.plan == .none { lines.append("There is no plan: what is due is not known.") }
        lines += quiet.questions.map(\.words)
        return lines + [last].compactMap(\.self)
    }

    /// "Last word: Sunday 22 March, not done: travelling."
    public var last: String? {
        if let slot = quiet.lastWord {
            return "Last word: \(slot.date.words), \(slot.stateWords)."
        }
        return quiet.lastInfusion.map { "Last infusion: \($0.words)." }
    }

    /// "nothing of the dose due Sunday 29 March, 9 days ago"; nil where there is none.
    private static func words(_ doses: [DueSlot], today: CivilDate) -> String? {
        guard let first = doses.first else { return nil }
        let ago = "\(CountWords.of(today.days(since: first.date), "day")) ago"
        guard doses.count > 1 else {
            return "nothing of the dose due \(first.date.words), \(ago)"
        }
        return "nothing of \(doses.count) doses since that of \(first.date.words), \(ago)"
    }
}
