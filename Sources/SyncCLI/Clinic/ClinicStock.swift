import ArgumentParser
import DiaryDesk
import DiaryModel
import SyncCore

/// `diary clinic stock`: what lies at a patient's home, as far as the clinic has been told.
struct ClinicStock: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stock",
        abstract: "Says what lies at a patient's home, lot by lot, and what does not add up.",
        discussion: "diary clinic log stock receipt --patient P03 …  writes down what was sent.")

    @OptionGroup var options: ClinicOptions

    @Argument(help: "The patient's reference, such as P03.")
    var patient: String

    func run() throws {
        try Output.run("clinic stock", json: options.json) {
            let home = try options.open()
            var reply = Reply()
            for diary in try home.diaries(of: patient) {
                let desk = try home.desk(diary: diary, act: .seeDiary)
                reply.add(try DeskWords(desk: desk).stock())
            }
            return reply
        }
    }
}
