internal import SeededRandom
internal import SyncCore

extension DiaryWorld {
    /// A program of a newer version writes: kinds, fields and members that nobody else knows.
    func writeNewer(_ machine: Machine) throws {
        guard let tip = machine.disk.own.tip,
            !machine.disk.own.wentOnElsewhere(in: machine.store.tree)
        else { return }
        let replica = machine.disk.own.replica
        let isEntry = random.chance(0.5)
        let subject: Envelope.Subject
        var context: [Position] = []
        var seen: Set<EventID> = []
        let entries = machine.store.arrived.filter {
            machine.store.lines[$0.id]?.envelope.kind == "reaction"
        }
        if isEntry || entries.isEmpty {
            subject = .begins(kind: "hologram")
        } else {
            let form = try open(machine, random.pick(entries))
            subject = .entry(form.entry)
            context = form.context
            seen = form.seen
        }
        let set: JSONObject = ["aura.2": .integer(Int64(random.below(9))), "status": "active"]
        var body: JSONObject = [
            "set": .object(set), "salt": .string(Salt.random(using: &random).text),
        ]
        body["mood"] = ["x": [1, "é"]]
        let bodyBytes = JSONValue.object(body).canonicalBytes
        guard let hash = BodyHash(octets: SHA256Hash.octets(of: bodyBytes)) else { return }
        let envelope = Envelope(
            at: Timestamp(milliseconds: machine.clock.reads(at: world.now), offset: 0), body: hash,
            context: context, subject: subject, fields: set.keys, prev: tip.id, replica: replica,
            seq: tip.seq + 1)
        var event = envelope.json.objectValue ?? [:]
        event["zone"] = ["Europe/London", true]
        let text = JSONValue.object(["body": .object(body), "event": .object(event)])
        let line = try EventLine(text.canonicalBytes, diary: diary)
        let head = Head(
            position: line.position,
            signature: machine.disk.own.key.sign(.head(diary, line.position)))
        var pen = Pen(own: machine.disk.own, random: random)
        let intake = try transact(machine, &pen, own: \.own) { store, pen in
            let intake = try store.take([Section(lines: [line.bytes], heads: [head])])
            pen.own.tip = line.position
            return intake
        }
        try check(intake.taken == 1, "a newer version's line is not taken")
        machine.disk.own = pen.own
        newer.insert(line.id)
        let noted = try oracle.note(line, isClinic: machine.isClinic)
        oracle.mates[line.id] = [line.id]
        oracle.told(noted, seeing: seen, speaksOfStatus: true)
        count(.newerLine)
        say("\(machine.name), newer, writes \(name(line.id))")
    }
}
