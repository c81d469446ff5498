public import SyncCore

/// One place in a patient's diaries that answers a search.
public struct RecallRow: DiaryValue {
    /// Which of the lots asked about, counted from 0.
    public let asked: Int64
    public let diary: DiaryID
    public let entry: EntryID
    /// The entry's kind: `infusion`, `stock`.
    public let kind: PrintedText
    public let event: EventID
    /// `vials.1`.
    public let field: PrintedText
    public let match: RecallMatch
    public let standing: LotSighting.Standing
    /// What this row alone would make of the patient; nil for a lot that is known to be another.
    public let verdict: RecallClass?
    /// Exactly as printed.
    public let lot: PrintedText
    public let product: ProductKey?
    public let productText: PrintedText?
    public let method: EntryMethod?
    public let expiry: Expiry?
    /// Vials, where known.
    public let count: Int64?
    public let milligrams: Int64?
    /// The days said for the entry: `2016-03-20`, `2016-03`.
    public let days: [PrintedText]
    /// The instant it began, where one is settled, in milliseconds.
    public let startMs: Int64?
    public let notes: [RecallNote]
    /// What stands there today, where this is an older value.
    public let now: [LaterValue]
    /// The codes given for the voiding.
    public let voidReasons: [PrintedText]
    public let reactions: [RecallReaction]

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let asked: Int64? = reader.member("asked")
        let diary: PrintedText? = reader.member("diary")
        let entry: EntryID? = reader.member("entry")
        let kind: PrintedText? = reader.member("kind")
        let event: EventID? = reader.member("event")
        let field: PrintedText? = reader.member("field")
        let match: RecallMatch? = reader.member("match")
        let standing: LotSighting.Standing? = reader.member("standing")
        verdict = reader.member("class")
        let lot: PrintedText? = reader.member("lot")
        product = reader.member("product")
        productText = reader.member("productText")
        method = reader.member("entryMethod")
        expiry = reader.member("expiry")
        count = reader.member("count")
        milligrams = reader.member("milligrams")
        let days: [PrintedText]? = reader.member("days")
        startMs = reader.member("start")
        let notes: [RecallNote]? = reader.member("notes")
        let now: [LaterValue]? = reader.member("now")
        let reasons: [PrintedText]? = reader.member("voidReasons")
        let reactions: [RecallReaction]? = reader.member("reactions")
        guard reader.isWhole, let asked, let entry, let kind, let event, let field, let match,
            let standing, let lot, let days, let notes, let now, let reasons, let reactions,
            let diary = diary.flatMap({ DiaryID($0.text) })
        else { return nil }
        self.asked = asked
        self.diary = diary
        self.entry = entry
        self.kind = kind
        self.event = event
        self.field = field
        self.match = match
        self.standing = standing
        self.lot = lot
        self.days = days
        self.notes = notes
        self.now = now
        voidReasons = reasons
        self.reactions = reactions
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("asked", asked)
        object.set("diary", PrintedText(diary.text))
        object.set("entry", entry)
        object.set("kind", kind)
        object.set("event", event)
        object.set("field", field)
        object.set("match", match)
        object.set("standing", standing)
        object.set("class", verdict)
        object.set("lot", lot)
        object.set("product", product)
        object.set("productText", productText)
        object.set("entryMethod", method)
        object.set("expiry", expiry)
        object.set("count", count)
        object.set("milligrams", milligrams)
        object.set("days", days)
        object.set("start", startMs)
        object.set("notes", notes)
        object.set("now", now)
        object.set("voidReasons", voidReasons)
        object.set("reactions", reactions)
        return .object(object)
    }

    /// What it is the row of, whatever is said of it later.
    struct Identity: Hashable {
        let asked: Int64
        let event: EventID
        let field: PrintedText
    }

    var identity: Identity { Identity(asked: asked, event: event, field: field) }

    func has(_ note: RecallNote) -> Bool { notes.contains(note) }
}

extension RecallRow {
    /// The row of a sighting, without notes that only other entries give rise to.
    init(
        asked: Int, _ match: RecallMatch, _ statement: VialStatement, of searched: SearchedEntry,
        verdict: RecallClass?, notes: [RecallNote], reactions: [RecallReaction]
    ) {
        let view = searched.entry.view
        let line = statement.line
        self.asked = Int64(asked)
        diary = searched.diary
        entry = view.entry.id
        kind = PrintedText(view.kind)
        event = statement.event.id
        field = PrintedText(statement.field)
        self.match = match
        standing = statement.standing
        self.verdict = verdict
        lot = statement.lot ?? PrintedText("")
        product = statement.product
        productText = statement.productText
        method = statement.method
        expiry = statement.expiry
        count = statement.value?["count"]?.integerValue
        milligrams = line?.doseMilligrams?.clampedToWire
        days = searched.entry.occurrence.days
        let starts = searched.entry.occurrence.starts
        startMs = starts.count == 1 ? starts.first?.ms : nil
        self.notes = notes
        now =
            statement.standing == .replaced ? LaterValue.all(of: view.fields[statement.field]) : []
        voidReasons = searched.isVoided ? searched.voidReasons : []
        self.reactions = reactions
    }
}
