import SyncCore

/// One section handed to a store: taken, refused, or resting on what is not held.
struct SectionCase {
    enum Outcome {
        case accepted(stored: Int), restsOnUnheld
        case refused(line: Int, Refusal.Kind)
    }

    let name: String
    let held: [Section]
    let section: Section
    let outcome: Outcome

    func vector(in scene: Scene) throws -> JSONValue {
        let store = try scene.store(held)
        var object: JSONObject = [
            "diary": .id(scene.diary), "held": .array(held.map(\.vector)), "name": .string(name),
            "section": section.vector,
        ]
        object["clinic"] = scene.pinned.map(JSONValue.id)
        switch (try SectionIntake.judge(section, over: store), outcome) {
        case (.accept(let accepted), .accepted(let stored)):
            try expect(accepted.events.count, is: stored, name)
            object["verdict"] = "accepted"
            object["stored"] = .integer(Int64(stored))
            object["frontier"] = accepted.tree.frontier.json
        case (.restsOnUnheld, .restsOnUnheld):
            object["verdict"] = "rests-on-unheld"
        case (.refuse(let line, let kind), .refused(let wantedLine, let wanted)):
            try expect(kind, is: wanted, name)
            try expect(line, is: wantedLine, name)
            object["verdict"] = "refused"
            object["line"] = .integer(Int64(line))
            object["type"] = .string(kind.rawValue)
        case (let found, let wanted):
            throw VectorError("\(name)\n  expected \(wanted)\n  found    \(found)")
        }
        return .object(object)
    }
}

enum SectionVectors {
    static func value() throws -> JSONValue {
        let plain = try Scene("sections")
        let forked = try Scene("forked sections")
        let erased = try Scene("erased sections")
        let beyondErasure = try Scene("sections beyond erasure")
        let unpinned = try Scene("sections without a pin")
        let limits = try Scene("sections at the limit")
        return .array(
            try shapes(plain).map { try $0.vector(in: plain) }
                + rests(try Scene("sections that rest"))
                + branches(forked).map {
                    try $0.vector(in: forked)
                } + erasures(erased).map { try $0.vector(in: erased) }
                + unerasable(beyondErasure).map { try $0.vector(in: beyondErasure) }
                + unreadable(unpinned).map { try $0.vector(in: unpinned) }
                + lengths(limits).map { try $0.vector(in: limits) })
    }

    /// Heads, lengths and order.
    private static func shapes(_ scene: Scene) throws -> [SectionCase] {
        let a = try scene.infusion()
        let b = try scene.amend(scene.phone, a, seen: [a], ["outcome": "stopped"])
        let long = try scene.amend(
            scene.phone, a, seen: [b], ["note": .string(String(repeating: "x", count: 66_000))])
        let other = try Scene("another diary's section")
        let all = scene.sections
        let whole = try scene.joined(Array(all[0...2]))
        var wrong = whole
        wrong.heads = [Head(position: b, signature: scene.clinic.sign(.head(scene.diary, b)))]
        var purpose = whole
        purpose.heads = [Head(position: b, signature: scene.erasure(of: b))]
        var low = whole
        low.heads = [scene.head(a, scene.phone)]
        let foreign = scene.head(long, scene.phone)
        let first = all[0]
        return [
            .init(name: "one line", held: [], section: first, outcome: .accepted(stored: 1)),
            .init(
                name: "three lines, one head", held: [], section: whole,
                outcome: .accepted(stored: 3)),
            .init(
                name: "all held already", held: Array(all[0...2]), section: whole,
                outcome: .accepted(stored: 0)),
            .init(
                name: "all held already, a head that is not signed", held: Array(all[0...2]),
                section: wrong, outcome: .accepted(stored: 0)),
            .init(
                name: "half held already", held: [first], section: whole,
                outcome: .accepted(stored: 2)),
            .init(
                name: "the same line twice", held: [],
                section: Section(lines: [first.lines[0], first.lines[0]], heads: first.heads),
                outcome: .accepted(stored: 1)),
            .init(
                name: "one line longer than 64 KiB", held: Array(all[0...2]), section: all[3],
                outcome: .accepted(stored: 1)),
            .init(
                name: "several lines longer than 64 KiB", held: Array(all[0...1]),
                section: Section(lines: all[2].lines + all[3].lines, heads: all[3].heads),
                outcome: .refused(line: 0, .section)),
            .init(
                name: "no lines", held: [], section: Section(lines: [], heads: first.heads),
                outcome: .refused(line: 0, .section)),
            .init(
                name: "no heads", held: [], section: Section(lines: first.lines, heads: []),
                outcome: .refused(line: 0, .section)),
            .init(
                name: "a line above the head", held: [], section: low,
                outcome: .refused(line: 2, .section)),
            .init(
                name: "a head of a line elsewhere", held: [],
                section: Section(lines: whole.lines, heads: whole.heads + [foreign]),
                outcome: .refused(line: 0, .section)),
            .init(
                name: "a head signed by another key", held: [], section: wrong,
                outcome: .refused(line: 2, .wronglySigned)),
            .init(
                name: "a head signed for another purpose", held: [], section: purpose,
                outcome: .refused(line: 2, .wronglySigned)),
            .init(
                name: "another diary's introduction", held: [], section: other.sections[0],
                outcome: .refused(line: 0, .malformed)),
            .init(
                name: "lines out of order", held: [first],
                section: Section(lines: all[2].lines + all[1].lines, heads: all[2].heads),
                outcome: .restsOnUnheld),
            .init(
                name: "a line that is no event", held: [first],
                section: Section(lines: [Array("{}".utf8)], heads: []),
                outcome: .refused(line: 0, .malformed)),
        ]
    }

