import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryStore

/// `diary clinic restore`: puts the clinic back to a backup, beside what is there.
struct ClinicRestore: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Puts the clinic back to a backup. What is here now is kept.",
        discussion: """
            Stop the server first. Afterwards the clinic takes from every device and gives to none \
            until an administrator has confirmed the list of devices.
            """)

    @OptionGroup var options: ClinicOptions

    @Argument(help: "A file that `diary clinic backup` wrote.")
    var file: String

    func run() throws {
        try Output.run("clinic restore", json: options.json) {
            let words = try BackupWords()
            let clock = StoreOptions.clock
            let restore = try ClinicServer.Clinic.restore(
                file, into: options.directory, clock: { clock.now })
            var reply = words.reply(for: restore) { "This clinic was put back to \($0)." }
            reply.say("It takes from every device, and gives to none until you have looked:")
            reply.say("  diary clinic devices confirm --staff LOGIN")
            return reply
        }
    }
}
