import SyncCore

extension InfusionCheck {
    mutating func checkLine(_ field: String, _ line: VialLine) {
        checkProduct(field, line)
        if let product = line.product.value {
            checkPlanned(field, product)
            checkGTIN(field, line, of: product)
        }
        for serial in line.serials ?? [] where context.serials.contains(serial) {
            warn(.serialSeenBefore, field, serial.json)
        }
        checkLot(field, line)
        checkHome(field, line)
        checkExpiry(field, line)
        checkNumbers(field, line)
        if infusion.route?.value == .fsc, line.component == nil {
            reject(
                .missing, "\(field)/component",
                "Say whether this is the ig or the hy vial; unknown is an answer.",
                seen: fields[field], also: [field, "route"], stored: nil)
        }
    }

    private mutating func checkPlanned(_ field: String, _ product: ProductKey) {
        if let plan = context.plan, !plan.products.isEmpty, !plan.products.contains(product) {
            warn(.productNotOnPlan, field, product.json)
        }
    }

    private mutating func checkHome(_ field: String, _ line: VialLine) {
        guard let home = context.home, let lot = line.lot, let key = line.lotKey,
            let product = line.product.value
        else { return }
        let same = home.filter { $0.product == product && $0.lot == key }
        if same.isEmpty {
            warn(.lotNotInStock, field, lot.json)
            checkNearLot(field, lot, key, of: product, among: home)
        } else if let count = line.count?.value {
            let others = infusion.lines.filter { $0.field < field && $0.line.isSameLot(as: line) }
            let used = others.compactMap { $0.line.count?.value }.reduce(count) {
                $0.addingSaturating($1)
            }
            let held = same.map(\.vials).reduce(Int64(0)) { $0.addingSaturating($1) }
            if used > held { warn(.countAboveStock, field, .integer(count)) }
        }
    }

    private mutating func checkExpiry(_ field: String, _ line: VialLine) {
        guard let expiry = line.expiry?.value else { return }
        if let day = infusionDay {
            if expiry.date < day { warn(.expired, field, expiry.json, also: ["time"]) }
            let far = CivilDate(
                year: min(day.year + 5, 9999), month: day.month, day: min(day.day, 28))
            if let far, expiry.date > far.adding(days: day.day - far.day) {
                warn(.expiryFar, field, expiry.json, also: ["time"])
            }
        }
        guard let key = line.lotKey, let product = line.product.value else { return }
        let others = context.expiries.filter { $0.product == product && $0.lot == key }
        if others.contains(where: { !$0.expiry.agrees(with: expiry) }) {
            warn(.expiryDiffers, field, expiry.json)
        }
    }

    /// The local day on which it began.
    private var infusionDay: CivilDate? {
        guard let start = infusion.time?.start, start.precision != .month else { return nil }
        return start.wall.date
    }

    private mutating func checkNumbers(_ field: String, _ line: VialLine) {
        guard let discarded = line.discardedMilligrams?.value,
            let content = line.contentMilligrams
        else { return }
        if discarded > content {
            reject(
                .impossible, "\(field)/discardedMilligrams",
                "No more can be thrown away than was in the vials; leave it out if not known.",
                seen: .integer(discarded), also: [field])
        } else if discarded > 0, discarded > content / 5 {
            warn(.discardHigh, field, .integer(discarded))
        }
    }

    /// Of a dual-vial unit both vials are there, or neither.
    mutating func checkComponents() {
        let components = infusion.lines.compactMap { $0.line.component?.value }
        let first = infusion.lines.first { $0.line.component?.value != nil }
        if let first, Set(components).count == 1 {
            warn(.componentAlone, first.field, first.line.component?.json, also: ["vials"])
        }
    }
}
