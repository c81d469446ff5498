import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryModel
import SyncCore

/// For whom staff record, and from what.
struct ClinicRecordingOptions: ParsableArguments {
    @OptionGroup var options: ClinicOptions

    @Option(help: "The patient's reference, such as P03.")
    var patient: String

    @Flag(help: "It was copied from a paper diary.")
    var fromPaper = false

    /// Recording in the diary that new entries of the patient go to.
    func recording() throws -> Recording {
        let home = try options.open()
        let diary = try home.clinic.diary(ofPatient: patient, by: home.staff())
        return Recording(
            desk: try home.desk(diary: diary, act: .record), name: patient,
            place: "Saved at the clinic.", entryMethod: fromPaper ? .fromPaper : .typed)
    }
}

/// `diary clinic log check`.
struct ClinicLogCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Records a checklist of a patient.",
        discussion: CheckOptions.discussion)

    @OptionGroup var clinic: ClinicRecordingOptions
    @OptionGroup var check: CheckOptions

    func run() throws {
        try Output.run("clinic log check", json: clinic.options.json) {
            try clinic.recording().save(.check, note: check.note) { context, warnings in
                try check.form.fields(context, warnings: &warnings)
            }
        }
    }
}

/// `diary clinic log reaction`.
struct ClinicLogReaction: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reaction",
        abstract:
            "Records a reaction of a patient; its grade is given with  clinic reaction assess.",
        discussion: ReactionOptions.discussion)

    @OptionGroup var clinic: ClinicRecordingOptions
    @OptionGroup var reaction: ReactionOptions

    func run() throws {
        try Output.run("clinic log reaction", json: clinic.options.json) {
            try ReactionCommand.Record.save(reaction, nil, clinic.recording())
        }
    }
}

/// `diary clinic log measurement`.
struct ClinicLogMeasurement: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measurement", abstract: "Records a measurement of a patient.",
        discussion: MeasurementOptions.discussion)

    @OptionGroup var clinic: ClinicRecordingOptions
    @OptionGroup var measurement: MeasurementOptions

    func run() throws {
        try Output.run("clinic log measurement", json: clinic.options.json) {
            try MeasureCommand.Record.save(
                measurement, scale: clinic.fromPaper ? "home" : "clinic", clinic.recording())
        }
    }
}

/// `diary clinic log stock`.
struct ClinicLogStock: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stock", abstract: "Records vials that were sent to a patient, or came back.")

    @OptionGroup var clinic: ClinicRecordingOptions
    @OptionGroup var stock: StockOptions

    func run() throws {
        try Output.run("clinic log stock", json: clinic.options.json) {
            guard let form = stock.form else {
                throw Refused(
                    "Say what happened: receipt, move, loss or count.", code: "no_movement",
                    exit: .usage)
            }
            return try clinic.recording().save(.stock, note: stock.note) { context, warnings in
                try form.fields(context, warnings: &warnings)
            }
        }
    }
}
