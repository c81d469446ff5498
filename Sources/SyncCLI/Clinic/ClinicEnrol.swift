import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// `diary clinic enrol`: makes the code for one device's letter.
struct ClinicEnrol: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrol", abstract: "Makes a one-time code for one device of a patient.")

    @OptionGroup var options: ClinicOptions

    @Argument(help: "The patient's reference at this clinic, such as P03.")
    var patient: String

    @Option(name: .customLong("role"), help: "What the device will be: patient or carer.")
    var roleName: String = "patient"

    @Option(help: "For how many hours the code is good.")
    var hours: Int = 24 * 14

    func run() throws {
        try Output.run("clinic enrol", json: options.json) {
            try ClinicName.check(patient, "A patient's reference")
            let role = try DeviceRole.read(roleName)
            guard (1...24 * 90).contains(hours) else {
                throw Refused(
                    "A code is good for 1 hour to 90 days (2160).", code: "usage", exit: .usage)
            }
            let home = try options.open()
            let printed = try home.clinic.enrol(
                patient: patient, role: role, by: home.staff(),
                lifetimeMs: Int64(hours) * 3_600_000)
            let key = home.clinic.key.publicKey
            return Reply(
                "For \(patient), one \(role.rawValue)'s device. The letter says:",
                "  diary join https://ADDRESS --code \(printed.code)",
                "  The clinic's key is  \(key.fingerprint)",
                "The code works once, for \(hours) hours, and is not shown again.",
                json: [
                    "code": .string(printed.code.description),
                    "expires": .integer(printed.expiresMs),
                    "fingerprint": .string(key.fingerprint), "patient": .string(patient),
                    "role": .string(role.rawValue),
                ])
        }
    }
}

/// `diary clinic diaries`: whose diaries are kept.
struct ClinicDiaries: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diaries",
        abstract: "Lists the patients, their diaries and what waits in them.")

    @OptionGroup var options: ClinicOptions

    func run() throws {
        try Output.run("clinic diaries", json: options.json) {
            let home = try options.open()
            let login = try home.staff()
            let clinic = home.clinic
            return try clinic.database.write { transaction in
                try clinic.member(login, may: .seeDiary, in: transaction)
                let records = ClinicRecords(transaction)
                try records.audit(AuditRecord(ms: clinic.now, staff: login, act: "diaries"))
                var rows: [[String]] = []
                var json: [JSONValue] = []
                for patient in try records.patients() {
                    for diary in try records.diaries(of: patient.number) {
                        let entries = try transaction.entries(in: diary.diary)
                            .filter { !$0.isHidden }.count
                        let open = try transaction.openQuestions(in: diary.diary).count
                        let frontier = try transaction.events(in: diary.diary).frontier
                        rows.append([
                            patient.reference, "\(entries)", "\(open)",
                            StatusWords.shortFrontier(frontier),
                            diary.isFurther ? "a further diary" : "",
                        ])
                        json.append([
                            "diary": .string(diary.diary.text), "entries": .integer(Int64(entries)),
                            "frontier": frontier.json, "open": .integer(Int64(open)),
                            "patient": .string(patient.reference),
                        ])
                    }
                }
                var reply = Reply()
                reply.lines = DeskWords.table(
                    ["patient", "entries", "open", "says", ""], rows)
                if rows.isEmpty { reply.say("No diary has begun here yet.") }
                reply.json["diaries"] = .array(json)
                return reply
            }
        }
    }
}
