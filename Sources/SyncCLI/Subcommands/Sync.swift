import ArgumentParser
import DiaryStore
import SyncClient
import SyncCore

/// `diary sync`: meets the clinic now.
struct Sync: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Syncs with the clinic now.",
        discussion: "A sync that worked ends with 0, also when people still disagree (see --check)."
    )

    @OptionGroup var store: StoreOptions

    @Flag(help: "No progress bar.")
    var quiet = false

    @OptionGroup var certificates: AuthorityOptions

    func run() async throws {
        try await Output.run("sync", json: store.json) {
            let home = try store.openDevice()
            let patient = try home.patient()
            if let authority = try certificates.read() {
                try home.database.write { transaction in
                    for diary in [patient.main] + patient.further {
                        try ClinicLink.trust(authority, of: diary.id, in: transaction)
                    }
                }
            }
            var reply = try await SyncRun.reply(
                for: patient, in: home.database, quietly: quiet || store.json)
            let parts = [.object(reply.json)] + (reply.json["further"]?.arrayValue ?? [])
            let asks = parts.contains { $0["questions"]?.integerValue ?? 0 > 0 }
            if store.check, reply.exit == .done, asks { reply.note(.waits) }
            return reply
        }
    }
}
