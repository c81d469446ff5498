import ArgumentParser
import DiaryDesk
import DiaryModel
import SyncCore

/// `diary log check`: as `diary check`, for who looks for it under `log`.
struct LogCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Records the checklist before an infusion.",
        discussion: CheckOptions.discussion)

    @OptionGroup var store: StoreOptions
    @OptionGroup var check: CheckOptions

    func run() throws {
        try Output.run("log check", json: store.json) {
            try CheckCommand.Record.save(
                check.form, note: check.note, store.openDevice().recording())
        }
    }
}

/// `diary log reaction`: as `diary reaction`.
struct LogReaction: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reaction",
        abstract: "Records a reaction; the emergency number comes first.",
        discussion: ReactionOptions.discussion)

    @OptionGroup var store: StoreOptions
    @OptionGroup var reaction: ReactionOptions

    func run() throws {
        try Output.run("log reaction", json: store.json) {
            let home = try store.openDevice()
            let emergency = EmergencyWords(number: try home.emergencyNumber())
            return emergency.first(of: "log reaction") {
                try ReactionCommand.Record.save(reaction, emergency, home.recording())
            }
        }
    }
}

/// `diary log measurement`: as `diary measure`.
struct LogMeasurement: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measurement", abstract: "Records a measurement.",
        discussion: MeasurementOptions.discussion)

    @OptionGroup var store: StoreOptions
    @OptionGroup var measurement: MeasurementOptions

    func run() throws {
        try Output.run("log measurement", json: store.json) {
            try MeasureCommand.Record.save(
                measurement, scale: "home", store.openDevice().recording())
        }
    }
}

/// `diary log stock`: as `diary stock`.
struct LogStock: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stock", abstract: "Records vials that came, were moved, lost or counted.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var stock: StockOptions

    func run() throws {
        try Output.run("log stock", json: store.json) {
            guard let form = stock.form else {
                throw Refused(
                    "Say what happened: receipt, move, loss or count.", code: "no_movement",
                    exit: .usage)
            }
            return try store.openDevice().recording().save(.stock, note: stock.note) {
                context, warnings in
                try form.fields(context, warnings: &warnings)
            }
        }
    }
}
