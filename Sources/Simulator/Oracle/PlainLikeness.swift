import DiaryModel
import SyncCore

/// Whether two infusions look like one, weighed as domain 6 says it.
struct PlainLikeness {
    private let isIntravenous: Bool
    private let start: Int64?
    private let day: CivilDate?
    private var products: Set<JSONValue> = []
    private var grams: Int64? = 0
    private var lots: Set<LotKey> = []
    private var serials: Set<JSONValue> = []
    private var everyVialHasSerial = true
    private let sites: [String]
    private let course: Course?

    init(_ infusion: PlainInfusion, zone: some ZoneRules) {
        isIntravenous = infusion.settled("route") == "iv"
        let moment = infusion.settled("time").flatMap { TimeValue(json: $0) }?.start
        start = moment?.ms
        day = moment?.day(in: zone)
        sites = (infusion.settled("sites").flatMap { [Site](json: $0) } ?? []).map(\.label).sorted()
        course = infusion.settled("course").flatMap { Course(json: $0) }

        var lineCount = 0
        for name in infusion.lineNames {
            guard let json = infusion.settled(name), !json.isNull else { continue }
            guard let line = PlainLine(json) else {
                grams = nil
                continue
            }
            lineCount += 1
            add(line)
        }
        if lineCount == 0 { everyVialHasSerial = false }
    }

    private mutating func add(_ line: PlainLine) {
        if let product = line.object["product"], product != "unknown", product != "declined" {
            products.insert(product)
        }
        if let lot = line.object["lot"]?.stringValue.flatMap({ LotKey($0) }) { lots.insert(lot) }
        let named = Set(line.object["serials"]?.arrayValue ?? [])
        serials.formUnion(named)
        let count = line.object["count"]?.integerValue ?? 0
        if count <= 0 || Int64(named.count) < count { everyVialHasSerial = false }
        if let known = grams, let more = line.milligrams {
            let (sum, isTooLarge) = known.addingReportingOverflow(more)
            grams = isTooLarge ? .none : sum
        } else {
            grams = nil
        }
    }

    /// Certainly or probably one infusion.
    static func areAlike(_ one: PlainLikeness, _ other: PlainLikeness) -> Bool {
        if !one.serials.isDisjoint(with: other.serials) { return true }
        if one.everyVialHasSerial, other.everyVialHasSerial { return false }
        if let left = one.course, let right = other.course, left.id == right.id,
            left.part != right.part
        {
            return false
        }
        let isClose = startsAreClose(one, other)
        // Without an hour, the day is all there is to say that they can be one at all.
        let isOfOneDay =
            (one.start == nil || other.start == nil) && one.day != nil && one.day == other.day
        guard isClose || isOfOneDay else { return false }
        var score = 0
        if isClose { score += 1 }
        if !one.products.isEmpty, one.products == other.products { score += 1 }
        if let left = one.grams, let right = other.grams, left > 0, right > 0,
            Int128(max(left, right) - min(left, right)) * 10 <= Int128(max(left, right))
        {
            score += 1
        }
        if !one.lots.isDisjoint(with: other.lots) { score += 1 }
        if !one.sites.isEmpty, one.sites == other.sites { score += 1 }
        return score >= 2
    }

    private static func startsAreClose(_ one: PlainLikeness, _ other: PlainLikeness) -> Bool {
        guard let left = one.start, let right = other.start else { return false }
        if one.isIntravenous, other.isIntravenous { return one.day == other.day }
        return abs(Int128(left) - Int128(right)) <= 6 * 60 * 60 * 1000
    }
}
