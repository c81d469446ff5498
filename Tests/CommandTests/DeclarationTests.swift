import Testing

/// What the argument parser checks of declarations at each start of a debug build, and never elsewhere.
@Suite struct DeclarationTests {
    private let commands: [(words: String, help: CommandHelp)]

    init() throws { commands = try CommandHelp.ofDiary.get().all() }

    @Test func `no command has one name twice`() {
        #expect(commands.count > 60)
        for (words, command) in commands {
            let names = (command.arguments ?? []).flatMap { $0.names ?? [] }
            #expect(Set(names).count == names.count, "\(words)")
            let below = (command.subcommands ?? []).map(\.commandName)
            #expect(Set(below).count == below.count, "\(words)")
        }
    }

    @Test
    func `only the last argument may repeat, and none that is needed follows one that is not`() {
        for (words, command) in commands {
            let arguments = (command.arguments ?? []).filter { $0.kind == .positional }
            let repeating = arguments.dropLast().filter(\.isRepeating)
            #expect(repeating.isEmpty, "\(words)")
            let needed = arguments.drop { !$0.isOptional }.filter { !$0.isOptional }
            #expect(needed.isEmpty, "\(words)")
        }
    }

    @Test func `every command says what it is for`() {
        for (words, command) in commands {
            #expect(command.abstract?.isEmpty == false, "\(words)")
        }
    }
}
