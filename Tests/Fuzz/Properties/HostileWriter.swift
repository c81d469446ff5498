import SyncCore

/// Writes sections as the fuzzer's bytes choose: sound ones where they say nothing, and each byte bends
/// something, with hashes and signatures set right again so that what lies behind them is reached.
struct HostileWriter {
    var choices: Choices
    private var scribes: [Scribe]
    /// Everything written so far, whether a store takes it or not.
    private var lines: [EventLine]
    private let diary: DiaryID

    init(_ choices: Choices, _ small: SmallDiary) {
        self.choices = choices
        diary = small.id
        scribes = [small.phone, small.tablet, small.clinic, small.stranger]
        lines = small.lines
    }

    /// Sections until the bytes are used up, at most so many.
    mutating func sections(atMost limit: Int) throws -> [Section] {
        var sections: [Section] = []
        while !choices.isAtEnd, sections.count < limit {
            if choices.oneIn(16), let old = sections.last {
                sections.append(old)
            } else {
                sections.append(try section())
            }
        }
        return sections
    }

    private mutating func section() throws -> Section {
        var bytes: [[UInt8]] = []
        var tops: [Int: Position] = [:]
        for _ in 0...choices.below(4) {
            let writer = choices.below(scribes.count)
            let line = try line(by: writer)
            bytes.append(line.bytes)
            if let event = line.event, event.envelope.replica == scribes[writer].replica {
                tops[writer] = event.position
            }
        }
        var heads: [Head] = []
        for (writer, position) in tops.sorted(by: { $0.key < $1.key }) {
            switch choices.below(16) {
            case 13: heads.append(scribes[(writer + 1) % scribes.count].head(position))
            case 14:
                let other = choices.pick(lines)?.position ?? position
                heads += [scribes[writer].head(position), scribes[writer].head(other)]
            case 15: break
            default: heads.append(scribes[writer].head(position))
            }
        }
        if choices.oneIn(32) { bytes = [] }
        return Section(lines: bytes, heads: heads)
    }

    // MARK: Lines

    private mutating func line(by writer: Int) throws -> (bytes: [UInt8], event: EventLine?) {
        switch choices.below(12) {
        case 10: return again()
        case 11: return erased()
        default: break
        }
        if choices.oneIn(8) { fork(writer) }
        let subject = subject(of: writer)
        var envelope = try scribes[writer].envelope(
            subject.about, context: subject.context, fields: subject.set.keys,
            introduction: subject.isIntroduction ? scribes[writer].introduction : nil)
        if choices.oneIn(8) { bend(&envelope) }
        let body = try scribes[writer].body(subject.set)
        var parts = LineParts(body: body.json, event: envelope.json)
        if choices.oneIn(8) { parts.bend(&choices) }
        var bytes = parts.bytes(fieldsSet: !choices.oneIn(16), hashed: !choices.oneIn(16))
        if choices.oneIn(16), !bytes.isEmpty { bytes[choices.below(bytes.count)] ^= choices.byte() }
        let event = try? EventLine(bytes, diary: diary)
        if let event {
            lines.append(event)
            if event.envelope.replica == scribes[writer].replica {
                scribes[writer].tip = event.position
            }
        }
        return (bytes, event)
    }

    /// A log that goes on from an earlier place of its own, as a restored device's does.
    private mutating func fork(_ writer: Int) {
        let own = lines.filter { $0.envelope.replica == scribes[writer].replica }
        scribes[writer].tip = choices.pick(own)?.position
    }

    private struct Subject {
        var about: Envelope.Subject
        var context: [Position] = []
        var set: JSONObject
        var isIntroduction = false
    }

    private mutating func subject(of writer: Int) -> Subject {
        if scribes[writer].tip == nil, !choices.oneIn(8) {
            return Subject(
                about: .begins(kind: Vocabulary.replicaKind), set: ["label": "x"],
                isIntroduction: true)
        }
        switch choices.below(8) {
        case 5: return order()
        case 6: return wordOnDevice()
        case 7:
            let kind = choices.pick(Self.kinds, "note")
            return Subject(about: .begins(kind: kind), set: ["status": "active", "x": value()])
        default: return amendment()
        }
    }

