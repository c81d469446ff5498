import ArgumentParser
import DiaryDesk

/// `diary notices`: lots under recall, and what of them is here.
struct NoticesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notices",
        abstract:
            "Shows the lots under recall that the clinic has told of, and what is here of them.",
        discussion: """
            A notice comes with a sync. It ends with 3 if such vials lie at home, or were infused after \
            the notice.
            """)

    @OptionGroup var store: StoreOptions

    func run() throws {
        try Output.run("notices", json: store.json) {
            try store.openDevice().readAll { desk, _ in try DeskWords(desk: desk).notices() }
        }
    }
}
