public import SyncCore

/// A notice that a lot is under recall: the field `notice`.
public struct LotNotice: DiaryValue {
    public var product: ProductKey
    /// As printed in the notice.
    public var lot: PrintedText
    /// Evidence only; the lot's identity is product and key.
    public var expiry: JSONValue?
    public var authority: PrintedText?
    public var reference: PrintedText?
    /// From when on it holds.
    public var since: Moment?
    public var advice: PrintedText?
    /// The clinic's words.
    public var text: PrintedText?

    public init(product: ProductKey, lot: PrintedText, since: Moment? = nil) {
        self.product = product
        self.lot = lot
        self.since = since
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let product: ProductKey? = reader.member("product")
        let lot: PrintedText? = reader.member("lot")
        let expiry: AnyJSON? = reader.member("expiry")
        authority = reader.member("authority")
        reference = reader.member("reference")
        since = reader.member("since")
        advice = reader.member("advice")
        text = reader.member("text")
        guard reader.isWhole, let product, let lot else { return nil }
        self.product = product
        self.lot = lot
        self.expiry = expiry?.json
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("product", product)
        object.set("lot", lot)
        if let expiry { object["expiry"] = expiry }
        object.set("authority", authority)
        object.set("reference", reference)
        object.set("since", since)
        object.set("advice", advice)
        object.set("text", text)
        return .object(object)
    }
}

/// Any JSON, kept as it stands.
struct AnyJSON: DiaryValue {
    let json: JSONValue

    init?(json: JSONValue) { self.json = json }
}

/// The notices of a diary that hold.
public struct NoticeBook: Sendable {
    /// Those that hold, or may hold, in order of their entries.
    public let notices: [Held]
    /// Notices in a form that is not known here: a person has to read them.
    public let notUnderstood: [EntryID]
    /// Every lot that a notice names, also one of a form that says more than is known here: for the check
    /// of a vial line, and for what lies at home.
    public let recalled: [ValidationContext.RecalledLot]

    /// One notice and the instant from which it holds.
    public struct Held: Hashable, Sendable {
        public let entry: EntryID
        public let notice: LotNotice
        /// When it holds from, in milliseconds: what it says, else when it was written.
        public let sinceMs: Int64?
        /// The day from which it holds, where only that is known.
        public let sinceDay: CivilDate?
        /// Another form of it stands beside, or it may have been taken back.
        public let isInQuestion: Bool
    }

    /// Reads entries of kind notice; those of another kind, and voided ones, are passed over.
    public init(_ views: some Sequence<EntryView>) {
        var notices: [Held] = []
        var odd: [EntryID] = []
        var recalled: [ValidationContext.RecalledLot] = []
        for view in views
        where view.kind == EntryKind.notice.rawValue && view.status != .voided {
            let candidates = view.distinctCandidates("notice")
            for candidate in candidates {
                guard let json = candidate.value.json, !json.isNull else { continue }
                if let product = json["product"].flatMap({ ProductKey(json: $0) }),
                    let lot = json["lot"]?.stringValue.flatMap({ LotKey($0) })
                {
                    recalled.append(.init(product: product, lot: lot))
                }
                guard view.status == .active || view.status == .inQuestion else { continue }
                guard let notice = LotNotice(json: json) else {
                    odd.append(view.entry.id)
                    continue
                }
                let isBare = notice.since.map { $0.ms == nil } ?? false
                notices.append(
                    Held(
                        entry: view.entry.id, notice: notice,
                        sinceMs: isBare ? nil : notice.since?.ms ?? candidate.at.milliseconds,
                        sinceDay: isBare ? notice.since?.wall.date : nil,
                        isInQuestion: candidates.count > 1 || view.status == .inQuestion))
            }
        }
        self.notices = notices.sorted {
            ($0.entry, $0.notice.lot) < ($1.entry, $1.notice.lot)
        }
        notUnderstood = Set(odd).sorted()
        self.recalled = recalled
    }
}
