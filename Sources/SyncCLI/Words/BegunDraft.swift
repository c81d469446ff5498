import DiaryDesk
import DiaryModel

/// A draft that a person goes on with, its times read as on the day on which it was begun.
struct BegunDraft {
    static let timeNames: Set<String> = ["start", "end", "day"]

    let draft: Draft
    private let times: TypedTimes
    /// The day on which it was begun, if not today.
    private let earlier: CivilDate?

    /// Offers the draft of a kind to who says `said`.
    ///
    /// - Parameters:
    ///   - times: those of `said`, by their dates.
    ///   - command: what is typed to be offered it.
    ///   - isOther: whether what was said is of something else than a draft, whatever else it says.
    /// - Returns: nil where there is none to go on with.
    static func offered(
        _ kind: String, to said: Draft, _ times: TypedTimes, command: String, at desk: Desk,
        _ terminal: Terminal, isOther: (Draft) -> Bool = { _ in false }
    ) throws -> BegunDraft? {
        guard let draft = try desk.draft(kind) else { return nil }
        guard !draft.isPart(of: said) else {
            try desk.beginDraft(kind, said)
            return nil
        }
        let begun = try BegunDraft(draft, kind, at: desk)
        // Who says something else at once has not come back to it.
        guard !draft.contradicts(said), !begun.times.contradicts(times), !isOther(draft) else {
            Output.complain(
                "You had begun another one. It stays, and the next  \(command)  offers it;"
                    + " what you answer now is kept when it is saved.")
            return nil
        }
        let day = begun.earlier.map { " on \($0.longWords)" } ?? ""
        let question = "You had begun one\(day). Go on with it?"
        guard let goesOn = terminal.answer(question, default: true) else {
            throw Refused.unanswered
        }
        if goesOn { return begun }
        try desk.forgetDraft(kind)
        return nil
    }

    private init(_ draft: Draft, _ kind: String, at desk: Desk) throws {
        self.draft = draft
        let begun = try desk.draftBegun(kind) ?? desk.clock.now
        let day = desk.zone.day(atMs: begun)
        earlier = day == desk.today ? nil : day
        var times = TypedTimes(
            start: draft["start"], end: draft["end"], day: draft["day"])
        // What nobody can read, or is of two days, was refused when it was typed.
        if let typed = times.day, DayName.date(typed, today: day) == nil { times.day = nil }
        times = times.dated(now: begun, zone: desk.zone)
        func read(_ typed: String) -> Moment? {
            try? TypedMoment(typed, day: day, now: begun, zone: desk.zone).moment
        }
        times.end = times.end.flatMap { read($0) == nil ? nil : $0 }
        times.start = times.start.flatMap { typed in
            guard let moment = read(typed) else { return nil }
            return times.day == nil || times.day == "\(moment.wall.date)" ? typed : nil
        }
        self.times = times
    }

    /// What was said, and what it leaves open as the draft has it.
    func completing(_ said: TypedTimes) -> TypedTimes {
        TypedTimes(
            start: said.start ?? times.start, end: said.end ?? times.end, day: said.day ?? times.day
        )
    }

    /// The day that times are about which name none, if that is not today.
    func day(of times: TypedTimes) -> CivilDate? {
        times.start == nil && times.day == nil ? earlier : nil
    }
}
