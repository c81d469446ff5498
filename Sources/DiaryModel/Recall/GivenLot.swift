public import SyncCore

/// How much of a lot went into a patient, from the least to the most that is said.
public struct GivenLot: DiaryValue {
    /// Which of the lots asked about, counted from 0.
    public let asked: Int64
    public let milligrams: MilligramRange
    public let vials: VialRange
    /// Lines that name the lot and do not say how much of it.
    public let linesNotKnown: Int64

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let asked: Int64? = reader.member("asked")
        let low: Int64? = reader.member("lowMilligrams")
        let high: Int64? = reader.member("highMilligrams")
        let vials: VialRange? = reader.member("vials")
        let notKnown: Int64? = reader.member("linesNotKnown")
        guard reader.isWhole, let asked, let low, let high, low <= high, let vials, let notKnown
        else { return nil }
        self.asked = asked
        milligrams = MilligramRange(low, high)
        self.vials = vials
        linesNotKnown = notKnown
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("asked", asked)
        object.set("lowMilligrams", milligrams.low)
        object.set("highMilligrams", milligrams.high)
        object.set("vials", vials)
        object.set("linesNotKnown", linesNotKnown)
        return .object(object)
    }

    /// "20.0 g", "at least 20.0 g", "2 vials" where the vials hold no immunoglobulin.
    var words: String {
        let isNothing = milligrams == .zero
        if linesNotKnown > 0 { return isNothing ? "grams not known" : "at least \(milligrams)" }
        return isNothing && vials != .zero ? vials.words : milligrams.description
    }
}

extension GivenLot {
    /// Adds up the infusions that name a lot.
    ///
    /// Copies and probable duplicates are weighed as in every total, against all infusions: a copy that
    /// does not name the lot may be the one that happened.
    init(
        asked: Int, _ lot: RecalledLot, in entries: [SearchedEntry],
        duplicates: [(EntryID, EntryID)]
    ) {
        let infusions = entries.filter {
            $0.isInfusion || (!$0.isStock && !$0.entry.statements.isEmpty)
        }
        let links = infusions.flatMap(\.entry.view.linkStatements)
        func total(_ measure: (VialStatement) -> Int64?) -> MilligramRange {
            let amounts = infusions.map { searched in
                let amount = searched.entry.amount(of: lot, measure)
                return TotalInfusion(
                    searched.id, searched.standing, MilligramRange(amount.low, amount.high))
            }
            return GivenTotal(amounts, links: links, probableDuplicates: duplicates).milligrams
        }
        self.asked = Int64(asked)
        let grams = total { $0.line?.doseMilligrams }
        milligrams = MilligramRange(grams.low.clampedToWire, grams.high.clampedToWire)
        // Vials are added up by the rule for grams; the unit is the caller's.
        let vials = total { $0.value?["count"]?.integerValue }
        self.vials = VialRange(vials.low, vials.high)
        linesNotKnown = infusions.filter { !$0.isOut }.reduce(0) { sum, searched in
            let amount = searched.entry.amount(of: lot) { $0.line?.doseMilligrams }
            return sum + Int64(amount.linesNotKnown)
        }
    }
}

extension SearchedEntry {
    /// How it counts here: what is only to review has perhaps happened and is added up.
    fileprivate var standing: TotalInfusion.Standing {
        switch entry.view.status {
        case .active, .none: .active
        case .inQuestion: .inQuestion
        case .voided: .voided
        }
    }
}
