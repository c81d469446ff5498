import DiaryModel
import SyncCore

/// A time is changed on the clock on which it was said: `end=08:40` of an infusion in London is 08:40 in
/// London, wherever whoever types it is, and to whatever zone their computer is set.
extension TypedChange {
    func timeValue(from base: JSONValue?, _ context: FormContext) throws -> JSONValue {
        guard var value = base.flatMap({ TimeValue(json: $0) }) else {
            return TimeValue(start: try moment(on: context.today, context, context.zone)).json
        }
        guard let zone = context.zone(of: value.start) else {
            throw DeskError.notPossible(
                "its time is in the zone \(value.start.zone?.text ?? "?"), and this computer has no "
                    + "rules of that zone; update the package tzdata, or amend it on a device that "
                    + "has them")
        }
        let typed = try moment(on: value.start.wall.date, context, zone)
        if name.split(separator: ".").last == "end" {
            value.end = .value(typed)
        } else {
            value.start = typed
        }
        return value.json
    }

    private func moment(
        on day: CivilDate, _ context: FormContext, _ zone: TZif
    ) throws -> Moment {
        try TypedMoment(text, day: day, now: context.now, zone: zone).moment
    }
}

extension FormContext {
    /// The rules of the zone in which a moment was said; nil where this computer has none of it.
    func zone(of moment: Moment) -> TZif? {
        guard let name = moment.zone?.text, name != zone.name else { return zone }
        return ZoneFiles().rules(named: name)
    }

    /// The same on the clock of an entry's own time, where it has one whose rules are known.
    func onClock(of view: EntryView) -> FormContext {
        let said = view.fields["time"]?.candidates.first?.value.json
        guard let start = said.flatMap({ TimeValue(json: $0) })?.start,
            let zone = zone(of: start)
        else { return self }
        return FormContext(now: now, zone: zone, catalogue: catalogue, people: people)
    }
}
