import ArgumentParser
import DiaryDesk
import DiaryModel
import SyncCore

/// `diary training`: who was trained in what, and until when. A nurse or a doctor signs it.
struct TrainingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "training",
        abstract: "Lists who was trained, in what, and until when that holds.",
        discussion: """
            Training is signed at the clinic, by a nurse or a doctor, and comes with a sync. When it \
            ends it locks nothing.
            """,
        subcommands: [All.self], defaultSubcommand: All.self)

    struct All: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Says who is trained for what and until when, then lists the trainings.")

        @OptionGroup var store: StoreOptions

        func run() throws {
            try Output.run("training", json: store.json) {
                try store.openDevice().readAll { desk, _ in
                    try DeskWords(desk: desk).trainings(
                        empty: "No training is known. The clinic signs it.")
                }
            }
        }
    }
}
