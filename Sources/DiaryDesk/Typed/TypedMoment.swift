public import DiaryModel

/// When something happened, as a person types it: `09:05`, `sunday 09:05`, `2026-03-29T09:05`, `now`,
/// `2026-03-29`, `unknown`.
public struct TypedMoment: Sendable {
    public let moment: Moment
    /// The clocks were put forward or back then; which reading was taken.
    public let warning: WarningCode?

    /// - Parameters:
    ///   - day: the day a bare time of day belongs to.
    ///   - now: the clock, in milliseconds.
    /// - Throws: `DeskError.refused` with what is understood.
    public init(_ typed: String, day: CivilDate, now: Int64, zone: TZif) throws {
        let text = typed.trimmed.lowercased()
        if text == "now" {
            moment = Moment(ms: now, in: zone)
            warning = nil
            return
        }
        var parts = text.split(separator: " ").map(String.init)
        var date = day
        if parts.count == 2, let named = DayName.date(parts[0], today: zone.day(atMs: now)) {
            date = named
            parts.removeFirst()
        }
        let wall =
            WallTime(typed.trimmed.uppercased())
            ?? parts.first.flatMap { parts.count == 1 ? WallTime("\(date)T\($0.padded)") : nil }
        guard let wall else { throw Self.refusal(typed) }
        if let resolved = zone.resolve(wall) {
            moment = Moment(resolved.standard, zone: zone.name)
            warning = resolved.warning
        } else if let bare = Moment(bare: wall, zone: zone.name) {
            moment = bare
            warning = nil
        } else {
            throw Self.refusal(typed)
        }
    }

    private static func refusal(_ typed: String) -> DeskError {
        .refused([
            .init(
                field: "time", code: Rejection.Code.malformed.rawValue,
                sentence: "“\(typed)” is no time I can read. Type 09:05, sunday 09:05, "
                    + "2026-03-29T09:05, a day alone, or now.")
        ])
    }
}

extension String {
    var trimmed: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// `9:05` as `09:05`.
    var padded: String { utf8.count == 4 && contains(":") ? "0" + self : self }
}
