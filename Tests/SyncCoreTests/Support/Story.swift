import SyncCore

/// Who wrote what of one entry, and what has to be shown, by hand.
struct Story: Sendable, CustomStringConvertible {
    /// One event: its name here, who wrote it, and which events were on that page.
    struct Said: Sendable {
        let name: String
        let writer: Character
        let seeing: [String]
        let set: JSONObject

        init(_ name: String, by writer: Character, seeing: [String] = [], _ set: JSONObject) {
            self.name = name
            self.writer = writer
            self.seeing = seeing
            self.set = set
        }
    }

    let title: String
    let said: [Said]
    /// For each field the events that speak for it.
    let shows: [String: [String]]
    let status: EntryView.Status
    let conflicts: [String]
    /// For each void the corrections it had not seen.
    let questions: [String: [String]]

    var description: String { title }

    /// The first event begins the entry; its writer's letter in lower case is a copy of that writer,
    /// made when the entry had begun.
    init(
        _ title: String, _ said: [Said], shows: [String: [String]],
        status: EntryView.Status = .active, conflicts: [String] = [],
        questions: [String: [String]] = [:]
    ) {
        self.title = title
        self.said = said
        self.shows = shows
        self.status = status
        self.conflicts = conflicts
        self.questions = questions
    }
}

/// A story written down: sections, each of one line, with what each rests on.
struct Told {
    struct Part {
        let section: Section
        let line: EventLine
        let supports: Set<EventID>
    }

    private(set) var parts: [Part] = []
    private(set) var lines: [String: EventLine] = [:]
    private(set) var names: [EventID: String] = [:]

    init(_ story: Story) throws {
        var pens: [Character: Pen] = [:]
        var begun: Pen?
        for (number, said) in story.said.enumerated() {
            if pens[said.writer] == nil {
                let original = Character(said.writer.uppercased())
                if let pen = begun, original == story.said.first?.writer {
                    pens[said.writer] = pen.fork(seed: UInt64(900 + number))
                } else {
                    var pen = Pen(seed: UInt64(500 + number))
                    let line = try pen.introduce()
                    try add(line, pen)
                    pens[said.writer] = pen
                }
            }
            guard var pen = pens[said.writer] else { continue }
            let line =
                if let begun = story.said.first.flatMap({ lines[$0.name] }) {
                    try pen.amend(
                        begun, seeing: said.seeing.compactMap { lines[$0] }, set: said.set)
                } else { try pen.begin(set: said.set) }
            pens[said.writer] = pen
            begun = begun ?? pen
            lines[said.name] = line
            names[line.id] = said.name
            try add(line, pen)
        }
    }

    private mutating func add(_ line: EventLine, _ pen: Pen) throws {
        let envelope = line.envelope
        var supports = Set(envelope.context.map(\.id))
        if let prev = envelope.prev { supports.insert(prev) }
        if line.entry.id != line.id { supports.insert(line.entry.id) }
        parts.append(Part(section: try pen.section(line), line: line, supports: supports))
    }

    /// Up to `limit` orders in which every part comes after what it rests on.
    func causalOrders(limit: Int) -> [[Part]] {
        var orders: [[Part]] = []
        func go(_ done: [Part], _ rest: [Part]) {
            if orders.count == limit { return }
            if rest.isEmpty { return orders.append(done) }
            let held = Set(done.map(\.line.id))
            for (number, part) in rest.enumerated() where part.supports.isSubset(of: held) {
                var rest = rest
                rest.remove(at: number)
                go(done + [part], rest)
            }
        }
        go([], parts)
        return orders
    }
}
