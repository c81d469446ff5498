import ArgumentParser
import DiaryDesk
import DiaryModel
import SyncCore

/// `diary stock`: what came, went, was moved or counted at home.
struct StockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stock",
        abstract: "Records vials that came, were moved, lost or counted, or lists them.",
        discussion: """
            diary stock receipt --product hizentra --vials 16x4g --lot P100423917 --expiry 2028-12
            diary stock loss --because broken --product hizentra --vials 1x4g --lot P100423917
            diary stock count --product hizentra --vials 12x4g --lot P100423917
            diary stock                lists what was recorded
            """,
        subcommands: [Record.self, All.self], defaultSubcommand: Record.self)

    struct Record: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "record", abstract: "Records a movement; lists them if nothing is said.")

        @OptionGroup var store: StoreOptions
        @OptionGroup var stock: StockOptions

        func run() throws {
            try Output.run("stock", json: store.json) {
                let home = try store.openDevice()
                guard let form = stock.form else { return try StockCommand.list(home) }
                return try home.recording().save(.stock, note: stock.note) { context, warnings in
                    try form.fields(context, warnings: &warnings)
                }
            }
        }
    }

    static func list(_ home: DeviceHome) throws -> Reply {
        try home.readAll { desk, _ in
            try DeskWords(desk: desk).listed(
                .stock,
                empty: "No vials recorded yet.   diary stock receipt --product …  records a box.")
        }
    }

    struct All: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Lists what came and went, the newest first.")

        @OptionGroup var store: StoreOptions

        func run() throws {
            try Output.run("stock list", json: store.json) {
                try StockCommand.list(store.openDevice())
            }
        }
    }
}
