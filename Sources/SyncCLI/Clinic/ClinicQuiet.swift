import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryModel
import SyncCore

/// `diary clinic quiet`: whom somebody may want to ring.
struct ClinicQuiet: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quiet",
        abstract: "Lists who has not been heard, or has not written of a dose that was due.",
        discussion: """
            A patient is quiet whose device has not synced for so many days, and whose dose is past its \
            grace without a word although all devices were heard since. A dose of which a device may \
            hold something is not called missing. Where a plan has ended nobody is chased; what came \
            after the end is named.
            """)

    @OptionGroup var options: ClinicOptions

    @Argument(help: "The patient's reference, such as P03; all patients if not said.")
    var patient: String?

    @Option(help: "So many days without a word from a device, 1 to 3650.")
    var days: Int = 14

    func run() throws {
        try Output.run("clinic quiet", json: options.json) {
            guard (1...3650).contains(days) else {
                throw Refused("--days is 1 to 3650.", code: "usage", exit: .usage)
            }
            let home = try options.open()
            let (found, withoutDiary) = try home.treatments("quiet", of: patient) { patient in
                QuietLines(
                    patient: patient,
                    quiet: patient.treatment.quiet(days: days, coverage: patient.coverage))
            }
            return QuietLines.reply(found, withoutDiary: withoutDiary, days: days)
        }
    }
}
