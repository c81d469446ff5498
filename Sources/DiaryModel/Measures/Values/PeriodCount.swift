public import SyncCore

/// How often something was, or how many days of it, in a period; 0 is an answer.
public struct PeriodCount: DiaryValue {
    public var count: Said<Int64>
    /// The period's first day.
    public var from: Said<PrintedDay>
    /// Its last day, which belongs to it.
    public var to: Said<PrintedDay>
    public var entryMethod: EntryMethod?

    public init(_ count: Int64, from: CivilDate, to: CivilDate) {
        self.count = .value(count)
        self.from = .value(PrintedDay(from))
        self.to = .value(PrintedDay(to))
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let count: Said<Int64>? = reader.member("count")
        let from: Said<PrintedDay>? = reader.member("from")
        let to: Said<PrintedDay>? = reader.member("to")
        entryMethod = reader.member("entryMethod")
        guard reader.isWhole, let count, let from, let to else { return nil }
        self.count = count
        self.from = from
        self.to = to
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("count", count)
        object.set("from", from)
        object.set("to", to)
        object.set("entryMethod", entryMethod)
        return .object(object)
    }

    /// The days of the period, both ends among them; nil where one is not known or it ends before it
    /// begins.
    public var days: ClosedRange<CivilDate>? {
        guard let from = from.value?.date, let to = to.value?.date, from <= to else { return nil }
        return from...to
    }
}

/// A calendar day as it stands on the wire, `YYYY-MM-DD`.
public struct PrintedDay: DiaryValue {
    public let date: CivilDate

    public init(_ date: CivilDate) { self.date = date }

    public init?(json: JSONValue) {
        guard let date = json.stringValue.flatMap({ CivilDate($0) }) else { return nil }
        self.date = date
    }

    public var json: JSONValue { .string(date.description) }
}
