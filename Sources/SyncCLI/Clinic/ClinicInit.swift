import DiaryDesk
import ArgumentParser
import ClinicServer
import DiaryModel
import DiaryStore
import SyncCore

/// `diary clinic init`: begins a clinic, or begins one again whose disk is gone.
struct ClinicInit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Begins a clinic, and prints its recovery phrase once.",
        discussion: """
            A clinic whose disk is gone begins again as itself with --recover: its recovery phrase is \
            asked for, or read with --phrase-file, and is never an argument, which others on this \
            computer could see. Then each device gets a new code, brings what it holds, and an \
            administrator confirms the devices.
            """)

    @OptionGroup var options: ClinicOptions

    @Option(help: "The clinic's name, as letters and devices show it.")
    var name: String

    @Option(help: "The name of the first administrator (--staff says the login).")
    var administrator: String?

    @Flag(help: "Begin a clinic again, as itself, from its recovery phrase.")
    var recover = false

    @Option(help: "With --recover: the file that holds the phrase; - reads it from the input.")
    var phraseFile: String?

    func run() throws {
        try Output.run("clinic init", json: options.json) {
            guard let login = options.login else {
                throw Refused(
                    "Say who the first administrator is:  --staff LOGIN", code: "no_staff",
                    exit: .usage)
            }
            try ClinicName.check(login, "A login")
            try ClinicName.check(name, "The clinic's name")
            if let administrator { try ClinicName.check(administrator, "The administrator's name") }
            guard recover || phraseFile == nil else {
                throw Refused(
                    "--phrase-file is for --recover. Nothing was written.", code: "usage",
                    exit: .usage)
            }
            guard try !DiaryDatabase.isThere(in: options.directory, purpose: .clinic) else {
                throw StoreError.exists(directory: options.directory)
            }
            let kept = recover ? try TypedPhrase.read(fromFile: phraseFile) : nil
            let clock = StoreOptions.clock
            let (clinic, phrase) = try ClinicServer.Clinic.create(
                in: options.directory, name: name,
                administrator: StaffRecord(
                    login: login, name: administrator ?? login, role: .administrator),
                recovering: kept, clock: { clock.now })
            return recover
                ? recovered(clinic, login: login) : begun(clinic, phrase, login: login)
        }
    }

    private func begun(
        _ clinic: ClinicServer.Clinic, _ phrase: RecoveryPhrase, login: String
    ) -> Reply {
        var reply = Reply(
            "A clinic begins here, in \(options.directory). Letters say its key:",
            "  \(clinic.key.publicKey.fingerprint)",
            "Write this recovery phrase on paper now, and keep it away from this computer:",
            "  \(phrase)           (it is not shown again)",
            "If this disk is lost,  diary clinic init --recover  asks for it: the clinic begins",
            "again as itself, and the devices bring everything back.",
            "Next:  diary clinic staff add LOGIN --name NAME --role nurse --staff \(login)",
            json: json(of: clinic))
        reply.json["recoveryPhrase"] = .string(phrase.description)
        // A clinic whose phrase nobody has seen would be lost with its disk.
        reply.ifUnwritten = {
            try clinic.database.withdraw()
            return "No clinic was begun, since nobody was shown its recovery phrase."
        }
        return reply
    }

    private func recovered(_ clinic: ClinicServer.Clinic, login: String) -> Reply {
        Reply(
            "The clinic begins again as itself, in \(options.directory). Its key is:",
            "  \(clinic.key.publicKey.fingerprint)        (compare it with any letter)",
            "It takes what devices send, and gives nothing until they are confirmed. Next:",
            "  1. Add the staff:  diary clinic staff add LOGIN --name NAME --role nurse"
                + " --staff \(login)",
            "  2. A new code for each device:  diary clinic enrol PATIENT --staff \(login)",
            "     They join with it, keep all they hold, and bring it here by syncing.",
            "  3. Close the devices that were closed before:  diary clinic devices close",
            "  4. diary clinic devices confirm --staff \(login)",
            json: json(of: clinic))
    }

    private func json(of clinic: ClinicServer.Clinic) -> JSONObject {
        [
            "fingerprint": .string(clinic.key.publicKey.fingerprint),
            "key": .string(clinic.key.publicKey.text), "name": .string(name),
            "recovered": .bool(recover),
        ]
    }
}
