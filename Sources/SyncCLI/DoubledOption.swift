import ArgumentParser
import Foundation

/// An option that is said twice and takes one value: the parser would take the last without a word.
struct DoubledOption {
    /// As it was typed, such as `--start`.
    let name: String

    /// The first one in a command line; nil if there is none.
    init?(in words: [String]) {
        let typed = words.prefix { $0 != "--" }.filter { $0.hasPrefix("--") }
            .map { String($0.prefix { $0 != "=" }) }
        // What a command takes is asked for only where there may be something to find.
        guard Set(typed).count < typed.count || Self.synonyms.intersection(typed).count > 1,
            let help = HelpOfCommand(of: Self.command(meantBy: words))
        else { return nil }
        let options = help.optionsOfOneValue
        var said: Set<Set<String>> = []
        for name in typed {
            guard let names = options.first(where: { $0.contains(name) }) else { continue }
            if !said.insert(names).inserted {
                self.name = name
                return
            }
        }
        return nil
    }

    /// The names of options that have several.
    private static let synonyms: Set<String> = ["--at", "--onset", "--start"]

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

    /// The names, as they are typed, of each option that takes one value.
    var optionsOfOneValue: [Set<String>] {
        arguments.filter { $0.kind == "option" && !$0.isRepeating }.map { argument in
            Set((argument.names ?? []).filter { $0.kind == "long" }.map { "--" + $0.name })
        }
    }
}
