import ArgumentParser
import DiaryDesk
import DiaryStore

/// `diary backup`: one file from which this store can be made again.
struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Writes everything this device keeps to one file, and reads it back.",
        discussion: """
            The file can be written while other commands run. It holds the diary and its keys: keep it \
            as safe as the device. `diary restore FILE` puts it back.
            """)

    @OptionGroup var store: StoreOptions

    @Argument(help: "The file to write; it must not be there yet.")
    var file: String

    func run() throws {
        try Output.run("backup", json: store.json) {
            let home = try store.openDevice()
            let words = try BackupWords()
            let backup = try home.database.backUp(to: file, at: StoreOptions.clock.now)
            return words.reply(for: backup, in: file)
        }
    }
}
