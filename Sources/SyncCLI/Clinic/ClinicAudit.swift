import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// `diary clinic audit`.
struct ClinicAudit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Lists who read and wrote what, the newest first.",
        discussion: """
            diary clinic audit P03 --from 2026-03-01
            diary clinic audit --by r.evans --act "plan"

            For administrators and auditors; to have looked is a line of it, too. Every act of staff is \
            there, reading among them, and no line is ever changed or taken out. Times are UTC, by the \
            clinic's clock. What a change was from and to:  diary clinic history HANDLE
            """)

    @OptionGroup var options: ClinicOptions

    @Argument(help: "The patient's reference; all if not said.")
    var patient: String?

    @Option(help: "Only what this member of staff did: their login.")
    var by: String?

    @Option(help: "Only this act, as it stands in the third column.")
    var act: String?

    @Option(help: "Only lines about this entry: its handle.")
    var entry: String?

    @Option(help: "The first day, in UTC.")
    var from: String?

    @Option(help: "The day after the last one, in UTC.")
    var to: String?

    @Option(help: "At most so many lines, 1 to 100000.")
    var limit: Int = 100

    func run() throws {
        try Output.run("clinic audit", json: options.json) {
            guard (1...100_000).contains(limit) else {
                throw Refused("--limit is 1 to 100000.", code: "usage", exit: .usage)
            }
            let home = try options.open()
            var query = AuditQuery(limit: limit)
            query.staff = by
            query.act = act
            query.fromMs = try Self.day(from, "--from")
            query.untilMs = try Self.day(to, "--to")
            if let entry { query.entry = try home.entry(named: entry, of: patient) }
            let page = try home.clinic.audit(query, ofPatient: patient, by: home.staff())
            var reply = Reply()
            reply.lines = DeskWords.table(
                ["when (UTC)", "who", "act", "patient", "entry", ""], page.lines.map(\.row))
            if page.lines.isEmpty { reply.say("No such line.") }
            if page.count > page.lines.count {
                reply.say(
                    "Shown are the newest \(page.lines.count) of \(page.count).   --limit shows more."
                )
            }
            reply.json["count"] = .integer(Int64(page.count))
            reply.json["lines"] = .array(page.lines.map(\.json))
            return reply
        }
    }

    /// The first instant of a day in UTC: an audit is of no one zone.
    private static func day(_ typed: String?, _ option: String) throws -> Int64? {
        guard let typed else { return nil }
        guard let day = CivilDate(typed), (1900...2200).contains(day.year) else {
            throw Refused(
                "\(option) is a day such as 2026-03-01; “\(typed)” is none.", code: "usage",
                exit: .usage)
        }
        return Int64(day.daysSinceEpoch) * 86_400_000
    }
}

extension ClinicHome {
    /// The entry of a handle over all diaries of the clinic, or of one patient.
    fileprivate func entry(named typed: String, of patient: String?) throws -> EntryID {
        let zone = try zone()
        let diary = try diary(ofEntry: typed, patient: patient)
        return try clinic.database.read { transaction in
            try Reading(transaction, diary: diary, zone: zone)
                .entry(named: typed, today: zone.day(atMs: clinic.now))
        }
    }
}

extension AuditLine {
    fileprivate var row: [String] {
        [
            Self.time(record.ms), who, record.act, patient ?? "",
            record.entry.map { Handle(of: $0).text } ?? "",
            (record.detail ?? "").replacing("_", with: " "),
        ]
    }

    /// `r.evans, nurse`, `device: Anna's laptop`, or the program itself.
    private var who: String {
        if let login = record.staff {
            return member.map { "\(login), \($0.role.rawValue)" } ?? login
        }
        guard let number = record.device else { return "program" }
        return "device: \(device ?? "\(number)")"
    }

    private static func time(_ ms: Int64) -> String {
        guard let wall = Self.universal?.wall(atMs: ms) else { return "\(ms)" }
        return "\(wall.date) \(wall.clockFace)"
    }

    private static let universal = ZoneFiles().rules(named: "Etc/UTC")

    fileprivate var json: JSONValue {
        var object: JSONObject = [
            "act": .string(record.act), "ms": .integer(record.ms),
            "staff": .string(record.staff ?? ""), "time": .string(Self.time(record.ms)),
        ]
        if let member {
            object["name"] = .string(member.name)
            object["role"] = .string(member.role.rawValue)
        }
        if let number = record.device { object["device"] = .integer(Int64(number)) }
        if let device { object["deviceLabel"] = .string(device) }
        if let patient { object["patient"] = .string(patient) }
        if let diary = record.diary { object["diary"] = .string(diary.text) }
        if let entry = record.entry {
            object["entry"] = .string(entry.text)
            object["handle"] = .string(Handle(of: entry).text)
        }
        if let detail = record.detail { object["detail"] = .string(detail) }
        return .object(object)
    }
}
