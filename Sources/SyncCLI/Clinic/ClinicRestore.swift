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
            until an administrator has confirmed the list of devices. What the store that is here has \
            beyond the backup is taken over: events, audit, recalls, staff, patients and devices.
            """)

    @OptionGroup var options: ClinicOptions

    @Argument(help: "A file that `diary clinic backup` wrote.")
    var file: String

    @Flag(help: "Put it back though it is the backup of a clinic with another key.")
    var yes = false

    func run() throws {
        try Output.run("clinic restore", json: options.json) {
            let words = try BackupWords()
            let clock = StoreOptions.clock
            let (restore, records) = try ClinicServer.Clinic.restore(
                file, into: options.directory, evenOfOthers: yes, clock: { clock.now })
            var reply = words.reply(
                for: restore, repair: "diary clinic doctor --repair --staff LOGIN", mayCome: true
            ) { "This clinic was put back to \($0)." }
            words.add(records, of: restore, to: &reply)
            reply.say("It takes from every device, and gives to none until you have looked:")
            reply.say("  diary clinic devices confirm --staff LOGIN")
            return reply
        }
    }
}
