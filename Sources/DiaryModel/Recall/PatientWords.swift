import SyncCore

/// What the printed list says of one patient, after the reference.
///
/// First what gives the headline, then all else that answers, then what could not be seen. Rows that
/// only repeat another one are left out here; the answer keeps them.
struct PatientWords {
    private let answer: RecallAnswer
    private let patient: PatientAnswer
    private let rows: [RecallRow]

    init(_ patient: PatientAnswer, in answer: RecallAnswer) {
        self.patient = patient
        self.answer = answer
        rows = patient.rows.filter { !$0.isRepeated(in: patient.rows) }
    }

    /// "P01 20.0 g, 2016-03-20, scanned".
    var text: String {
        let said = blocks.joined(separator: "; ")
        return said.isEmpty ? patient.reference.oneLine : "\(patient.reference.oneLine) \(said)"
    }

    /// What is said of the patient without the reference.
    var blocks: [String] {
        var blocks: [String] = []
        for asked in answer.query.lots.indices {
            let lotBlocks =
                [infused(asked), held(asked)].compactMap(\.self)
                + rows(asked, .possible).map(\.possibleWords)
                + rows(asked, .voidedMatch).map(\.voidedWords)
            blocks += Self.once(lotBlocks).map { named($0, asked) }
        }
        blocks += patient.unknowns.map { $0.text(askedMs: answer.askedMs) }
        let neighbours = rows.filter { $0.match == .knownOtherLot }.flatMap(\.notes)
            .filter { $0 == .neighbourScanned || $0 == .neighbourKnown }
        return blocks + Self.once(neighbours.compactMap(\.words))
    }

    /// With several lots asked about each block names its own.
    private func named(_ block: String, _ asked: Int) -> String {
        let lots = answer.query.lots
        return lots.count == 1 ? block : "\(lots[asked].lot.oneLine): \(block)"
    }

    private func rows(_ asked: Int, _ verdict: RecallClass) -> [RecallRow] {
        rows.filter { $0.asked == Int64(asked) && $0.verdict == verdict }
    }

    private static func once<Item: Hashable>(_ items: [Item]) -> [Item] {
        var seen: Set<Item> = []
        return items.filter { seen.insert($0).inserted }
    }

    // MARK: Infused and held

    private func infused(_ asked: Int) -> String? {
        let rows = rows(asked, .infused)
        guard let given = patient.given.first(where: { $0.asked == Int64(asked) }), !rows.isEmpty
        else { return nil }
        let infusions = Self.once(rows.map(\.entry)).map { entry in
            Self.infusion(rows.filter { $0.entry == entry })
        }
        return infusions.count == 1
            ? "\(given.words), \(infusions.joined())"
            : "\(given.words): \(infusions.joined(separator: " and "))"
    }

    /// "2016-03-20, scanned, expiry differs": all lines of one infusion that name the lot.
    private static func infusion(_ rows: [RecallRow]) -> String {
        let days = once(rows.flatMap(\.days)).map(\.text)
        let methods = once(rows.compactMap { $0.method?.words })
        let notes = once(rows.flatMap(\.notes)).compactMap(\.words)
        let reactions = once(rows.flatMap(\.reactions)).map(\.words)
        return
            ([days.isEmpty ? "no date" : days.joined(separator: " or ")]
            + (methods.isEmpty ? [] : [methods.joined(separator: " or ")]) + notes + reactions)
            .joined(separator: ", ")
    }

    private func held(_ asked: Int) -> String? {
        let rows = rows(asked, .held)
        guard let stock = patient.stock.first(where: { $0.asked == Int64(asked) }), !rows.isEmpty
        else { return nil }
        let notes = Self.once(rows.flatMap(\.notes)).compactMap(\.words)
        let words = ([stock.words] + notes).joined(separator: ", ")
        return patient.headline == .held ? words : "at home: \(words)"
    }
}

extension RecallRow {
    /// Whether another row says it all, and better.
    fileprivate func isRepeated(in rows: [RecallRow]) -> Bool {
        rows.contains { other in
            if other.event == event, other.field == field { return other.match.rank < match.rank }
            guard other.asked == asked, other.entry == entry, other.field == field else {
                return false
            }
            if standing == .replaced {
                return other.standing != .replaced && other.match == match
                    && other.product == product && LotKey(other.lot) == LotKey(lot)
            }
            return match.isNear && other.match == .exact && other.standing == .replaced
                && other.now.contains(.lot(lot, product: product))
        }
    }

    /// "typed K551AB441", "product differs", "older value K551A8441, now K551A8444".
    fileprivate var possibleWords: String {
        let product = productWords
        if standing == .replaced {
            return ([olderWords] + (match == .productDiffers ? [product] : []) + otherNotes)
                .joined(separator: ", ")
        }
        if match == .productDiffers {
            return ([product] + otherNotes).joined(separator: ", ")
        }
        let isFamily = has(.productDiffers) || has(.productInWords) || has(.productNotSaid)
        return
            (["\(method?.words ?? "recorded") \(lot.oneLine)"] + (isFamily ? [product] : [])
            + otherNotes).joined(separator: ", ")
    }

    private var olderWords: String {
        if has(.removedLine) { return "older value \(lot.oneLine), line removed" }
        let others = now.filter { $0 != .removed }
        let isSameLot = others.contains { later in
            if case .lot(let text, let other) = later {
                text == lot && other != product
            } else {
                false
            }
        }
        let old = isSameLot ? "\(product?.text ?? "?") \(lot.oneLine)" : lot.oneLine
        let new = now.map { later in
            guard case .lot(let text, let other) = later, isSameLot else { return later.words }
            return "\(other?.text ?? "?") \(text.oneLine)"
        }
        return "older value \(old), now \(new.joined(separator: " or "))"
    }

    private var productWords: String {
        if has(.productInWords), let productText { return "product \"\(productText.oneLine)\"" }
        if has(.productNotSaid) { return "product not said" }
        return "product differs"
    }

    /// "voided: duplicate".
    fileprivate var voidedWords: String {
        ([outWords ?? "voided"] + otherNotes.filter { $0 != outWords }).joined(separator: ", ")
    }

    private var outWords: String? {
        if has(.setAside) { return "set aside: another copy counts" }
        guard has(.voided) else { return nil }
        let reasons = voidReasons.map { $0.oneLine.replacing("_", with: " ") }
        return reasons.isEmpty ? "voided" : "voided: \(reasons.joined(separator: " or "))"
    }

    /// The notes that the words before do not tell.
    private var otherNotes: [String] {
        let told: [RecallNote] = [.productDiffers, .productNotSaid]
        return notes.filter { !told.contains($0) }.compactMap(\.words)
            + [outWords].compactMap(\.self)
    }
}

extension EntryMethod {
    fileprivate var words: String {
        switch self {
        case .typed: "typed"
        case .scanned: "scanned"
        case .sameAsLast: "same as last time"
        case .fromStock: "from stock"
        case .fromPaper: "from paper"
        case .imported: "imported"
        }
    }
}
