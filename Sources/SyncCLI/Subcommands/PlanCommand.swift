import ArgumentParser
import DiaryDesk
import DiaryModel
import SyncCore

/// `diary plan`: the treatment plan, as the clinic has signed it. A device never writes one.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Shows the treatment plan that the clinic has signed.",
        discussion: """
            A plan is signed at the clinic and comes with a sync. Every infusion keeps the version \
            that this device showed when it was recorded.
            """,
        subcommands: [Show.self], defaultSubcommand: Show.self)

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Shows the plan, who signed it and from when it holds.")

        @OptionGroup var store: StoreOptions

        func run() throws {
            try Output.run("plan", json: store.json) {
                try store.openDevice().readAll { desk, _ in try DeskWords(desk: desk).plans() }
            }
        }
    }
}
