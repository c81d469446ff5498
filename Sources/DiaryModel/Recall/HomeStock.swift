public import SyncCore

/// What is known of a lot at a patient's home: what came, what was used, what went, what is left.
///
/// A count sets a new baseline, as everywhere; what came, and what was returned, is told all the same.
public struct HomeStock: DiaryValue {
    /// Which of the lots asked about, counted from 0.
    public let asked: Int64
    /// What is left; below zero where more was used than is known to have come.
    public let balance: VialRange
    public let received: VialRange
    public let used: VialRange
    /// What left the home unused, by its code.
    public let lost: [Loss]
    /// What is at home and may not be used.
    public let quarantined: VialRange
    /// The days said for the last count; empty without one.
    public let countedDays: [PrintedText]
    /// Lines that name the lot and do not say how many vials.
    public let linesNotKnown: Int64

    /// Vials that left the home for one reason.
    public struct Loss: DiaryValue {
        /// `returned`, `broken` ...; `unknown` where it is not settled.
        public let code: PrintedText
        public let vials: VialRange

        init(code: PrintedText, vials: VialRange) {
            self.code = code
            self.vials = vials
        }

        public init?(json: JSONValue) {
            guard var reader = MemberReader(json) else { return nil }
            let code: PrintedText? = reader.member("code")
            let vials: VialRange? = reader.member("vials")
            guard reader.isWhole, let code, let vials else { return nil }
            self.init(code: code, vials: vials)
        }

        public var json: JSONValue { ["code": code.json, "vials": vials.json] }
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let asked: Int64? = reader.member("asked")
        let balance: VialRange? = reader.member("balance")
        let received: VialRange? = reader.member("received")
        let used: VialRange? = reader.member("used")
        let lost: [Loss]? = reader.member("lost")
        let quarantined: VialRange? = reader.member("quarantined")
        let days: [PrintedText]? = reader.member("countedDays")
        let notKnown: Int64? = reader.member("linesNotKnown")
        guard reader.isWhole, let asked, let balance, let received, let used, let lost,
            let quarantined, let days, let notKnown
        else { return nil }
        self.asked = asked
        self.balance = balance
        self.received = received
        self.used = used
        self.lost = lost
        self.quarantined = quarantined
        countedDays = days
        linesNotKnown = notKnown
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("asked", asked)
        object.set("balance", balance)
        object.set("received", received)
        object.set("used", used)
        object.set("lost", lost)
        object.set("quarantined", quarantined)
        object.set("countedDays", countedDays)
        object.set("linesNotKnown", linesNotKnown)
        return .object(object)
    }

    /// "6 vials, none used", "none left, none used, 6 returned".
    var words: String {
        var parts = [balanceWords]
        parts.append(used.high == 0 ? "none used" : "\(used.number) used")
        for loss in lost {
            parts.append("\(loss.vials.number) \(loss.code.text.replacing("_", with: " "))")
        }
        if quarantined.high > 0 { parts.append("\(quarantined.number) quarantined") }
        if !countedDays.isEmpty {
            parts.append("counted \(countedDays.map(\.text).joined(separator: " or "))")
        }
        if linesNotKnown > 0 { parts.append("some not counted") }
        return parts.joined(separator: ", ")
    }

    private var balanceWords: String {
        if balance.high < 0 {
            return "\((VialRange.zero - balance).number) more gone than known to have come"
        }
        return balance == .zero ? "none left" : balance.words
    }
}

extension HomeStock {
    /// Works out what is left of a lot; nil if no stock entry that stands names it.
    ///
    /// - Parameter doubtful: infusions that may be copies of others.
    init?(
        asked: Int, _ lot: RecalledLot, in entries: [SearchedEntry], used given: GivenLot,
        doubtful: Set<EntryID>
    ) {
        let stock = entries.filter { $0.isStock && !$0.isOut && $0.stands(lot) }
        guard !stock.isEmpty else { return nil }
        var tally = StockTally(lot)
        let counts = stock.filter { $0.entry.code(of: "movement") == "count" && $0.isCertain }
        let last = counts.max { $0.entry.occurrence.order < $1.entry.occurrence.order }
        for entry in stock { tally.add(entry) }
        self.asked = Int64(asked)
        received = tally.received
        used = given.vials
        lost = tally.lost.sorted { $0.key < $1.key }.map { Loss(code: $0.key, vials: $0.value) }
        quarantined = tally.quarantined
        countedDays = last?.entry.occurrence.days ?? []
        linesNotKnown = Int64(tally.linesNotKnown)
        guard let last else {
            balance = tally.received - tally.gone - given.vials
            return
        }
        var since = StockTally(lot)
        for entry in stock where last.entry.occurrence.order < entry.entry.occurrence.order {
            since.add(entry)
        }
        var usedSince = VialRange.zero
        for entry in entries where !entry.isStock && !entry.isOut {
            guard last.entry.occurrence.order < entry.entry.occurrence.order else { continue }
            let vials = entry.vials(of: lot)
            usedSince = usedSince + (doubtful.contains(entry.id) ? vials.orNone : vials)
        }
        balance = last.vials(of: lot) + since.received - since.gone - usedSince
    }
}

extension SearchedEntry {
    /// Nothing of it is in question or to review.
    fileprivate var isCertain: Bool { entry.view.status == .active }

    /// Vials of a lot that it names.
    fileprivate func vials(of lot: RecalledLot) -> VialRange {
        let amount = entry.amount(of: lot) { $0.value?["count"]?.integerValue }
        let range = VialRange(amount.low, amount.high)
        return isCertain ? range : range.orNone
    }
}

/// What stock entries say of one lot, added up.
private struct StockTally {
    private let lot: RecalledLot
    var received = VialRange.zero
    var lost: [PrintedText: VialRange] = [:]
    var quarantined = VialRange.zero
    var linesNotKnown = 0

    init(_ lot: RecalledLot) { self.lot = lot }

    /// All that left the home.
    var gone: VialRange { lost.values.reduce(.zero, +) }

    mutating func add(_ searched: SearchedEntry) {
        let vials = searched.vials(of: lot)
        linesNotKnown +=
            searched.entry.amount(of: lot) { $0.value?["count"]?.integerValue }.linesNotKnown
        switch searched.entry.code(of: "movement") {
        case "receipt": received = received + vials
        case "move", "count": break
        case "loss":
            let code = searched.entry.code(of: "loss") ?? "unknown"
            if code == "quarantined" {
                quarantined = quarantined + vials
            } else {
                lost[PrintedText(code), default: .zero] =
                    lost[PrintedText(code), default: .zero] + vials
            }
        // Nobody can tell yet, or not here: perhaps it came.
        default: received = received + vials.orNone
        }
    }
}
