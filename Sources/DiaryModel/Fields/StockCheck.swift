import SyncCore

/// The checks of domain 2.6 on a stock entry as a whole; none of them refuses what happened.
struct StockCheck: EntryCheck {
    let fields: JSONObject
    let entry: StockEntry
    let context: ValidationContext
    let catalogue: Catalogue
    var findings: [Finding] = []

    init(_ fields: JSONObject, context: ValidationContext, catalogue: Catalogue) {
        self.fields = fields
        entry = StockEntry(fields: fields)
        self.context = context
        self.catalogue = catalogue
    }

    mutating func run() {
        for (field, line) in entry.lines.map({ ($0.field, $0.line) }) {
            checkProduct(field, line)
            if let product = line.product.value { checkGTIN(field, line, of: product) }
            checkLot(field, line)
            if let movement = entry.movement, movement != .count, line.count?.value == 0 {
                reject(
                    .outOfRange, "\(field)/count",
                    "Only a count can find none. Say how many came, were moved or were lost.",
                    seen: fields[field], also: [field, "movement"])
            }
            switch entry.movement {
            case .receipt: checkReceived(field, line)
            case .move: checkMoved(field, line)
            case .loss: checkLost(field, line)
            case .count: checkCounted(field, line)
            case nil: break
            }
        }
        if entry.coldChain?.value == .broken { warn(.coldChainBroken, "coldChain") }
    }

    private mutating func checkReceived(_ field: String, _ line: VialLine) {
        if let expiry = line.expiry?.value, let day = entryDay,
            expiry.date.daysSinceEpoch - day.daysSinceEpoch < 60
        {
            warn(.expirySoon, field, expiry.json, also: ["time", "movement"])
        }
        guard let home = context.home, let lot = line.lot, let key = line.lotKey,
            let product = line.product.value
        else { return }
        let held = home.filter { $0.vials > 0 }
        if !held.contains(where: { $0.product == product && $0.lot == key }) {
            checkNearLot(field, lot, key, of: product, among: held)
        }
    }

    private mutating func checkMoved(_ field: String, _ line: VialLine) {
        let rule = line.product.value.flatMap { catalogue.product($0)?.roomTemperature }
        guard let rule, let storage = entry.storage, storage.isLate(rule) else { return }
        let isSaid = findings.contains { $0.storedCode == .discardByLate }
        if !isSaid { warn(.discardByLate, "storage", also: ["vials", "movement"]) }
    }

    /// What is set apart is not gone.
    private mutating func checkLost(_ field: String, _ line: VialLine) {
        guard entry.loss?.value != .quarantined, let held = held(line),
            let lost = total(of: line, through: field)
        else { return }
        if lost > held.high {
            warn(.stockBelowZero, field, .integer(lost), also: ["loss", "movement", "vials"])
        }
    }

    private mutating func checkCounted(_ field: String, _ line: VialLine) {
        // Of several lines of one lot the last one has them all.
        let isLast = !entry.lines.contains { $0.field > field && $0.line.isSameLot(as: line) }
        guard isLast, let held = held(line), let counted = total(of: line, through: field),
            let home = context.home, home.contains(where: { isSame($0, line) })
        else { return }
        if !held.overlaps(VialRange(counted)) {
            warn(.countDiffers, field, .integer(counted), also: ["movement", "vials"])
        }
    }

    private func isSame(_ held: ValidationContext.HomeLot, _ line: VialLine) -> Bool {
        held.product == line.product.value && held.lot == line.lotKey
            && (held.vialMilligrams == nil || held.vialMilligrams == line.vialMilligrams?.value)
    }

    /// The vials of a line's lot that are known to be at home; nil where no stock is kept, or no lot said.
    private func held(_ line: VialLine) -> VialRange? {
        guard let home = context.home, line.lotKey != nil, line.product.value != nil else {
            return nil
        }
        return home.filter { isSame($0, line) }
            .map { VialRange($0.leastVials, $0.vials) }.reduce(.zero) { $0 + $1 }
    }

    /// The vials of a line's lot in all lines up to this one; nil where one does not say how many.
    private func total(of line: VialLine, through field: String) -> Int64? {
        var sum: Int64 = 0
        for other in entry.lines
        where other.field == field || (other.field < field && other.line.isSameLot(as: line)) {
            guard let count = other.line.count?.value else { return nil }
            sum = sum.addingSaturating(count)
        }
        return sum
    }

    /// The local day on which it happened.
    private var entryDay: CivilDate? {
        guard let start = entry.time?.start, start.precision != .month else { return nil }
        return start.wall.date
    }
}
