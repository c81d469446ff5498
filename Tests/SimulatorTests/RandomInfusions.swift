import SeededRandom
@testable import SyncCore
import TestSupport

@testable import Simulator

/// A few infusions of which much is said, in doubt, and now and then in forms that nobody knows.
struct RandomInfusions {
    private(set) var infusions: [PlainInfusion] = []
    private var random: SplitMix64
    private let facts = InfusionFacts(days: 2)

    init(seed: UInt64, upTo most: Int = 6) {
        random = SplitMix64(seed: seed)
        let count = 1 + random.below(most)
        var fields: JSONObject = [:]
        for _ in 0..<count {
            fields =
                random.chance(0.4) && !fields.isEmpty
                ? facts.copy(of: fields, using: &random) : facts.infusion(using: &random)
            addInfusion(fields)
        }
        for _ in 0..<random.below(2 * count) { addLink() }
    }

    private mutating func addInfusion(_ begun: JSONObject) {
        var fields: [String: [Register.Value]] = [:]
        for member in begun.members { fields[member.key] = [.said(member.value)] }
        while random.chance(0.4) {
            let set = facts.amendment(of: begun, using: &random)
            for member in set.members {
                let value: Register.Value = random.chance(0.15) ? .erased : .said(member.value)
                if random.chance(0.5) { fields[member.key] = [] }
                fields[member.key, default: []].append(value)
            }
        }
        if random.chance(0.15) {
            let odd = oddValue
            fields[random.pick(["vials.1", "vials.x", "time", "sites", "route", "course"])] =
                [.said(odd)]
        }
        let statuses: [PlainInfusion.Status] = [.active, .active, .active, .voided, .inQuestion]
        infusions.append(
            PlainInfusion(
                entry: EntryID.random(using: &random),
                status: random.chance(0.03) ? .none : random.pick(statuses), fields: fields))
    }

    /// What no form offers, but a line may say.
    private var oddValue: JSONValue {
        mutating get {
            let most = JSONValue.integerLimit
            func vials(_ count: JSONValue, _ each: JSONValue, _ more: JSONObject) -> JSONValue {
                var line: JSONObject = [
                    "count": count, "lot": "K724B8541", "product": "hizentra",
                    "vialMilligrams": each,
                ]
                for member in more.members { line[member.key] = member.value }
                return .object(line)
            }
            return random.pick([
                .null, true, 7, "unknown", [], [1, "a"], [:], ["lot": "A"], ["product": 5],
                vials(.integer(most), .integer(most), [:]), vials(.integer(most), 1000, [:]),
                vials(-3, 1000, [:]), vials("unknown", 1000, [:]), vials(2, "declined", [:]),
                vials(2, 1000, ["discardedMilligrams": 2001]),
                vials(2, 1000, ["discardedMilligrams": -1]),
                vials(2, 1000, ["discardedMilligrams": "unknown"]),
                vials(2, 1000, ["component": "hy"]), vials(2, 1000, ["component": "ig"]),
                vials(2, 1000, ["component": "both"]), vials(2, 1000, ["lot": 5]),
                vials(2, 1000, ["serials": "unknown"]), vials(2, 1000, ["serials": ["SN-1", 2]]),
                vials(2, 1000, ["expiry": ["date": "2027-02-29", "precision": "day"]]),
                vials(2, 1000, ["expiry": ["date": "2028-02-29", "precision": "day"]]),
                vials(2, 1000, ["expiry": "unknown"]), vials(2, 1000, ["diluentLot": "D1"]),
                vials(2, 1000, ["product": ""]), vials(2, 1000, ["product": "unknown"]),
                vials(2, 1000, ["lotMissing": "newer"]),
            ])
        }
    }

    private mutating func addLink() {
        let one = random.below(infusions.count)
        let stranger = EntryID.random(using: &random)
        let other =
            random.chance(0.1) ? stranger : infusions[random.below(infusions.count)].entry
        let mine = infusions[one].entry
        let (home, field) = Vocabulary.link(mine, other)
        guard random.chance(0.1) || (home == mine && other != mine) else { return }
        let third = random.chance(0.1) ? stranger : infusions[random.below(infusions.count)].entry
        let kept = random.chance(0.06) ? third : random.pick([mine, other])
        let value: Register.Value = random.pick([
            .said("same"), .said("different"), .erased,
            .said(["counts": .string(kept.text), "value": "same"]),
            .said(["counts": .string(kept.text), "value": "same"]),
            .said(["counts": .string(kept.text), "value": "same"]),
            .said(["value": "different"]), .said(["value": "same"]),
            .said(["counts": 3, "value": "same"]),
        ])
        // Of a link in the wrong entry, too, the field names the other.
        let name = home == mine ? field : Vocabulary.linkPrefix + other.text
        infusions[one].fields[name, default: []].append(value)
    }

    /// The infusions as the product sees them.
    var views: [EntryView] {
        mutating get { infusions.map { view(of: $0) } }
    }

    private mutating func view(of infusion: PlainInfusion) -> EntryView {
        let replica = ReplicaID.random(using: &random)
        var fields = infusion.fields
        switch infusion.status {
        case .active: fields[Vocabulary.status] = [.said(Vocabulary.active)]
        case .voided:
            fields[Vocabulary.status] =
                random.chance(0.2) ? [.erased] : [.said(Vocabulary.voided)]
        case .inQuestion:
            fields[Vocabulary.status] = [.said(Vocabulary.active), .said(Vocabulary.voided)]
        case .none: fields[Vocabulary.status] = []
        }
        var registers: [String: Register] = [:]
        for (field, said) in fields where !said.isEmpty {
            registers[field] = Register(
                candidates: said.map { value in
                    Candidate(
                        event: Position(
                            replica: replica, seq: 2, id: EventID.random(using: &random)),
                        value: value, author: nil, at: Timestamp(milliseconds: 0, offset: 0))
                })
        }
        return EntryView(
            entry: Position(replica: replica, seq: 2, id: infusion.entry), kind: "infusion",
            fields: registers, voidQuestions: [], toReview: [], context: [], eventCount: 1)
    }
}
