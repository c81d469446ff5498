import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// Reactions as a list: what has a red flag first, then the newest first.
struct ReactionList {
    /// A reaction with what stands beside it.
    struct Item {
        let view: EntryView
        let reading: ReactionReading
        let handle: Handle
        /// The patient's reference, at the clinic.
        let patient: String?
        let words: EntryWords
        /// The infusions that it names, as they stand.
        let infusions: [LinkedInfusion]
        let at: Int64
        let today: Int64
    }

    private(set) var items: [Item] = []

    init() {}

    /// The reactions of several lists together.
    init(_ lists: [ReactionList]) { items = lists.flatMap(\.items) }

    /// Adds the reactions of one diary.
    ///
    /// - Parameter days: only those that began on these days, or of which that is not known; nil for all.
    mutating func add(
        _ reading: Reading, _ record: CareRecord, zone: TZif, now: Int64,
        of patient: String? = nil, days: DayWindow? = nil
    ) throws {
        let times = InfusionTimes(record.infusions, zone: zone)
        let handles = try reading.handles()
        let people = try reading.people()
        for view in record.reactions {
            let found = ReactionReading(view)
            let onset = found.reaction.onset
            if let days, let onset, days.placement(of: onset.days(in: zone)) == .outside {
                continue
            }
            items.append(
                Item(
                    view: view, reading: found, handle: handles.handle(of: view.entry.id),
                    patient: patient,
                    words: EntryWords(
                        view, catalogue: .seed, zone: zone, now: now, people: people),
                    infusions: found.infusions.map {
                        LinkedInfusion($0, in: times, onset: onset?.day(in: zone))
                    },
                    at: onset?.sortingMs(in: zone) ?? 0, today: now))
        }
    }

    /// Those with the gravest flag first, of one kind the newest; what was voided comes last.
    var sorted: [Item] {
        items.sorted { left, right in
            (left.rank, right.at, left.view.entry.id) < (right.rank, left.at, right.view.entry.id)
        }
    }

    var json: JSONValue { .array(sorted.map(\.json)) }
}

extension ReactionList.Item {
    fileprivate var rank: Int {
        if view.status == .voided { return 3 }
        return switch reading.redFlags.first?.group {
        case .emergency: 0
        case .callClinicToday: 1
        case nil: 2
        }
    }

    /// It began in the last week, and nobody said that it is over.
    private var isFresh: Bool {
        view.status != .voided && reading.mayGoOn && at > today - 7 * 86_400_000
    }

    /// The reaction in one line, and what goes with it in further ones.
    func lines(emergencyPhone: String?, clinicPhone: String?) -> [String] {
        let whose = patient.map { "\($0)  " } ?? ""
        let open = view.conflicts.isEmpty ? "" : "  (two values)"
        var lines = ["\(handle)  \(whose)\(words.when(long: false))  \(words.what)\(open)"]
        if let flags = reading.flagWords { lines.append("      \(flags)") }
        lines.append("      \(details.joined(separator: "; "))")
        if isFresh {
            lines += ReactionNotice.lines(
                for: reading.redFlags, emergencyPhone: emergencyPhone, clinicPhone: clinicPhone
            ).map { "      \($0)" }
        }
        return lines.flatMap { DeskWords.fitted($0, indent: 6) }
    }

    private var details: [String] {
        let links = infusions.map { link in
            let name = Handle(of: link.entry).text
            guard let trouble = link.link.words else { return onset(link, name) }
            let others = link.others.map { Handle(of: $0).text }
            return "\(name): \(trouble)"
                + (others.isEmpty ? "" : ", others then: \(others.joined(separator: ", "))")
        }
        let isLong = reading.length != .unknown
        let isGraded = !reading.saidGrades.isEmpty || !reading.assessedGrades.isEmpty
        return [isGraded ? "grade \(reading.gradeWords)" : "no grade said or assessed"]
            + (links.isEmpty ? ["names no infusion"] : links)
            + (isLong ? ["lasted: \(reading.length.words)"] : [])
    }

    private func onset(_ link: LinkedInfusion, _ name: String) -> String {
        let onset = reading.reaction.onset.map { OnsetClass(onset: $0, infusion: link.time) }
        guard let onset, onset != .unknown else { return "names infusion \(name)" }
        return "\(onset.words) (infusion \(name))"
    }

    var json: JSONValue {
        var object: JSONObject = [
            "alertGrade": reading.alertGrade.map(JSONValue.integer) ?? .null,
            "assessedGrades": .array(reading.assessedGrades.map(JSONValue.integer)),
            "conflicts": .array(view.conflicts.map(JSONValue.string)),
            "entry": .string(view.entry.id.text), "fields": .object(view.settledFields),
            "handle": .string(handle.text),
            "infusions": .array(
                infusions.map { link in
                    [
                        "entry": .string(link.entry.text),
                        "onset": .string(
                            (reading.reaction.onset.map {
                                OnsetClass(onset: $0, infusion: link.time)
                            } ?? .unknown).rawValue),
                        "trouble": link.link.words.map(JSONValue.string) ?? .null,
                    ]
                }),
            "isSerious": .bool(reading.isSerious),
            "redFlags": .array(
                reading.redFlags.map {
                    ["group": .string($0.group.rawValue), "sign": .string($0.sign.rawValue)]
                }),
            "saidGrades": .array(reading.saidGrades.map(JSONValue.integer)),
            "status": .string("\(view.status)"), "what": .string(words.what),
            "when": .string(words.when(long: false)),
        ]
        if let patient { object["patient"] = .string(patient) }
        return .object(object)
    }
}

extension DeskWords {
    /// All reactions of a diary, red flags first, and how many infusions of the last year they followed.
    func reactions(for name: String, emergencyPhone: String) throws -> Reply {
        let clinicPhone = try desk.clinicPhone()
        let year = DayWindow(
            from: desk.today.adding(months: -12), until: desk.today.adding(days: 1))
        var list = ReactionList()
        let record = try desk.read("list") { reading in
            let record = try CareRecord(reading)
            try list.add(reading, record, zone: desk.zone, now: desk.clock.now)
            return record
        }
        let rate = ReactionsPerInfusion(record, in: year, zone: desk.zone)
        var reply = Reply(
            json: [
                "entries": list.json, "kind": .string(EntryKind.reaction.rawValue),
                "lastYear": rate.json,
            ])
        guard !list.items.isEmpty else {
            reply.say("\(name). No reaction yet.   diary reaction last headache=2  records one.")
            return reply
        }
        reply.lines += Self.fitted("\(name). In the last 12 months: \(rate.words).")
        reply.lines += list.sorted.flatMap {
            $0.lines(emergencyPhone: emergencyPhone, clinicPhone: clinicPhone)
        }
        return reply
    }
}

extension ReactionsPerInfusion {
    /// What a patient's record comes to in a window of days.
    init(_ record: CareRecord, in window: DayWindow, zone: TZif) {
        let ledger = InfusionLedger(record.infusions, zone: zone)
        self.init(
            reactions: record.reactions, infusions: InfusionTimes(record.infusions, zone: zone),
            probableDuplicates: ledger.totals.probableDuplicates.map { ($0.left, $0.right) },
            from: window.from, to: window.until, zone: zone)
    }
}
