import DiaryModel
import SeededRandom
import SyncCore
import TestSupport

/// A few invented patients whose devices wrote about lots that are easily mistaken for each other.
struct RecallCohort {
    private var random: SplitMix64
    private(set) var patients: [Patient] = []

    struct Patient {
        let reference: String
        var stories: [RecallStory] = []
        let plan: [String]
        let devices: [EnrolledDevice]
    }

    static let lots = [
        "K551A8441", "K551A8444", "K552A8441", "K551AB441", "K515A8441", "K551A84", "551A8441",
        "A010A8431", "A010C8431", "237452", "237453", "LE08D030AA", "LOTUS12", "X9Q01",
    ]
    static let products = [
        "octagam5", "octagam5", "octagam5", "octagam10", "hizentra", "bivigam", "other", "unknown",
    ]

    init(seed: UInt64) throws {
        random = SplitMix64(seed: seed)
        for number in 1...8 { try add(number) }
    }

    private mutating func add(_ number: Int) throws {
        let day: Int64 = 86_400_000
        var devices: [EnrolledDevice] = []
        for label in ["phone", "tablet"] where label == "phone" || random.chance(0.5) {
            let heard: Int64? =
                random.chance(0.1)
                ? nil : RecallStory.noon + (random.chance(0.85) ? day : -30 * day)
            let state: EnrolledDevice.State = random.pick([
                .open, .open, .open, .revoked, .retired,
            ])
            devices.append(EnrolledDevice(PrintedText(label), heardMs: heard, state: state))
        }
        let plan = random.chance(0.4) ? ["octagam5"] : random.chance(0.5) ? ["hizentra"] : []
        var patient = Patient(reference: "P0\(number)", plan: plan, devices: devices)
        for _ in 0..<(random.chance(0.25) ? 2 : 1) { patient.stories.append(try story()) }
        patients.append(patient)
    }

    private mutating func story() throws -> RecallStory {
        var story = RecallStory(seed: random.next())
        let count = random.below(5)
        var infusions: [String] = []
        for number in 0..<count {
            let name = "entry \(number)"
            let kind = random.chance(0.2) ? "stock" : random.chance(0.04) ? "elixir" : "infusion"
            try story.begin(name, kind: kind, by: writer, begun(kind))
            if kind == "infusion" { infusions.append(name) }
        }
        guard count > 0 else { return story }
        for _ in 0..<random.below(7) {
            let name = "entry \(random.below(count))"
            let seeing = random.chance(0.35) ? [name] : nil
            switch random.below(8) {
            case 0: try story.void(name, because: "slip", by: writer, seeing: seeing)
            case 1: try story.amend(name, by: writer, seeing: seeing, ["vials.1": .null])
            case 2: try story.amend(name, by: writer, seeing: seeing, ["vials.x1": line])
            case 3: try story.amend(name, by: writer, seeing: seeing, ["outcome": outcome])
            default: try story.amend(name, by: writer, seeing: seeing, ["vials.1": line])
            }
        }
        if infusions.count >= 2, random.chance(0.4) {
            try story.link(
                infusions[0], infusions[1], counts: infusions[random.below(2)], by: .phone)
        }
        if story.hasWritten(.tablet), random.chance(0.3) { try story.closeTablet() }
        return story
    }

    private var writer: RecallStory.Writer {
        mutating get { random.pick([.phone, .phone, .tablet, .clinic]) }
    }

    private mutating func begun(_ kind: String) -> JSONObject {
        var set: JSONObject = [:]
        if !random.chance(0.1) {
            set["time"] = .starting(
                random.pick([
                    "2016-03-20T10:00", "2016-04-03", "2016-02", "2014-05-02", "2014-05-01T23:59",
                    "2012-01", "2015-07-01T08:30",
                ]))
        }
        if kind == "stock" {
            set["movement"] = .string(random.pick(["receipt", "receipt", "loss", "count", "move"]))
        } else if !random.chance(0.1) {
            set["outcome"] = outcome
        }
        if !random.chance(0.1) { set["vials.1"] = line }
        if random.chance(0.3) { set["vials.2"] = line }
        return set
    }

    private var outcome: JSONValue {
        mutating get {
            random.pick([
                ["code": "completed"], ["code": "completed"], ["code": "completed"],
                ["code": "not_done", "reason": "forgot"],
                ["code": "not_done", "reason": "infused_elsewhere"],
            ])
        }
    }

    private var line: JSONValue {
        mutating get {
            var more: JSONObject = [:]
            if random.chance(0.03) { more["count"] = "many" }
            if random.chance(0.03) { more["count"] = "unknown" }
            let lot: String? = random.chance(0.04) ? nil : random.chance(0.02) ? "--" : spelt
            return .vials(
                lot, Int64(1 + random.below(8)), of: random.pick(Self.products),
                by: random.pick(["typed", "typed", "scanned", "from_stock"]), with: more)
        }
    }

    /// A lot as one or the other prints or types it.
    private var spelt: String {
        mutating get {
            let lot = random.pick(Self.lots)
            switch random.below(8) {
            case 0: return lot.lowercased()
            case 1: return "LOT \(lot)"
            case 2: return "(10)\(lot)"
            case 3: return lot.prefix(4) + "-" + lot.dropFirst(4)
            case 4:
                return String(
                    String.UnicodeScalarView(
                        lot.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xFEE0) }))
            default: return lot
            }
        }
    }
}

extension RecallCohort.Patient {
    /// The patient as the recall is told, everything in an order of these generators.
    func told(shuffledBy random: inout SplitMix64) throws -> RecallPatient {
        var diaries: [RecallDiary] = []
        for story in stories {
            let diary = try story.diary
            diaries.append(
                RecallDiary(diary.id, entries: diary.entries.shuffled(using: &random)))
        }
        return RecallPatient(
            PrintedText(reference), diaries: diaries.shuffled(using: &random),
            planProducts: Set(plan.map { ProductKey($0) }), coverage: PatientCoverage(devices),
            zone: HandwrittenZone.universal)
    }
}
