import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryStore

/// `diary clinic backup`: one file from which the clinic can be made again.
struct ClinicBackup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Writes the whole clinic to one file, and reads it back.",
        discussion: "The server may go on meanwhile. The file holds the clinic's key.")

    @OptionGroup var options: ClinicOptions

    @Argument(help: "The file to write; it must not be there yet.")
    var file: String

    func run() throws {
        try Output.run("clinic backup", json: options.json) {
            let home = try options.open()
            let backup = try home.clinic.backUp(to: file, by: home.staff())
            return try BackupWords().reply(for: backup, in: file)
        }
    }
}
