import DiaryStore
import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryModel
import SyncCore

/// `diary clinic audit`.
struct ClinicAudit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Lists who read and wrote what, the newest first.")

    @OptionGroup var options: ClinicOptions

    @Argument(help: "The patient's reference; all if not said.")
    var patient: String?

    @Option(help: "At most so many lines.")
    var limit: Int = 100

    func run() throws {
        try Output.run("clinic audit", json: options.json) {
            let home = try options.open()
            let login = try home.staff()
            let clinic = home.clinic
            try clinic.database.write { transaction in
                guard let role = try ClinicRecords(transaction).staff(login: login)?.role else {
                    throw ClinicError.unknownStaff
                }
                guard role == .administrator || role == .auditor else {
                    throw Refused(
                        "The audit is for administrators and auditors.", code: "not_allowed")
                }
                try ClinicRecords(transaction).audit(
                    AuditRecord(ms: clinic.now, staff: login, act: "audit"))
            }
            let lines = try clinic.audit(ofPatient: patient, limit: limit)
            var reply = Reply()
            reply.lines = DeskWords.table(
                ["when (UTC)", "who", "act", "entry"],
                lines.map { line in
                    [
                        Self.time(line.ms),
                        line.staff ?? line.device.map { "device \($0)" } ?? "program",
                        line.act, line.entry.map { Handle(of: $0).text } ?? "",
                    ]
                })
            reply.json["lines"] = .array(
                lines.map {
                    [
                        "act": .string($0.act), "ms": .integer($0.ms),
                        "staff": .string($0.staff ?? ""),
                    ]
                })
            return reply
        }
    }

    /// A moment in UTC: an audit is of no one zone.
    private static func time(_ ms: Int64) -> String {
        guard let zone = ZoneFiles().rules(named: "Etc/UTC") else { return "\(ms)" }
        let wall = zone.wall(atMs: ms)
        return "\(wall.date) \(wall.clockFace)"
    }
}
