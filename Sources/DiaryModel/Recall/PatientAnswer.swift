public import SyncCore

/// What a recall answers about one patient: one class, and everything that led to it.
public struct PatientAnswer: DiaryValue {
    public let reference: PrintedText
    public let headline: RecallClass
    /// All that answers, the most pressing first; also lots that are known to be others.
    public let rows: [RecallRow]
    /// What could not be seen, whatever the headline is.
    public let unknowns: [UnknownReason]
    public let coverage: PatientCoverage
    /// For each lot that went into the patient how much of it.
    public let given: [GivenLot]
    /// For each lot that stock entries name what is left of it.
    public let stock: [HomeStock]

    init(
        _ reference: PrintedText, rows: [RecallRow], unknowns: [UnknownReason],
        coverage: PatientCoverage, given: [GivenLot], stock: [HomeStock]
    ) {
        self.reference = reference
        self.rows = rows
        self.unknowns = unknowns
        self.coverage = coverage
        self.given = given
        self.stock = stock
        headline = rows.compactMap(\.verdict).min() ?? (unknowns.isEmpty ? .clear : .unknown)
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let reference: PrintedText? = reader.member("reference")
        let headline: RecallClass? = reader.member("class")
        let rows: [RecallRow]? = reader.member("rows")
        let unknowns: [UnknownReason]? = reader.member("unknowns")
        let coverage: PatientCoverage? = reader.member("coverage")
        let given: [GivenLot]? = reader.member("given")
        let stock: [HomeStock]? = reader.member("stock")
        guard reader.isWhole, let reference, let headline, let rows, let unknowns, let coverage,
            let given, let stock
        else { return nil }
        self.init(
            reference, rows: rows, unknowns: unknowns, coverage: coverage, given: given,
            stock: stock)
        guard self.headline == headline else { return nil }
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("reference", reference)
        object.set("class", headline)
        object.set("rows", rows)
        object.set("unknowns", unknowns)
        object.set("coverage", coverage)
        object.set("given", given)
        object.set("stock", stock)
        return .object(object)
    }
}
