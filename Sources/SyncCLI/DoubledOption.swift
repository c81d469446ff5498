import ArgumentParser
import Foundation

/// An option that is said twice and takes one value: the parser would take the last without a word.
struct DoubledOption {
    /// As it was typed, such as `--start`.
    let name: String

    /// The first one in a command line; nil if there is none.
    init?(in words: [String]) {
        let options = words.prefix { $0 != "--" }.filter { $0.hasPrefix("--") }
            .map { String($0.prefix { $0 != "=" }) }
        let doubled = Dictionary(grouping: options, by: \.self).filter { $0.value.count > 1 }
        guard !doubled.isEmpty, let help = HelpOfCommand(of: Self.command(meantBy: words))
        else { return nil }
        let single = help.optionsOfOneValue
        guard let first = options.first(where: { doubled[$0] != nil && single.contains($0) })
        else { return nil }
        name = first
    }

    /// The command that the first words name.
    private static func command(meantBy words: [String]) -> any ParsableCommand.Type {
        var command: any ParsableCommand.Type = Diary.self
        for word in words {
            let next = command.configuration.subcommands.first {
                $0.configuration.commandName == word || $0.configuration.aliases.contains(word)
            }
            guard let next else { break }
            command = next
        }
        while let next = command.configuration.defaultSubcommand { command = next }
        return command
    }
}

/// What the parser tells of one command, as far as is needed here.
private struct HelpOfCommand {
    struct Argument: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String
        }

        let kind: String
        let isRepeating: Bool
        let names: [Name]?
    }

    private struct Root: Decodable {
        struct Command: Decodable {
            let arguments: [Argument]?
        }

        let command: Command
    }

    private let arguments: [Argument]

    init?(of command: any ParsableCommand.Type) {
        let text = Data(command._dumpHelp().utf8)
        guard let root = try? JSONDecoder().decode(Root.self, from: text) else { return nil }
        arguments = root.command.arguments ?? []
    }

    /// The options, as they are typed, that take one value.
    var optionsOfOneValue: Set<String> {
        let single = arguments.filter { $0.kind == "option" && !$0.isRepeating }
        let names = single.flatMap { $0.names ?? [] }.filter { $0.kind == "long" }
        return Set(names.map { "--" + $0.name })
    }
}