    private mutating func amendment() -> Subject {
        guard let entry = choices.pick(lines)?.entry else {
            return Subject(about: .begins(kind: "note"), set: [:])
        }
        let events = lines.filter { $0.entry == entry }.map(\.position)
        var context = choices.oneIn(4) ? [] : events
        if choices.oneIn(8), let foreign = choices.pick(lines)?.position { context.append(foreign) }
        var set = JSONObject()
        for _ in 0...choices.below(3) { set[choices.pick(Self.fields, "text")] = value() }
        return Subject(about: .entry(entry), context: context, set: set)
    }

    private mutating func value() -> JSONValue {
        choices.oneIn(2) ? choices.json(depth: 4) : choices.pick(["voided", "active", "a"], "a")
    }

    /// An order to erase one line, signed by the clinic or by somebody else.
    private mutating func order() -> Subject {
        guard let line = choices.pick(lines) else { return amendment() }
        let signer = scribes[choices.oneIn(4) ? 0 : 2].key
        let signature = signer.sign(.erasure(diary, line.id))
        return Subject(
            about: .begins(kind: Vocabulary.erasureKind),
            set: [
                "erase": ["events": [line.position.json]],
                "signatures": [.string(signature.text)], "status": "active",
            ])
    }

    private mutating func wordOnDevice() -> Subject {
        let introductions = lines.filter { $0.envelope.introduction != nil }
        guard let device = choices.pick(introductions) else { return amendment() }
        let events = lines.filter { $0.entry == device.position }.map(\.position)
        var set = JSONObject()
        set["access"] = choices.oneIn(3) ? "closed" : "open"
        set["role"] = choices.pick(["patient", "clinic"], "patient")
        set["trusted"] = choices.oneIn(2) ? "all" : .array(lines.suffix(3).map(\.position.json))
        return Subject(
            about: .entry(device.position), context: choices.oneIn(2) ? [] : events, set: set)
    }

    private mutating func bend(_ envelope: inout Envelope) {
        switch choices.below(8) {
        case 0: envelope.seq = Int(choices.pick(Self.seqs, 1))
        case 1: envelope.prev = choices.pick(lines)?.id
        case 2: envelope.replica = scribes[choices.below(scribes.count)].replica
        case 3: envelope.context.reverse()
        case 4: envelope.context += envelope.context
        case 5: envelope.at = Timestamp(milliseconds: choices.integer(), offset: 1080)
        case 6:
            if let old = choices.pick(lines)?.position {
                let text = SignedText.continuation(diary, from: old, to: envelope.replica)
                let signature = scribes[choices.below(scribes.count)].key.sign(text)
                envelope.introduction = envelope.introduction.map {
                    .init(
                        key: $0.key, nonce: $0.nonce,
                        continues: Continuation(position: old, signature: signature))
                }
            }
        default: envelope.author = choices.pick(lines)?.id
        }
    }

    private mutating func again() -> (bytes: [UInt8], event: EventLine?) {
        let line = choices.pick(lines)
        return (line?.bytes ?? [], line)
    }

    /// A line with a signature in place of its body, the clinic's or somebody else's.
    private mutating func erased() -> (bytes: [UInt8], event: EventLine?) {
        guard let line = choices.pick(lines) else { return ([], nil) }
        let signer = scribes[choices.oneIn(4) ? 0 : 2].key
        let erased = line.erased(by: signer.sign(.erasure(diary, line.id)))
        return (erased.bytes, erased)
    }

    private static let kinds = [
        "note", "infusion", "reaction", "replica", "erasure", "person", "plan", "stock", "question",
    ]
    private static let fields = [
        "text", "status", "vials.1", "vials.2", "time", "route", "note", "trusted", "label",
        "link.x", "sites", "rates", "weightGrams", "erase", "signatures", "premed.1", "outcome",
    ]
    private static let seqs: [Int64] = [1, 2, 3, 0, -1, JSONValue.integerLimit, 1 << 53]
}
