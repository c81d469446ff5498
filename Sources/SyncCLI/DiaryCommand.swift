import ArgumentParser
import Foundation

/// The `diary` command: a patient's device and a clinic's server.
@main
struct Diary: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diary",
        abstract: "Keeps a home infusion diary that needs no network, and syncs it with a clinic.",
        discussion: """
            Everything is written to this computer first. A sync brings it to the clinic whenever \
            there is a network; nothing waits for that. Where two people wrote different things, \
            both stay, and `diary conflicts` asks.
            """,
        version: "0.1.0",
        subcommands: [
            Init.self, Join.self, People.self, Log.self, CheckCommand.self, ReactionCommand.self,
            MeasureCommand.self, ReportCommand.self, StockCommand.self, PlanCommand.self, Due.self,
            TrainingCommand.self, QuestionsCommand.self, NoticesCommand.self, ScanCommand.self,
            List.self, Show.self, History.self, Amend.self, Move.self,
            Void.self, Reinstate.self, Undo.self, Sync.self, ClockCommand.self, Conflicts.self,
            Duplicates.self, Status.self, Explain.self, Doctor.self, Backup.self,
            RestoreCommand.self,
            Export.self, Import.self, Clinic.self,
        ])

    static func main() async {
        // A limit on the size of files is an error to say in words, not an end without one.
        signal(SIGXFSZ, SIG_IGN)
        StandardOutput.keepDescriptors()
        if let doubled = DoubledOption(in: Array(CommandLine.arguments.dropFirst())) {
            Output.complain("\(doubled.name) is said twice, and takes one value. Nothing was done.")
            Self.exit(withStatus: .usage)
        }
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let finished as Finished {
            Self.exit(withStatus: finished.status)
        } catch {
            let code = exitCode(for: error)
            let text = fullMessage(for: error)
            // Help and version are asked for; everything else is a mistake in what was typed.
            if code == .success {
                guard let reason = StandardOutput.say(text) else {
                    Self.exit(withStatus: .done)
                }
                Output.complain("This could not be written (\(reason)).")
                Self.exit(withStatus: .failed)
            }
            Output.complain(text)
            Self.exit(withStatus: .usage)
        }
    }
}
