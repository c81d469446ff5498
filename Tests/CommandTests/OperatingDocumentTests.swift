import Foundation
import SyncCore
import TestSupport
import Testing

/// `docs/operating.md` against the command: what an administrator is told to type exists.
@Suite(.timeLimit(.minutes(60))) struct OperatingDocumentTests {
    private struct Command: Hashable, CustomStringConvertible {
        /// Subcommands, such as `clinic`, `serve`.
        let path: [String]
        /// Without dashes.
        let options: [String]

        var description: String {
            "diary " + (path + options.map { "--" + $0 }).joined(separator: " ")
        }
    }

    private func text() throws -> String {
        try String(
            contentsOf: Self.project.appendingPathComponent("docs/operating.md"), encoding: .utf8)
    }

    private static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Every command between backquotes, wherever its line breaks.
    private func commands() throws -> Set<Command> {
        let spans = try text().replacing(/[ ]*```[^`]*```/, with: "").matches(of: /`([^`]+)`/).map {
            String($0.output.1)
        }
        var commands: Set<Command> = []
        for span in spans {
            let words = span.split(whereSeparator: \.isWhitespace).map(String.init)
            for (number, word) in words.enumerated() where word == "diary" {
                let before = number == 0 ? "" : words[number - 1]
                guard number == 0 || before == "diary" else { continue }
                let rest = words[(number + 1)...].prefix { $0 != "diary" }
                guard let first = rest.first, first.allSatisfy(\.isLetter) else { continue }
                let path = rest.prefix { $0.allSatisfy { $0.isLowercase && $0.isASCII } }
                let options = rest.filter { $0.hasPrefix("--") }.map { String($0.dropFirst(2)) }
                commands.insert(Command(path: Array(path), options: options))
            }
        }
        return commands
    }

    @Test func `every command and option in the operating manual exists`() throws {
        let diary = try CommandHelp.ofDiary.get()
        let commands = try commands()
        #expect(commands.count >= 20, "\(commands)")
        for command in commands {
            var found = diary
            // A word after the last subcommand is an argument.
            for word in command.path {
                guard let next = found.subcommands?.first(where: { $0.commandName == word }) else {
                    #expect(
                        found.subcommands?.isEmpty ?? true,
                        "\(command): there is no \(found.commandName) \(word)")
                    break
                }
                found = next
            }
            let known = Set((found.arguments ?? []).flatMap { $0.names ?? [] }.map(\.name))
            for option in command.options {
                #expect(known.contains(option), "\(command): no --\(option)")
            }
        }
    }

    @Test func `every number named in the operating manual is one that the clinic gives`() throws {
        let named = Set(try text().matches(of: /diary_[a-z_]+[a-z]/).map { String($0.output) })
            .filter { !$0.hasPrefix("diary_VERSION") }
        #expect(named.count >= 7)
        let descriptions = try String(
            contentsOf: Self.project.appendingPathComponent(
                "Sources/ClinicServer/Metrics/MetricDescription.swift"), encoding: .utf8)
        for name in named { #expect(descriptions.contains("\"\(name)\""), "\(name)") }
    }
}
