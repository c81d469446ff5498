import DiaryModel
import DiaryStore
import SyncCore

/// What the diary knows beside an entry that is being written: looked up once, handed to the checks.
struct AtHand {
    let context: ValidationContext
    /// The version of the plan that this device shows, which an infusion recorded here names.
    let planVersion: Position?
    let hasPlan: Bool

    /// - Parameters:
    ///   - fields: what the entry says, or will say.
    ///   - entry: the entry itself, where it is there already: it is not held against itself.
    init(
        at desk: Desk, _ reading: Reading, _ kind: EntryKind, _ fields: JSONObject,
        entry: EntryID? = nil
    ) throws {
        var context = ValidationContext(atMs: desk.clock.now)
        var planVersion: Position?
        var hasPlan = false
        switch kind {
        case .infusion:
            let word = try reading.clinicsWord()
            let infusion = Infusion(fields: fields)
            let zone = reading.zone(of: word.plans)
            let day = infusion.time?.start.day(in: zone) ?? zone.day(atMs: desk.clock.now)
            hasPlan = !word.plans.entries.isEmpty
            planVersion = word.plans.version(on: day, route: infusion.route?.value)?.event
            context.recalled = word.recalled
            context.plan = planVersion.flatMap {
                word.plans.facts(naming: $0, on: day, zone: zone)
            }
            let earlier = EarlierEntries(
                before: infusion.time?.start.ms ?? desk.clock.now, without: entry, in: reading)
            try context.see(infusion, earlier, desk)
        case .check: context.planChecks = try reading.plans().checks(on: desk.today)
        case .stock:
            context.recalled = try reading.recalledLots()
            let stock = StockEntry(fields: fields)
            let earlier = EarlierEntries(
                before: stock.time?.start.ms ?? desk.clock.now, without: entry, in: reading)
            try context.see(stock.lines.map(\.line), earlier, desk)
        case .measurement, .reaction:
            let start = fields["time"].flatMap { TimeValue(json: $0) }?.start
            let earlier = EarlierEntries(
                before: start?.sortingMs(in: desk.zone) ?? desk.clock.now, without: entry,
                in: reading)
            if kind == .reaction {
                try context.see(reaction: fields, earlier)
            } else {
                try context.see(measurement: fields, of: entry, earlier, desk)
            }
        default: break
        }
        self.context = context
        self.planVersion = planVersion
        self.hasPlan = hasPlan
    }
}

extension ValidationContext {
    /// What an infusion is held against beside its plan: the last ones, the stock, the training.
    fileprivate mutating func see(
        _ infusion: Infusion, _ earlier: EarlierEntries, _ desk: Desk
    ) throws {
        let last = try earlier.lastInfusions()
        let lines = infusion.lines.map(\.line)
        lastSites = last.compactMap(\.sites)
        expiries = try earlier.expiries()
        if infusion.weight != nil { lastWeight = try earlier.lastWeight() }
        if let course = infusion.course {
            courseStartsMs = last.compactMap {
                $0.course?.id == course.id ? $0.time?.start.ms : nil
            }
        }
        if lines.contains(where: { $0.serials?.isEmpty == false }) {
            serials = try earlier.serials()
        }
        try see(lines, earlier, desk)
        isTrained = try earlier.reading.isTrained(infusion)
    }

    /// The stock that vial lines are held against.
    fileprivate mutating func see(
        _ lines: [VialLine], _ earlier: EarlierEntries, _ desk: Desk
    ) throws {
        guard lines.contains(where: { $0.lotKey != nil }) else { return }
        know(try earlier.stock(about: lines, catalogue: desk.catalogue))
    }

    /// The infusion that a reaction names.
    fileprivate mutating func see(reaction fields: JSONObject, _ earlier: EarlierEntries) throws {
        guard let entry = fields["infusion"].flatMap({ EntryID(json: $0) }) else { return }
        see(try earlier.infusions(around: entry), for: fields, zone: earlier.reading.zone)
    }

    /// The other hand, the last weight, or the infusions after a blood sample: what the measure asks for.
    fileprivate mutating func see(
        measurement fields: JSONObject, of entry: EntryID?, _ earlier: EarlierEntries, _ desk: Desk
    ) throws {
        guard let measure = fields["measure"].flatMap({ MeasureCode(json: $0) }) else { return }
        switch measure.row.form {
        case .weight: lastWeight = try earlier.lastWeight()
        case .grip, .force:
            // A clerk copies what was measured at home.
            let isHome = desk.pen.clinicKey == nil || desk.pen.role == .clerk
            let source: MeasureSource = isHome ? .home : .clinic
            see(
                try earlier.measurements(), for: fields, entry: entry,
                source: source, zone: desk.zone)
        case .igg:
            let named = fields["value"]?["nextInfusion"].flatMap { EntryID(json: $0) }
            see(try earlier.nextInfusions(named: named), for: fields, zone: desk.zone)
        default: break
        }
    }
}
