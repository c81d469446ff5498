import ArgumentParser
import DiaryStore
import SyncClient
import SyncCore

/// `diary sync`: meets the clinic now.
struct Sync: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Syncs with the clinic now.",
        discussion: "A sync that worked ends with 0, also when people still disagree (see --check)."
    )

    @OptionGroup var store: StoreOptions

    @Flag(help: "No progress bar.")
    var quiet = false

    @OptionGroup var certificates: AuthorityOptions

    func run() async throws {
        try await Output.run("sync", json: store.json) {
            let home = try store.openDevice()
            let diary = try home.diary()
            if let authority = try certificates.read() {
                try home.database.write { try ClinicLink.trust(authority, of: diary.id, in: $0) }
            }
            var reply = try await SyncRun(
                database: home.database, diary: diary.id
            ).reply(quietly: quiet || store.json)
            if store.check, reply.exit == .done, reply.json["questions"]?.integerValue ?? 0 > 0 {
                reply.note(.waits)
            }
            return reply
        }
    }
}