    /// What a line rests on.
    private static func rests(_ scene: Scene) throws -> [JSONValue] {
        let a = try scene.infusion()
        let other = try scene.infusion()
        let tablet = try scene.log("tablet")
        let held = scene.sections
        try scene.amend(tablet, a, seen: [a, other], ["outcome": "stopped"])
        let foreignContext = scene.sections[held.count]
        let notBeginning = try scene.amend(scene.phone, a, seen: [a], ["outcome": "stopped"])
        try scene.amend(
            tablet.copy(at: try firstOf(tablet, in: scene)), notBeginning, seen: [],
            ["outcome": "stopped"])
        let wrongEntry = scene.sections[held.count + 2]
        let second = try scene.log("", continuing: scene.phone)
        let continuing = scene.sections[held.count + 3]
        let forged = Log(
            diary: scene.diary, key: try scene.newKey(), nonce: try scene.value(Nonce.self))
        let continues = Continuation(
            position: notBeginning,
            signature: second.key.sign(
                .continuation(scene.diary, from: notBeginning, to: forged.replica)))
        try scene.introduce(forged, label: nil, continues: continues)
        let forgedSection = scene.sections[held.count + 4]
        return try [
            SectionCase(
                name: "prev not held", held: Array(held.prefix(1)), section: held[2],
                outcome: .restsOnUnheld),
            SectionCase(
                name: "entry not held", held: [held[0], held[3]],
                section: scene.sections[held.count], outcome: .restsOnUnheld),
            SectionCase(
                name: "a context of another entry", held: held, section: foreignContext,
                outcome: .refused(line: 0, .malformed)),
            SectionCase(
                name: "an entry named by an event that began none",
                held: held + [scene.sections[held.count + 1]], section: wrongEntry,
                outcome: .refused(line: 0, .malformed)),
            SectionCase(
                name: "a continuation", held: held + [scene.sections[held.count + 1]],
                section: continuing, outcome: .accepted(stored: 1)),
            SectionCase(
                name: "a continuation of what is not held", held: held, section: continuing,
                outcome: .restsOnUnheld),
            SectionCase(
                name: "a continuation signed by somebody else",
                held: held + [scene.sections[held.count + 1]], section: forgedSection,
                outcome: .refused(line: 0, .wronglySigned)),
        ].map { try $0.vector(in: scene) }
    }

    private static func firstOf(_ log: Log, in scene: Scene) throws -> Position {
        let heads = scene.sections.flatMap(\.heads).map(\.position)
        guard let first = heads.first(where: { $0.replica == log.replica && $0.seq == 1 }) else {
            throw VectorError("that log was never introduced")
        }
        return first
    }

    /// Two lines after one `prev` are both kept.
    private static func branches(_ scene: Scene) throws -> [SectionCase] {
        let a = try scene.infusion()
        let copy = scene.phone.copy(at: a)
        let b = try scene.amend(scene.phone, a, seen: [a], ["outcome": "stopped"])
        let c = try scene.amend(copy, a, seen: [a], ["outcome": "not-done"])
        let all = scene.sections
        let joined = try scene.joined(all)
        var oneHead = joined
        oneHead.heads = [scene.head(b, scene.phone)]
        _ = c
        return [
            .init(
                name: "a branch", held: Array(all[0...2]), section: all[3],
                outcome: .accepted(stored: 1)),
            .init(
                name: "two branches, two heads", held: [], section: joined,
                outcome: .accepted(stored: 4)),
            .init(
                name: "two branches, one head", held: [], section: oneHead,
                outcome: .refused(line: 3, .section)),
        ]
    }

