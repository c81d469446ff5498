/// What was taken of a request, what the answerer still lacks, and what the asker lacks.
public struct SyncAnswer: Sendable, Equatable {
    /// What the answerer holds now; absent for a device that may not read.
    public var frontier: VectorClock?
    /// How many sections of the request, from the first, are held now.
    public var taken: Int
    /// Those of the asker's tips that are not held.
    public var lacks: VectorClock
    /// The section that ended the taking, where it never fits.
    public var refused: Refusal?
    /// The clinic's signature that it holds `frontier` durably.
    public var receipt: Receipt?
    /// The clinic was restored and gives nothing until its list of devices is confirmed.
    public var unconfirmed: Bool
    /// What the asker lacks, up to a page; only if nothing is lacked here.
    public var sections: [Section]

    public init(
        frontier: VectorClock?, taken: Int, lacks: VectorClock, refused: Refusal? = nil,
        receipt: Receipt? = nil, unconfirmed: Bool = false, sections: [Section] = []
    ) {
        self.frontier = frontier
        self.taken = taken
        self.lacks = lacks
        self.refused = refused
        self.receipt = receipt
        self.unconfirmed = unconfirmed
        self.sections = sections
    }

    public var bytes: [UInt8] {
        var header: JSONObject = [
            "lacks": lacks.json, "sync": .integer(SyncLimits.version),
            "taken": .integer(Int64(taken)),
        ]
        header["frontier"] = frontier?.json
        header["receipt"] = receipt?.json
        header["refused"] = refused?.json
        if unconfirmed { header["unconfirmed"] = true }
        return MessageText.write(header: header, sections: sections)
    }

    /// Reads an answer of at most `page`.
    public init(_ bytes: [UInt8], page: PageLimit = .http) throws(MessageFlaw) {
        let text = try MessageText(bytes, page: page)
        let header = text.header
        guard let taken = header["taken"]?.integerValue.flatMap(Int.init(exactly:)), taken >= 0
        else { throw .header("taken has to be a number of sections") }
        let refused = header["refused"].flatMap(Refusal.init(json:))
        guard header["refused"] == nil || refused != nil else {
            throw .header("refused has to name a section, a line and a type")
        }
        let receipt = header["receipt"].flatMap(Receipt.init(json:))
        guard header["receipt"] == nil || receipt != nil else {
            throw .header("receipt has to be a time and a signature")
        }
        self.init(
            frontier: header["frontier"] == nil ? nil : try header.clock("frontier"),
            taken: taken, lacks: try header.clock("lacks"), refused: refused, receipt: receipt,
            unconfirmed: header["unconfirmed"]?.boolValue ?? false, sections: text.sections)
    }
}
