import ArgumentParser
import DiaryDesk

/// What can be said of vials at home on the command line, at home and at the clinic.
struct StockOptions: ParsableArguments {
    @Argument(help: "receipt, move, loss or count.")
    var movement: String?

    @Option(help: "The product, such as hizentra.")
    var product: String?

    @Option(help: "Vials by size, such as 16x4g or 2x10g+1x4g; a count may find 0x4g.")
    var vials: String?

    @Option(help: "The lot as printed; once for each size of vials.")
    var lot: [String] = []

    @Option(help: "Why the lot is not known, such as box_thrown_away.")
    var lotMissing: String?

    @Option(help: "The expiry as printed, such as 2028-12; once for each lot, or unknown.")
    var expiry: [String] = []

    @Option(help: "The code on the pack, as the scanner sends it; once for each size of vials.")
    var scan: [String] = []

    @Option(help: "Who delivered.")
    var supplier: String?

    @Option(help: "The delivery's number.")
    var reference: String?

    @Option(help: "How it was kept cool on its way: ok, broken, unknown.")
    var coldChain: String?

    @Option(help: "Since when the vials are at room temperature.")
    var since: String?

    @Option(help: "The day to discard by, as it was written on the pack.")
    var discardBy: String?

    @Option(help: "Why vials were lost: \(StockForm.losses.joined(separator: ", ")).")
    var because: String?

    @Option(name: [.customLong("at"), .customLong("start")], help: "When it was, if not now.")
    var start: String?

    @Option(help: "The day, if not today.")
    var day: String?

    @Option(help: "A note that goes with it.")
    var note: String?

    /// The form; nil where no movement was said.
    var form: StockForm? {
        guard let movement else { return nil }
        var form = StockForm(movement: movement)
        form.product = product
        form.vials = vials
        form.lots = lot
        form.lotMissing = lotMissing
        form.expiries = expiry
        form.scans = scan
        form.supplier = supplier
        form.reference = reference
        form.coldChain = coldChain
        form.since = since
        form.discardBy = discardBy
        form.loss = because
        form.start = start
        form.day = day
        return form
    }
}
