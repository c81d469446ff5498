public import DiaryModel
public import SyncCore

/// What came, went, was moved or counted at home, with the vials as an infusion says them.
public struct StockForm: Sendable {
    /// `receipt`, `move`, `loss` or `count`.
    public var movement: String
    public var product: String?
    public var vials: String?
    public var lots: [String] = []
    public var lotMissing: String?
    public var expiries: [String] = []
    /// What a scanner read on the packs; once for each size of vials, or not at all.
    public var scans: [String] = []
    public var supplier: String?
    public var reference: String?
    /// `ok`, `broken` or `unknown`.
    public var coldChain: String?
    /// Since when the vials are at room temperature.
    public var since: String?
    /// The day that was written on the pack when they were moved.
    public var discardBy: String?
    /// Why vials were lost.
    public var loss: String?
    public var start: String?
    public var day: String?

    public static let movements = ["receipt", "move", "loss", "count"]
    public static let losses = [
        "broken", "leaked", "cloudy", "expired", "thermal", "discarded_part", "returned", "lost",
        "quarantined",
    ]

    public init(movement: String) { self.movement = movement }

    /// The fields to be set.
    ///
    /// - Throws: `DeskError.refused` with every value that could not be read.
    public func fields(_ context: FormContext, warnings: inout [Warning]) throws -> JSONObject {
        var reader = FormReader(context)
        reader.readTime(start: start, end: nil, day: day)
        let movement = reader.code(
            movement, Self.movements, "movement", "What happened to the vials")
        if let movement { reader.set["movement"] = movement }
        readVials(&reader)
        readDelivery(&reader)
        if let chain = reader.code(
            coldChain, ["ok", "broken", "unknown"], "coldChain", "How it was kept cool")
        {
            reader.set["coldChain"] = chain
        }
        readStorage(&reader)
        readLoss(&reader)
        return try reader.result(warnings: &warnings)
    }

    private func readVials(_ reader: inout FormReader) {
        var form = InfusionForm()
        form.product = product
        form.vials = vials
        form.lots = lots
        form.lotMissing = lotMissing
        form.expiries = expiries
        form.scans = scans
        guard vials != nil else {
            return reader.refuse(
                "vials.1", .missing,
                "Say the vials, such as --product hizentra --vials 16x4g --lot P100423917.")
        }
        reader.readVials(form, least: reader.set["movement"] == "count" ? 0 : 1)
        guard lots.isEmpty, lotMissing == nil, scans.isEmpty else { return }
        reader.refuse(
            "vials.1", .missing,
            "Copy the lot as printed:  --lot P100423917.  If you cannot, say why: "
                + "--lot-missing unreadable, for example.")
    }

    private func readDelivery(_ reader: inout FormReader) {
        var delivery: JSONObject = [:]
        if let text = reader.text(supplier, "delivery/supplier") { delivery["supplier"] = text }
        if let text = reader.text(reference, "delivery/reference") { delivery["reference"] = text }
        if !delivery.isEmpty { reader.set["delivery"] = .object(delivery) }
    }

    private func readStorage(_ reader: inout FormReader) {
        var storage: JSONObject = [:]
        if let moment = reader.moment(since, "roomTemperatureSince", in: "storage") {
            storage["roomTemperatureSince"] = moment
        }
        if let date = reader.date(discardBy, "discardBy", in: "storage") {
            storage["discardBy"] = .string(date.description)
        }
        if !storage.isEmpty { reader.set["storage"] = .object(storage) }
    }

    private func readLoss(_ reader: inout FormReader) {
        let isLoss = reader.set["movement"] == "loss"
        if let code = reader.code(
            loss, Self.losses + ["unknown"], "loss", "Why they were lost")
        {
            guard isLoss else {
                return reader.refuse(
                    "loss",
                    "Only a loss has a reason. Type:  diary stock loss --because \(loss ?? "")")
            }
            reader.set["loss"] = code
        } else if isLoss, loss == nil {
            reader.refuse(
                "loss", .missing,
                "Say why: --because \(Self.losses.joined(separator: ", ")); unknown is an answer.")
        }
    }
}
