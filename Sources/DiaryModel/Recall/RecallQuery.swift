public import SyncCore

/// A recall as it is asked, kept and asked again: which lots, since when, and for which instant.
public struct RecallQuery: DiaryValue {
    /// At least one, none twice.
    public let lots: [RecalledLot]
    /// The first day on which an infusion may matter although it does not name the lot.
    ///
    /// What names the lot is found whenever it was. There is no last day: a device's clock may be ahead.
    public let from: CivilDate
    /// The instant that the diaries have to be complete to, in milliseconds since 1970.
    public let asOfMs: Int64
    /// When the lots were known to be recalled, where that is said; later uses are marked.
    public let noticeMs: Int64?

    /// Nil without a lot, or with one named twice.
    ///
    /// - Parameter from: 24 months before `asOfMs` unless said otherwise.
    public init?(
        _ lots: [RecalledLot], asOfMs: Int64, from: CivilDate? = nil, noticeMs: Int64? = nil
    ) {
        let identities = lots.map { [$0.product.json, .string($0.key.description)] }
        guard !lots.isEmpty, Set(identities).count == lots.count else { return nil }
        self.lots = lots
        self.asOfMs = asOfMs
        self.from = from ?? Self.standardStart(asOfMs: asOfMs)
        self.noticeMs = noticeMs
    }

    /// The same day of the month two years before in UTC, or that month's last day.
    public static func standardStart(asOfMs: Int64) -> CivilDate {
        let day = UniversalTime(ms: asOfMs).date
        let first = CivilDate(year: day.year - 2, month: day.month, day: 1)
        return CivilDate(year: day.year - 2, month: day.month, day: day.day)
            ?? first?.endOfMonth ?? CivilDate(daysSinceEpoch: .min)
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let lots: [RecalledLot]? = reader.member("lots")
        let from: PrintedText? = reader.member("from")
        let asOf: Int64? = reader.member("asOf")
        let notice: Int64? = reader.member("notice")
        guard reader.isWhole, let lots, let asOf, let from = from.flatMap({ CivilDate($0.text) })
        else { return nil }
        self.init(lots, asOfMs: asOf, from: from, noticeMs: notice)
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("lots", lots)
        object.set("from", PrintedText(from.description))
        object.set("asOf", asOfMs)
        object.set("notice", noticeMs)
        return .object(object)
    }

    /// The products asked about, and free text, which may be any of them.
    func isAskedAbout(_ product: ProductKey?) -> Bool {
        guard let product, product != .other else { return true }
        return lots.contains { $0.product == product }
    }
}
