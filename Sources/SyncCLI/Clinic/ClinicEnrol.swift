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
            var reply = Reply(
                "For \(patient), one \(role.rawValue)'s device. The letter says:",
                "  diary join https://ADDRESS --code \(printed.code) --for NAME"
                    + (role == .carer ? " --as CARER" : ""),
                role == .carer
                    ? "  (NAME is what the patient is called at home, CARER who joins.)"
                    : "  (NAME is what the patient is called at home.)",
                "  The clinic's key is  \(key.fingerprint)",
                "The code works once, for \(hours) hours, and is not shown again.",
                json: [
                    "code": .string(printed.code.description),
                    "expires": .integer(printed.expiresMs),
                    "fingerprint": .string(key.fingerprint), "patient": .string(patient),
                    "role": .string(role.rawValue),
                ])
            reply.ifUnwritten = {
                "Nobody was shown the code in it. Another:  diary clinic enrol \(patient)"
            }
            return reply
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
            let zone = try home.zone()
            try clinic.database.write { transaction in
                try clinic.member(login, may: .seeDiary, in: transaction)
                try ClinicRecords(transaction).audit(
                    AuditRecord(ms: clinic.now, staff: login, act: "diaries"))
            }
            // The clinic's server goes on writing beside it.
            return try clinic.database.read { transaction in
                let records = ClinicRecords(transaction)
                var rows: [[String]] = []
                var json: [JSONValue] = []
                for patient in try records.patients() {
                    let diaries = try records.diaries(of: patient.number)
                    let readings = try diaries.map {
                        try Reading(transaction, diary: $0.diary, zone: zone)
                    }
                    for (diary, reading) in zip(diaries, readings) {
                        let entries = try reading.entryCount()
                        // What waits between diaries is counted once, with the first.
                        let between =
                            diary.diary == diaries.first?.diary
                            ? try Waiting.between(readings).count : 0
                        let open = try reading.waiting(catalogue: .seed).count + between
                        let frontier = reading.events.frontier
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
