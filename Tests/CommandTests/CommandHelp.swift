import Foundation
import TestSupport

/// What the command says of itself, by `--experimental-dump-help`.
struct CommandHelp: Decodable {
    struct Argument: Decodable {
        struct Name: Decodable, Hashable {
            let kind: String
            let name: String
        }
        enum Kind: String, Decodable { case positional, option, flag }

        let kind: Kind
        /// None where it is an argument without dashes.
        let names: [Name]?
        let isRepeating: Bool
        let isOptional: Bool
    }

    let commandName: String
    let abstract: String?
    let arguments: [Argument]?
    let subcommands: [CommandHelp]?

    /// This command and all below it, each with the words that are typed for it.
    func all(below path: [String] = []) -> [(words: String, help: CommandHelp)] {
        let path = path + [commandName]
        return [(path.joined(separator: " "), self)]
            + (subcommands ?? []).flatMap { $0.all(below: path) }
    }

    /// Asked once: it takes a second and more.
    static let ofDiary = Result {
        struct Dump: Decodable { let command: CommandHelp }
        let scratch = try Scratch()
        let ended = try Child(
            Child.diary, ["--experimental-dump-help"], environment: ["HOME": scratch.path],
            in: scratch
        ).wait()
        return try JSONDecoder().decode(Dump.self, from: Data(ended.output.utf8)).command
    }
}
