import DiaryModel
import SyncCore

/// What people type of their infusions: all of it passes the validator, and much of it looks alike.
///
/// Days, products, lots and serial numbers come from small pools, so that probable duplicates, shared
/// lots and near-misses happen within a few infusions.
struct InfusionFacts {
    private let firstDay: CivilDate
    private let dayCount: Int
    private let zone: FixedZone
    private let catalogue = Catalogue.seed

    /// - Parameter dayCount: over how many days infusions are spread; at least one.
    init(
        from firstDay: CivilDate = CivilDate(daysSinceEpoch: 20_500), days dayCount: Int = 3,
        zone: FixedZone = FixedZone()
    ) {
        self.firstDay = firstDay
        self.dayCount = max(dayCount, 1)
        self.zone = zone
    }

    /// The fields that begin an entry of kind infusion.
    func infusion(using random: inout some RandomNumberGenerator) -> JSONObject {
        var infusion = Infusion()
        infusion.time = time(using: &random)
        guard !random.percent(4) else {
            infusion.outcome = Outcome(.notDone, reason: random.one(of: NotDoneReason.allCases))
            return infusion.fields
        }
        let choice = random.one(of: Self.choices)
        infusion.route = .value(choice.route)
        infusion.outcome = Outcome(random.one(of: [.completed, .completed, .partial, .stopped]))
        infusion.infusedBy = InfusedBy(random.one(of: [.`self`, .carer, .nurse, .unknown]))
        let lines = lines(of: choice, using: &random)
        infusion.sites = sites(of: choice.route, using: &random)
        if random.percent(10) {
            let parts = Int64.random(in: 2...3, using: &random)
            infusion.course = Course(
                id: "course-1", part: Int64.random(in: 1...parts, using: &random), parts: parts)
        }
        if random.percent(50) { infusion.visualCheck = .value(.ok) }
        if random.percent(20) { infusion.place = Place(.home) }
        var fields = infusion.fields
        for (index, line) in lines.enumerated() {
            fields[LineName(number: index + 1).vials] = line.json
        }
        return fields
    }

    /// The same infusion as somebody else records it: nearly the same.
    func copy(
        of fields: JSONObject, using random: inout some RandomNumberGenerator
    ) -> JSONObject {
        var copy = Infusion(fields: fields)
        if let start = copy.time?.start.ms {
            let shift = Int64.random(in: -30...30, using: &random) * 60_000
            copy.time = TimeValue(start: Moment(ms: start + shift, in: zone))
        }
        if random.percent(30), let last = copy.lines.indices.last {
            copy.lines[last].line.lot = random.one(of: Self.lots)
            copy.lines[last].line.lotMissing = nil
        }
        if random.percent(30) { copy.sites = nil }
        return copy.fields
    }

    /// What somebody types who reads a box again: words about the entry or an event of it.
    func note(
        about event: Position, of entry: EntryID, using random: inout some RandomNumberGenerator
    ) -> JSONObject {
        [
            "about": ["entry": .string(entry.text), "event": event.json],
            "text": .string(random.one(of: Self.words)),
        ]
    }
}

// MARK: amendments

extension InfusionFacts {
    /// The one field that somebody corrects who sees these settled fields.
    func amendment(
        of fields: JSONObject, using random: inout some RandomNumberGenerator
    ) -> JSONObject {
        let infusion = Infusion(fields: fields)
        let isDone = infusion.outcome?.code != .notDone && infusion.route?.value != nil
        guard isDone, let line = infusion.lines.randomElement(using: &random) else {
            return ["time": time(using: &random).json]
        }
        var changed = line.line
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<35:
            changed.lot = random.one(of: Self.lots)
            changed.lotMissing = nil
            changed.entryMethod = random.one(of: [.typed, .scanned])
        case 35..<55:
            changed.count = .value(Int64.random(in: 1...12, using: &random))
            changed.discardedMilligrams = nil
        case 55..<60 where infusion.lines.count > 1: return [line.field: .null]
        case 60..<70:
            let octets = (0..<5).map { _ in UInt8.random(in: 0...255, using: &random) }
            guard let name = LineName(randomOctets: octets) else { break }
            changed.lot = random.one(of: Self.lots)
            changed.lotMissing = nil
            changed.serials = nil
            return [name.vials: changed.json]
        case 70..<85: return ["time": time(using: &random).json]
        default:
            let sites = sites(of: infusion.route?.value ?? .sc, using: &random)
            return ["sites": (sites ?? [Site(.other)]).json]
        }
        return [line.field: changed.json]
    }
}

