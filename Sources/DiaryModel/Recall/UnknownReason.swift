public import SyncCore

/// One thing that keeps a recall from saying that a patient is not affected.
public struct UnknownReason: DiaryValue {
    public let code: Code
    /// The entry, unless it is about a device; with its diary and kind.
    public let entry: EntryID?
    public let diary: DiaryID?
    public let kind: PrintedText?
    /// The vial line without a lot.
    public let field: PrintedText?
    public let lotMissing: VialLine.LotMissing?
    /// What somebody said about the missing lot.
    public let words: PrintedText?
    /// What is printed where the lot should be, if nothing of it can be compared.
    public let lot: PrintedText?
    /// Vials of that line, where known.
    public let vials: Int64?
    /// The days said for the entry.
    public let days: [PrintedText]
    /// When the patient's devices were last all heard, in milliseconds.
    public let heardMs: Int64?

    public enum Code: String, DiaryValue, CaseIterable {
        /// A device was not heard since the window's end.
        case notHeard = "not_heard"
        /// A device was heard, and not all that it held has come.
        case notAllCome = "not_all_come"
        /// Vials without a lot, or an infusion without vials.
        case lotMissing = "lot_missing"
        case infusedElsewhere = "infused_elsewhere"
        case erased
        /// An entry that only a newer version can read.
        case newerForm = "newer_form"
    }

    /// Something about a device.
    init(_ code: Code, heardMs: Int64?) {
        self.init(code, of: nil, heardMs: heardMs)
    }

    /// Something about an entry.
    init(
        _ code: Code, of searched: SearchedEntry?, _ statement: VialStatement? = nil,
        words: PrintedText? = nil, heardMs: Int64? = nil
    ) {
        self.code = code
        entry = searched?.id
        diary = searched?.diary
        kind = searched.map { PrintedText($0.entry.view.kind) }
        field = statement.map { PrintedText($0.field) }
        lotMissing = statement?.line?.lotMissing
        self.words = words
        lot = statement?.lot
        vials = statement?.value?["count"]?.integerValue
        days = searched?.entry.occurrence.days ?? []
        self.heardMs = heardMs
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let code: Code? = reader.member("code")
        entry = reader.member("entry")
        let diaryText: PrintedText? = reader.member("diary")
        diary = diaryText.flatMap { DiaryID($0.text) }
        kind = reader.member("kind")
        field = reader.member("field")
        lotMissing = reader.member("lotMissing")
        words = reader.member("words")
        lot = reader.member("lot")
        vials = reader.member("vials")
        let days: [PrintedText]? = reader.member("days")
        heardMs = reader.member("heard")
        guard reader.isWhole, let code, let days, (diary == nil) == (diaryText == nil) else {
            return nil
        }
        self.code = code
        self.days = days
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("code", code)
        object.set("entry", entry)
        object.set("diary", diary.map { PrintedText($0.text) })
        object.set("kind", kind)
        object.set("field", field)
        object.set("lotMissing", lotMissing)
        object.set("words", words)
        object.set("lot", lot)
        object.set("vials", vials)
        object.set("days", days)
        object.set("heard", heardMs)
        return .object(object)
    }

    /// It is about what has come, and not about what stands in a diary.
    var isOfDevices: Bool { code == .notHeard || code == .notAllCome }

    /// It is an infusion of which no lot is known.
    var isInfusionWithoutLot: Bool {
        (code == .lotMissing || code == .infusedElsewhere) && !isStock
    }

    /// It is vials at home of which no lot is known.
    var isStockWithoutLot: Bool { code == .lotMissing && isStock }

    private var isStock: Bool { kind?.text == EntryKind.stock.rawValue }
}

extension UnknownReason {
    /// "not heard for 22 days"; `lot missing: "threw box away", 2 vials`.
    func text(askedMs: Int64) -> String {
        switch code {
        case .notHeard: return HeardWords(heardMs: heardMs, askedMs: askedMs).silence
        case .notAllCome: return "not all that a device holds has come"
        case .lotMissing: return lotMissingText
        case .infusedElsewhere: return dated("infused elsewhere, lot not known")
        case .erased: return dated("a lot was erased")
        case .newerForm: return dated("\(kind?.text ?? "an entry"): needs a newer version")
        }
    }

    private var lotMissingText: String {
        guard field != nil else { return dated("no vials recorded") }
        var text = isStock ? "lot of a delivery missing" : "lot missing"
        if let words {
            text += ": \"\(words.oneLine)\""
        } else if let lot {
            text += ": \"\(lot.oneLine)\" cannot be compared"
        } else if let lotMissing {
            text += ": \(lotMissing.words)"
        }
        guard let vials else { return text }
        return "\(text), \(VialRange(vials).words)"
    }

    private func dated(_ text: String) -> String {
        days.isEmpty ? text : "\(text), \(days.map(\.text).joined(separator: " or "))"
    }
}

extension VialLine.LotMissing {
    /// "box thrown away".
    fileprivate var words: String {
        switch self {
        case .boxThrownAway: "box thrown away"
        case .unreadable: "unreadable"
        case .notNoted: "not noted"
        case .givenElsewhere: "given elsewhere"
        case .other: "another reason"
        case .unknown: "reason not known"
        }
    }
}
