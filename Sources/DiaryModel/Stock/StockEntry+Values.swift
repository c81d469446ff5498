public import SyncCore

extension StockEntry {
    /// Who delivered, and under which number, as printed.
    public struct Delivery: DiaryValue {
        public var supplier: PrintedText?
        public var reference: PrintedText?

        public init(supplier: PrintedText? = nil, reference: PrintedText? = nil) {
            self.supplier = supplier
            self.reference = reference
        }

        public init?(json: JSONValue) {
            guard var reader = MemberReader(json) else { return nil }
            supplier = reader.member("supplier")
            reference = reader.member("reference")
            guard reader.isWhole else { return nil }
        }

        public var json: JSONValue {
            var object = JSONObject()
            object.set("supplier", supplier)
            object.set("reference", reference)
            return .object(object)
        }
    }

    /// Since when vials are at room temperature, and the day that was written on the pack.
    public struct Storage: DiaryValue {
        public var roomTemperatureSince: Said<Moment>?
        public var discardBy: Said<Day>?

        public init(roomTemperatureSince: Moment? = nil, discardBy: CivilDate? = nil) {
            self.roomTemperatureSince = roomTemperatureSince.map { .value($0) }
            self.discardBy = discardBy.map { .value(Day($0)) }
        }

        public init?(json: JSONValue) {
            guard var reader = MemberReader(json) else { return nil }
            roomTemperatureSince = reader.member("roomTemperatureSince")
            discardBy = reader.member("discardBy")
            guard reader.isWhole else { return nil }
        }

        public var json: JSONValue {
            var object = JSONObject()
            object.set("roomTemperatureSince", roomTemperatureSince)
            object.set("discardBy", discardBy)
            return .object(object)
        }

        /// A day `YYYY-MM-DD`.
        public struct Day: DiaryValue {
            public var date: CivilDate

            public init(_ date: CivilDate) { self.date = date }

            public init?(json: JSONValue) {
                guard let date = json.stringValue.flatMap({ CivilDate($0) }) else { return nil }
                self.date = date
            }

            public var json: JSONValue { .string(date.description) }
        }
    }
}

extension StockEntry.Storage {
    /// The last day on which vials so kept may be used: the one on the pack, else the label's.
    ///
    /// A month without its day counts as its first, so that no day too many is shown.
    func lastDay(_ rule: RoomTemperatureRule?) -> CivilDate? {
        if let written = discardBy?.value?.date { return written }
        guard let rule, let since = roomTemperatureSince?.value else { return nil }
        return rule.lastDay(movedOn: since.wall.date)
    }

    /// Whether the day on the pack is later than the label allows, whatever day of a bare month it was.
    func isLate(_ rule: RoomTemperatureRule) -> Bool {
        guard let written = discardBy?.value?.date, let since = roomTemperatureSince?.value else {
            return false
        }
        let moved = since.precision == .month ? since.wall.date.endOfMonth : since.wall.date
        return written > rule.lastDay(movedOn: moved)
    }
}