// MARK: parts of an infusion

extension InfusionFacts {
    private func time(using random: inout some RandomNumberGenerator) -> TimeValue {
        let day = firstDay.adding(days: Int.random(in: 0..<dayCount, using: &random))
        if random.percent(6), let bare = WallTime(day.description),
            let start = Moment(bare: bare, zone: zone.name)
        {
            return TimeValue(start: start)
        }
        // Mornings and evenings, so that some starts are close and others just too far apart.
        let minute =
            random.one(of: [7, 9, 13, 15, 21]) * 60 + Int.random(in: 0..<45, using: &random)
        let start = Moment(
            ms: (Int64(day.daysSinceEpoch) * 1440 + Int64(minute)) * 60_000, in: zone)
        guard let ms = start.ms, random.percent(70) else { return TimeValue(start: start) }
        let length = Int64.random(in: 30...180, using: &random) * 60_000
        return TimeValue(start: start, end: Moment(ms: ms + length, in: zone))
    }

    private func lines(
        of choice: Choice, using random: inout some RandomNumberGenerator
    ) -> [VialLine] {
        let drawn = random.one(of: [1, 1, 1, 2, 2, 3, 4])
        // A dual-vial unit is two vials.
        let count = choice.route == .fsc ? max(drawn, 2) : drawn
        var lines = (0..<count).map { _ in vials(of: choice.product, using: &random) }
        guard choice.route == .fsc else { return lines }
        for index in lines.indices { lines[index].component = .value(.ig) }
        lines[lines.count - 1].component = .value(.hy)
        lines[lines.count - 1].vialMilligrams = .unknown
        lines[lines.count - 1].discardedMilligrams = nil
        return lines
    }

    private func vials(
        of product: ProductKey, using random: inout some RandomNumberGenerator
    ) -> VialLine {
        let sizes = catalogue.product(product)?.sizes ?? [VialSize(milligrams: 5000)]
        let size = random.one(of: Array(sizes.prefix(3)))
        var line = VialLine(product: product)
        line.count = .value(Int64.random(in: 1...8, using: &random))
        line.vialMilligrams = .value(size.milligrams)
        line.vialMicrolitres = size.microlitres.map { .value($0) } ?? .unknown
        if product == .other { line.productText = "Demo SCIG 20 %" }
        line.entryMethod = random.one(of: [.typed, .typed, .scanned, .sameAsLast])
        if random.percent(6) {
            line.lotMissing = random.one(of: VialLine.LotMissing.allCases)
        } else {
            line.lot = random.one(of: Self.lots)
            line.expiry = Expiry(typed: random.one(of: ["2028-12", "281231", "2029-03-31"]))
                .map { .value($0) }
        }
        if random.percent(10), let count = line.count?.value, count <= 3 {
            let first = Int.random(in: 0..<6, using: &random)
            line.serials = (0..<Int(count)).map { PrintedText("SN-\(first + $0)") }
        }
        if random.percent(8) { line.discardedMilligrams = .value(size.milligrams / 10) }
        return line
    }

    private func sites(
        of route: Route, using random: inout some RandomNumberGenerator
    ) -> [Site]? {
        guard random.percent(80) else { return nil }
        guard route != .iv else {
            return [Site(random.one(of: [.hand, .forearm, .antecubital]), .left)]
        }
        let sides: [Site.Side] = random.percent(70) ? [.left, .right] : [.left]
        let region = random.one(of: [Site.Region.abdomen, .thigh])
        return sides.map { Site(region, $0) }
    }
}

// MARK: pools

extension InfusionFacts {
    private struct Choice {
        let product: ProductKey
        let route: Route
    }

    private static let choices = [
        Choice(product: "hizentra", route: .sc), Choice(product: "hizentra", route: .sc),
        Choice(product: "cuvitru", route: .sc), Choice(product: "octagam5", route: .iv),
        Choice(product: "octagam10", route: .iv), Choice(product: "hyqvia", route: .fsc),
        Choice(product: "subgam", route: .sc), Choice(product: .other, route: .sc),
    ]

    /// Some are one lot printed in several ways, some are one slip apart.
    static let lots: [PrintedText] = [
        "K724B8541", "k724 b8541", "LOT K724B8541", "(10)K724B8541", "K724BB541", "K742B8541",
        "K724 8541", "K724B85", "K725A8541", "A010A8431", "A010C8431", "P100423917", "237452",
        "0237452", "237453",
    ]

    private static let words = [
        "read again on the box", "from the photograph", "the carer says so",
        "the box was thrown away", "sticker in the paper diary",
    ]
}
