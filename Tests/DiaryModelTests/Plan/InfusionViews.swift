import DiaryModel
import SyncCore

/// An infusion of one vial of so many milligrams, as one event says it.
///
/// - Parameters:
///   - number: its entry id ends in it.
///   - when: a day, 09:00 UTC then, or a UTC time; a month is a bare month.
func infusion(
    _ number: UInt8, _ when: String, milligrams: Int64 = 32_000, zone: HandwrittenZone = .london,
    _ more: JSONObject = [:]
) -> EntryView? {
    var set: JSONObject = ["status": "active", "route": "sc", "outcome": ["code": "completed"]]
    set["time"] = time(when, zone)
    if milligrams > 0 {
        set["vials.1"] = [
            "count": 1, "lot": .string("L\(number)"), "product": "hizentra",
            "vialMicrolitres": 20_000, "vialMilligrams": .integer(milligrams),
        ]
    }
    for member in more.members { set[member.key] = member.value }
    return view(number, set)
}

/// An entry that says a dose was not given.
func notDone(_ number: UInt8, _ when: String, _ reason: String = "fever_or_infection") -> EntryView?
{
    view(
        number,
        [
            "status": "active", "outcome": ["code": "not_done", "reason": .string(reason)],
            "time": time(when, .london) ?? .null,
        ])
}

/// The value of `time`: at 09:00 UTC of a day, at a UTC time to the minute, or a bare month.
func time(_ when: String, _ zone: HandwrittenZone) -> JSONValue? {
    guard let wall = WallTime(when) else { return nil }
    switch wall.precision {
    case .month: return Moment(bare: wall, zone: zone.name).map { TimeValue(start: $0).json }
    case .day: return TimeValue(start: moment("\(when)T09:00", zone)).json
    case .hour, .minute: return TimeValue(start: moment(when, zone)).json
    }
}

/// An entry of kind infusion that one event says.
func view(_ number: UInt8, _ set: JSONObject) -> EntryView? {
    guard let id = entry(number),
        let replica = ReplicaID(octets: [UInt8](repeating: 0, count: 16))
    else { return nil }
    return EntryView(
        alone: Position(replica: replica, seq: Int(number) + 1, id: id), kind: "infusion",
        set: set, at: Timestamp(milliseconds: 0, offset: 0))
}

/// All these infusions, in the days of London.
func ledger(_ views: [EntryView?], zone: HandwrittenZone = .london) -> InfusionLedger {
    InfusionLedger(views.compactMap(\.self), zone: zone)
}

/// Infusions of so many grams on successive weeks from a day on; 0 is none.
func weeks(_ grams: [Int64], from: String) -> [EntryView?] {
    grams.enumerated().map { week, grams in
        let date = day(from).adding(days: 7 * week)
        return grams == 0
            ? nil : infusion(UInt8(week + 1), date.description, milligrams: grams * 1000)
    }
}

extension DoseSchedule {
    /// `2026-03-02 given`, one line for each slot.
    var told: [String] { slots.map { "\($0.date) \($0.stateWords)" } }
    /// The days of the slots.
    var dates: [String] { slots.map { $0.date.description } }
}
