import ArgumentParser
import DiaryDesk
import DiaryStore
import SyncClient

/// `diary restore`: puts this device back to a backup, beside what is there.
struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract:
            "Puts this device back to a backup. What is here now is kept, and nothing is lost.",
        discussion: """
            The file is checked first. Entries made since the backup are taken over from the store that \
            is here, or come with the next sync. The diary goes on as a new writer. --for says whose \
            diary the backup has to hold.
            """)

    @OptionGroup var store: StoreOptions

    @Argument(help: "A file that `diary backup` wrote.")
    var file: String

    @Flag(help: "Put it back though it holds none of the diaries that are here.")
    var yes = false

    func run() throws {
        try Output.run("restore", json: store.json) {
            let words = try BackupWords()
            Files.makeParent(of: store.directory)
            var hasClinic = false
            let restore = try Restore.run(
                file, into: store.directory, purpose: .device, at: StoreOptions.clock.now,
                of: store.diaryName, evenOfOthers: yes
            ) { _, transaction, _ in
                hasClinic = try transaction.diaries().contains {
                    try ClinicLink(of: $0.id, in: transaction) != nil
                }
            }
            var reply = words.reply(
                for: restore, repair: "diary doctor --repair", mayCome: hasClinic
            ) {
                "This diary was put back to \($0). It goes on as a new writer."
            }
            if let kept = restore.keptIn, !restore.diariesLeft.isEmpty {
                let names = restore.diariesLeft.map(\.name).joined(separator: ", ")
                reply.say("The backup lacks a diary that was here, of \(names). It is only there:")
                reply.say("  diary list --home \(kept)")
            }
            if hasClinic { reply.say("Next:  diary sync  brings what the clinic holds.") }
            return reply
        }
    }
}
