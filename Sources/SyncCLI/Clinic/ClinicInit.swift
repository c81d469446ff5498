import DiaryDesk
import ArgumentParser
import ClinicServer
import DiaryModel
import DiaryStore
import SyncCore

/// `diary clinic init`: begins a clinic.
struct ClinicInit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Begins a clinic, and prints its recovery phrase once.")

    @OptionGroup var options: ClinicOptions

    @Option(help: "The clinic's name, as letters and devices show it.")
    var name: String

    @Option(help: "The name of the first administrator (--staff says the login).")
    var administrator: String?

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
            let clock = StoreOptions.clock
            let (clinic, phrase) = try ClinicServer.Clinic.create(
                in: options.directory, name: name,
                administrator: StaffRecord(
                    login: login, name: administrator ?? login, role: .administrator),
                clock: { clock.now })
            return Reply(
                "A clinic begins here, in \(options.directory). Letters say its key:",
                "  \(clinic.key.publicKey.fingerprint)",
                "Write this recovery phrase on paper now, and keep it away from this computer:",
                "  \(phrase)           (it is not shown again)",
                "If this disk is lost, the phrase makes the clinic's key again.",
                "Next:  diary clinic staff add LOGIN --name NAME --role nurse --staff \(login)",
                json: [
                    "fingerprint": .string(clinic.key.publicKey.fingerprint),
                    "key": .string(clinic.key.publicKey.text), "name": .string(name),
                    "recoveryPhrase": .string(phrase.description),
                ])
        }
    }
}
