import SeededRandom
import SyncCore
import TestSupport

/// A random history without a clinic: forked logs, entries, contexts of random pages.
struct History {
    private(set) var lines: [EventLine] = []
    private(set) var sections: [Section] = []
    /// It and what is below it on its branch, in plain sets.
    private(set) var below: [EventID: Set<EventID>] = [:]
    private var supports: [Set<EventID>] = []

    init(seed: UInt64, events: Int) throws {
        var random = SplitMix64(seed: seed)
        var pens = [Pen(seed: random.next()), Pen(seed: random.next())]
        for number in pens.indices { try keep(pens[number].introduce(), pens[number]) }
        while lines.count < events {
            let number = random.below(pens.count)
            if random.chance(0.15), pens.count < 6 {
                pens.append(pens[number].fork(seed: random.next()))
            }
            let entries = lines.filter { $0.envelope.kind == "reaction" }
            let (field, value) = (
                random.pick(["a", "b"]), JSONValue.integer(Int64(random.below(3)))
            )
            if entries.isEmpty || random.chance(0.2) {
                let begun = try pens[number].begin(set: [field: value, "status": "active"])
                try keep(begun, pens[number])
                continue
            }
            let entry = random.pick(entries)
            let page = lines.filter { $0.entry == entry.position && random.chance(0.6) }
            let status = random.pick(["active", "voided", "voided"])
            let set: JSONObject =
                random.chance(0.3) ? ["status": .string(status)] : [field: value]
            try keep(pens[number].amend(entry, seeing: page, set: set), pens[number])
        }
    }

    private mutating func keep(_ line: EventLine, _ pen: Pen) throws {
        let envelope = line.envelope
        below[line.id] = (envelope.prev.flatMap { below[$0] } ?? []).union([line.id])
        var rests = Set(envelope.context.map(\.id))
        if let prev = envelope.prev { rests.insert(prev) }
        if line.entry.id != line.id { rests.insert(line.entry.id) }
        lines.append(line)
        supports.append(rests)
        sections.append(try pen.section(line))
    }

    /// The sections in another order in which each comes after what it rests on.
    func shuffled(using random: inout SplitMix64) -> [Section] {
        var rest = Array(lines.indices)
        var held: Set<EventID> = []
        var order: [Section] = []
        while !rest.isEmpty {
            let ready = rest.filter { supports[$0].isSubset(of: held) }
            let next = random.pick(ready)
            held.insert(lines[next].id)
            order.append(sections[next])
            rest.removeAll { $0 == next }
        }
        return order
    }

    /// What positions cover, in plain sets.
    func covered(by positions: [Position]) -> Set<EventID> {
        positions.reduce(into: []) { $0.formUnion(below[$1.id] ?? []) }
    }

    /// For one entry and field the events no other had seen, by the letter of the design.
    func candidates(of field: String, in entry: Position) -> Set<EventID> {
        let setting = lines.filter { $0.entry == entry && $0.envelope.fields.contains(field) }
        return Set(
            setting.filter { line in
                !setting.contains { covered(by: $0.envelope.context).contains(line.id) }
            }.map(\.id))
    }
}
