import ArgumentParser
import DiaryDesk
import DiaryStore

/// `diary restore`: puts this device back to a backup, beside what is there.
struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract:
            "Puts this device back to a backup. What is here now is kept, and nothing is lost.",
        discussion: """
            The file is checked first. Entries made since the backup are taken over from the store that \
            is here, or come with the next sync. The diary goes on as a new writer.
            """)

    @OptionGroup var store: StoreOptions

    @Argument(help: "A file that `diary backup` wrote.")
    var file: String

    func run() throws {
        try Output.run("restore", json: store.json) {
            let words = try BackupWords()
            Files.makeParent(of: store.directory)
            let restore = try Restore.run(
                file, into: store.directory, purpose: .device, at: StoreOptions.clock.now)
            var reply = words.reply(for: restore) {
                "This diary was put back to \($0). It goes on as a new writer."
            }
            reply.say("Next:  diary sync  brings what the clinic holds.")
            return reply
        }
    }
}
