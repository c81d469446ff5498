import SyncCore

/// When an entry happened by all that is said of it, and when it was written.
struct Occurrence {
    /// The starts said, each once; several while people disagree.
    let starts: [Moment]
    /// Some time stands there that cannot be read here, or none does.
    let isDoubtful: Bool
    /// When its first event was written, by that device's clock, in milliseconds.
    let writtenMs: Int64
    private let entry: EntryID

    /// From all values of the field `time`; nil is one that was erased.
    init(of entry: Position, starts said: [JSONValue?], writtenMs: Int64) {
        self.entry = entry.id
        self.writtenMs = writtenMs
        let read = said.map { json in json.flatMap { TimeValue(json: $0) }?.start }
        var starts: [Moment] = []
        for moment in read.compactMap(\.self) where !starts.contains(moment) {
            starts.append(moment)
        }
        self.starts = starts.sorted {
            ($0.sortingMs(), $0.wall.description) < ($1.sortingMs(), $1.wall.description)
        }
        isDoubtful = read.isEmpty || read.contains(nil)
    }

    /// Whether it may have happened on that day or later, wherever it was.
    func mayLie(onOrAfter day: CivilDate) -> Bool {
        isDoubtful
            || starts.contains { start in
                let wall = start.precision == .month ? start.wall.date.endOfMonth : start.wall.date
                return wall >= day || start.ms.map { UniversalTime(ms: $0).date >= day } ?? false
            }
    }

    /// The days said, as exactly as they are known: `2016-03-20`, `2016-03`.
    var days: [PrintedText] {
        var days: [PrintedText] = []
        for start in starts {
            let day = PrintedText(start.wall.dayText)
            if !days.contains(day) { days.append(day) }
        }
        return days
    }

    /// Its place in the order of what happened.
    var order: TimeOrder {
        TimeOrder(start: starts.first, writtenMs: writtenMs, entry: entry)
    }
}

extension WallTime {
    /// The day, or the month where no day is known.
    fileprivate var dayText: String {
        precision == .month ? description : date.description
    }
}
