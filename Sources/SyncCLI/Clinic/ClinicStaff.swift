import ArgumentParser
import ClinicServer
import DiaryModel
import DiaryStore
import SyncCore

/// `diary clinic staff`: who works here.
struct ClinicStaff: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staff", abstract: "Lists the members of staff, and adds one.",
        subcommands: [All.self, Add.self], defaultSubcommand: All.self)

    struct All: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Lists the members of staff.")

        @OptionGroup var options: ClinicOptions

        func run() throws {
            try Output.run("clinic staff", json: options.json) {
                let staff = try options.open().clinic.staff()
                var reply = Reply()
                reply.lines = DeskWords.table(
                    ["login", "name", "role"], staff.map { [$0.login, $0.name, $0.role.rawValue] })
                reply.json["staff"] = .array(
                    staff.map {
                        [
                            "login": .string($0.login), "name": .string($0.name),
                            "role": .string($0.role.rawValue),
                        ]
                    })
                return reply
            }
        }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Adds a member of staff; for administrators.")

        @OptionGroup var options: ClinicOptions

        @Argument(help: "The login, such as r.evans.")
        var newLogin: String

        @Option(help: "The name.")
        var name: String

        @Option(
            name: .customLong("role"),
            help: "nurse, pharmacist, doctor, clerk, administrator, auditor.")
        var roleName: String

        func run() throws {
            try Output.run("clinic staff add", json: options.json) {
                guard let role = Role(rawValue: roleName), role.isStaff else {
                    let list = Role.allCases.filter(\.isStaff).map(\.rawValue)
                    throw Refused(
                        "A role of staff is one of \(list.joined(separator: ", ")).",
                        code: "no_such_role", exit: .usage)
                }
                try ClinicName.check(newLogin, "A login")
                try ClinicName.check(name, "A name")
                let home = try options.open()
                try home.clinic.setStaff(
                    StaffRecord(login: newLogin, name: name, role: role), by: home.staff())
                return Reply(
                    "\(name), \(role.rawValue), acts as --staff \(newLogin).",
                    json: ["login": .string(newLogin), "role": .string(role.rawValue)])
            }
        }
    }
}
