import ArgumentParser
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// `diary measure`: strength, scores, weight, levels and counts.
struct MeasureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure",
        abstract: "Records a measurement, shows the last of each, or draws them.",
        discussion: """
            diary measure grip_l 54.1,52.0,55.3 --method best
            diary measure walk10m unable
            diary measure infections 2 --from 2026-01-01 --to 2026-03-31
            diary measure              the last of each measure, and how it changed
            diary measure show grip --plot

            \(MeasurementOptions.discussion)
            """,
        subcommands: [Record.self, MeasureShow.self, All.self], defaultSubcommand: Record.self)

    struct Record: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "record",
            abstract: "Records a measurement; shows the last of each if nothing is said.",
            discussion: MeasurementOptions.discussion)

        @OptionGroup var store: StoreOptions
        @OptionGroup var measurement: MeasurementOptions

        func run() throws {
            try Output.run("measure", json: store.json) {
                let home = try store.openDevice()
                guard measurement.measure != nil else {
                    return try home.readAll { desk, diary in
                        try DeskWords(desk: desk).measured(for: diary.name)
                    }
                }
                return try Self.save(measurement, scale: "home", home.recording())
            }
        }

        static func save(
            _ measurement: MeasurementOptions, scale: String, _ recording: Recording
        ) throws -> Reply {
            guard let form = measurement.form(scale: scale) else {
                throw Refused(
                    "Say the value, too, such as  diary measure grip_l 54.1", code: "no_value",
                    exit: .usage)
            }
            return try recording.save(.measurement, note: measurement.note) { context, warnings in
                try form.fields(context, warnings: &warnings)
            }
        }
    }

    struct All: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Lists the measurements, the newest first.")

        @OptionGroup var store: StoreOptions

        func run() throws {
            try Output.run("measure list", json: store.json) {
                try store.openDevice().readAll { desk, _ in
                    try DeskWords(desk: desk).listed(
                        .measurement,
                        empty: "No measurement yet.   diary measure grip_l 54.1  records one.")
                }
            }
        }
    }
}