    /// The clinic's signature in place of a body.
    private static func erasures(_ scene: Scene) throws -> [SectionCase] {
        let a = try scene.infusion()
        let before = Array(scene.sections)
        try scene.erase(a)
        let after = scene.sections[1]
        scene.pinned = scene.clinic.publicKey
        return [
            .init(
                name: "an erased line", held: [before[0]], section: after,
                outcome: .accepted(stored: 1)),
            .init(
                name: "an erased line whose body is held", held: before, section: after,
                outcome: .accepted(stored: 0)),
            .init(
                name: "a body whose erased line is held", held: [before[0], after],
                section: before[1], outcome: .accepted(stored: 0)),
            .init(
                name: "a body and its erased line in one section", held: [before[0]],
                section: Section(lines: before[1].lines + after.lines, heads: after.heads),
                outcome: .accepted(stored: 1)),
        ]
    }

    /// A store that has pinned no clinic cannot check an erasure: not now.
    private static func unreadable(_ scene: Scene) throws -> [SectionCase] {
        let a = try scene.infusion()
        let before = Array(scene.sections)
        try scene.erase(a)
        return [
            .init(
                name: "an erased line without a pin", held: [before[0]],
                section: scene.sections[1], outcome: .restsOnUnheld),
            .init(
                name: "an erased line without a pin, whose body is held", held: before,
                section: scene.sections[1], outcome: .restsOnUnheld),
        ]
    }

    /// Newlines are counted: 65536 bytes are taken, one more is not.
    private static func lengths(_ scene: Scene) throws -> [SectionCase] {
        let a = try scene.infusion()
        let first = scene.sections[1].lines[0].count + 1
        func note(_ length: Int) throws -> Section {
            let log = scene.phone.copy(at: a)
            try scene.amend(
                log, a, seen: [a], ["note": .string(String(repeating: "x", count: length))])
            guard let section = scene.sections.last else { throw VectorError("nothing written") }
            return section
        }
        let around = try note(0).lines[0].count + 1
        let room = Section.lengthLimit - first - around
        return try [("of 64 KiB", 0), ("of 64 KiB and a byte", 1)].map { name, more in
            let last = try note(room + more)
            return SectionCase(
                name: "two lines \(name)", held: [scene.sections[0]],
                section: Section(lines: scene.sections[1].lines + last.lines, heads: last.heads),
                outcome: more == 0 ? .accepted(stored: 2) : .refused(line: 0, .section))
        }
    }

    /// Events that no order reaches, erased all the same under the clinic's own signature.
    private static func unerasable(_ scene: Scene) throws -> [SectionCase] {
        let desk = try scene.desk()
        let word = try scene.word(desk, on: scene.introduction())
        let order = try scene.begin(
            desk, "erasure", ["erase": ["events": []], "signatures": [], "status": "active"])
        try scene.amend(scene.phone, order, seen: [order], ["asked": "by the patient"])
        let label = try scene.amend(
            scene.phone, scene.introduction(), seen: [scene.introduction()], ["label": "a name"])
        let all = scene.sections
        func erased(_ position: Position, by log: Log) throws -> Section {
            let line = try scene.line(position).erased(by: scene.erasure(of: position))
            return Section(lines: [line.bytes], heads: [scene.head(position, log)])
        }
        let asked = all[4].heads[0].position
        scene.pinned = scene.clinic.publicKey
        return [
            .init(
                name: "the clinic's word on a device, erased", held: Array(all[0...1]),
                section: try erased(word, by: desk), outcome: .refused(line: 0, .malformed)),
            .init(
                name: "the clinic's word on a device, erased, whose body is held",
                held: Array(all[0...2]), section: try erased(word, by: desk),
                outcome: .refused(line: 0, .malformed)),
            .init(
                name: "the clinic's word on a device, erased, whose entry is not held",
                held: [all[1]], section: try erased(word, by: desk), outcome: .restsOnUnheld),
            .init(
                name: "an order, erased", held: Array(all[0...2]),
                section: try erased(order, by: desk), outcome: .refused(line: 0, .malformed)),
            .init(
                name: "who asked for an order, erased", held: Array(all[0...3]),
                section: try erased(asked, by: scene.phone),
                outcome: .refused(line: 0, .malformed)),
            .init(
                name: "a device's name, erased", held: Array(all[0...4]),
                section: try erased(label, by: scene.phone), outcome: .accepted(stored: 1)),
            .init(
                name: "an introduction, erased", held: [],
                section: try erased(scene.introduction(), by: scene.phone),
                outcome: .accepted(stored: 1)),
        ]
    }
}
