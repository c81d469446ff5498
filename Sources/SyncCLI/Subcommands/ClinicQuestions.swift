import ArgumentParser
import DiaryDesk
import DiaryModel
import SyncCore

/// `diary questions`: what the clinic asks, and the answers.
struct QuestionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "questions", abstract: "Shows what the clinic asks, and takes the answers.",
        discussion: "diary questions answer k7q2 yes",
        subcommands: [All.self, AnswerQuestion.self], defaultSubcommand: All.self)

    struct All: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Lists the questions, those that wait for an answer first.")

        @OptionGroup var store: StoreOptions

        func run() throws {
            try Output.run("questions", json: store.json) {
                try store.openDevice().readAll { desk, _ in try DeskWords(desk: desk).questions() }
            }
        }
    }

    struct AnswerQuestion: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "answer", abstract: "Answers a question.")

        @OptionGroup var store: StoreOptions

        @Argument(help: "The question's handle, such as k7q2.")
        var question: String

        @Argument(help: "yes, no, unknown, declined, or a short word.")
        var answer: String

        @Option(help: "More words; they are kept as a note.")
        var note: String?

        @Flag(help: "Go on although more has come than you were shown.")
        var yes = false

        func run() throws {
            try Output.run("questions answer", json: store.json) {
                let (desk, entry) = try store.openDevice().desk(entry: question)
                return try DeskWords(desk: desk).answer(entry, answer, note: note, yes: yes)
            }
        }
    }
}
