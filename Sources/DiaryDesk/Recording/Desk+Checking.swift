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
            let (day, route) = (
                infusion.time?.start.day(in: desk.zone) ?? desk.today, infusion.route?.value
            )
            hasPlan = !word.plans.plans.isEmpty
            planVersion = word.plans.version(on: day, route: route)?.1.event
            context.recalled = word.recalled
            context.plan = word.plans.facts(on: day, route: route, zone: desk.zone)
            let earlier = EarlierEntries(
                before: infusion.time?.start.ms ?? desk.clock.now, without: entry, in: reading)
            context.lastSites = try earlier.lastSites()
            context.expiries = try earlier.expiries()
            if infusion.weight != nil { context.lastWeight = try earlier.lastWeight() }
            if let course = infusion.course {
                context.courseStartsMs = try earlier.starts(ofCourse: course.id)
            }
        case .stock: context.recalled = try reading.clinicsWord().recalled
        case .measurement where fields["measure"] == "weight":
            let start = fields["time"].flatMap { TimeValue(json: $0) }?.start.ms
            let earlier = EarlierEntries(
                before: start ?? desk.clock.now, without: entry, in: reading)
            context.lastWeight = try earlier.lastWeight()
        default: break
        }
        self.context = context
        self.planVersion = planVersion
        self.hasPlan = hasPlan
    }
}

/// What the last entries before a moment say; each question looks at a few of them, however long the
/// diary is.
private struct EarlierEntries {
    let before: Int64
    let without: EntryID?
    let reading: Reading

    init(before: Int64, without: EntryID?, in reading: Reading) {
        self.before = before
        self.without = without
        self.reading = reading
    }

    private static let sixtyDaysMs: Int64 = 60 * 86_400_000
    private static let fewLast = 20

    private func views(_ kinds: [String], sinceMs: Int64 = .min, limit: Int) throws -> [EntryView] {
        guard sinceMs < before else { return [] }
        return try reading.transaction.entries(
            in: reading.diary, kinds: kinds, within: sinceMs...before, limit: limit
        ).compactMap { summary -> EntryView? in
            guard summary.position.id != without, summary.status == .active else { return nil }
            return try reading.view(of: summary.position)
        }
    }

    /// The sites of the last infusions that were done, the newest first.
    func lastSites() throws -> [[Site]] {
        try views(["infusion"], limit: Self.fewLast).compactMap {
            Infusion(fields: $0.settledFields).sites
        }
    }

    /// The expiries of lots of the last infusions and deliveries.
    func expiries() throws -> [(product: ProductKey, lot: LotKey, expiry: Expiry)] {
        try views(["infusion", "stock"], limit: Self.fewLast).flatMap { view in
            Infusion(fields: view.settledFields).lines.compactMap {
                named -> (product: ProductKey, lot: LotKey, expiry: Expiry)? in
                guard let product = named.line.product.value, let lot = named.line.lotKey,
                    let expiry = named.line.expiry?.value
                else { return nil }
                return (product: product, lot: lot, expiry: expiry)
            }
        }
    }

    /// The last body weight of the sixty days before.
    func lastWeight() throws -> ValidationContext.WeightSeen? {
        let found = try views(
            ["infusion", "measurement"], sinceMs: before &- Self.sixtyDaysMs, limit: 200)
        return found.lazy.compactMap { view -> ValidationContext.WeightSeen? in
            let start = view["time"].flatMap { TimeValue(json: $0) }?.start.ms
            let grams =
                view.kind == EntryKind.infusion.rawValue
                ? view["weightGrams"].flatMap { BodyWeight(json: $0) }?.grams
                : view["measure"] == "weight" ? view["value"]?["weightGrams"]?.integerValue : nil
            guard let start, let grams else { return nil }
            return ValidationContext.WeightSeen(grams: grams, atMs: start)
        }.first
    }

    /// When the other parts of a course began.
    func starts(ofCourse id: PrintedText) throws -> [Int64] {
        try views(["infusion"], limit: Self.fewLast).compactMap { view -> Int64? in
            let infusion = Infusion(fields: view.settledFields)
            return infusion.course?.id == id ? infusion.time?.start.ms : nil
        }
    }
}
