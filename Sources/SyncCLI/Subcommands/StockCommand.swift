import ArgumentParser
import DiaryDesk
import DiaryModel
import SyncCore

/// `diary stock`: what lies at home; what came, went, was moved or counted.
struct StockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stock",
        abstract: "Says what lies at home, and records what came, was moved, lost or counted.",
        discussion: """
            diary stock                what lies at home, lot by lot, and how far it goes
            diary stock pick           from which vials to take, the first to be used up first
            diary stock list           what was recorded
            diary stock receipt --product hizentra --vials 16x4g --lot P100423917 --expiry 2028-12
            diary stock receipt --vials 16x4g --scan CODE
            diary stock loss --because broken --product hizentra --vials 1x4g --lot P100423917
            diary stock count --product hizentra --vials 12x4g --lot P100423917
            diary stock arrived k7q2   the box came that the clinic says it sent
            """,
        subcommands: [Record.self, Pick.self, Arrived.self, All.self],
        defaultSubcommand: Record.self)

    struct Record: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "record",
            abstract: "Records a movement; says what lies at home if none is said.")

        @OptionGroup var store: StoreOptions
        @OptionGroup var stock: StockOptions

        func run() throws {
            try Output.run("stock", json: store.json) {
                let home = try store.openDevice()
                guard let form = stock.form else {
                    return try home.readAll { desk, _ in try DeskWords(desk: desk).stock() }
                }
                return try home.recording().save(.stock, note: stock.note) { context, warnings in
                    try form.fields(context, warnings: &warnings)
                }
            }
        }
    }

    struct Pick: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pick",
            abstract: "Lists from which vials to take today, the first to be used up first.")

        @OptionGroup var store: StoreOptions

        func run() throws {
            try Output.run("stock pick", json: store.json) {
                try store.openDevice().readAll { desk, _ in try DeskWords(desk: desk).pickList() }
            }
        }
    }

    struct Arrived: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "arrived",
            abstract: "Says that a box came which the clinic says it sent; it counts from then on.")

        @OptionGroup var store: StoreOptions

        @Argument(help: "The box, by the handle that `diary stock` shows.")
        var box: String

        @Option(help: "How it was kept cool on its way: ok, broken, unknown.")
        var coldChain: String?

        @Option(help: "When it came; the clinic's time stays if not said.")
        var at: String?

        func run() throws {
            try Output.run("stock arrived", json: store.json) {
                let (desk, entry) = try store.openDevice().desk(entry: box)
                var form = BoxArrival()
                form.coldChain = coldChain
                form.at = at
                let written = try desk.confirm(entry, form)
                return try DeskWords(desk: desk).arrived(written)
            }
        }
    }

    struct All: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Lists what came and went, the newest first.")

        @OptionGroup var store: StoreOptions

        func run() throws {
            try Output.run("stock list", json: store.json) {
                try store.openDevice().readAll { desk, _ in
                    try DeskWords(desk: desk).listed(
                        .stock,
                        empty: "No vials recorded yet.   "
                            + "diary stock receipt --product …  records a box.")
                }
            }
        }
    }
}
