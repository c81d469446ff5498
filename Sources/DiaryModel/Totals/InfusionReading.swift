public import SyncCore

/// An infusion as its settled fields say it, with its grams as a range where a line is in conflict.
public struct InfusionReading: Sendable {
    public let infusion: Infusion
    public let milligrams: MilligramRange
    /// Every lot that a candidate of a line names, in byte order.
    public let lots: [String]

    public init(_ view: EntryView) {
        infusion = Infusion(fields: view.settledFields)
        var range = MilligramRange.zero
        var lots: Set<PrintedText> = []
        for (field, register) in view.fields where field.hasPrefix("vials.") {
            let lines = register.candidates.map { candidate in
                candidate.value.json.flatMap { VialLine(json: $0) }
            }
            let grams = lines.map { $0?.doseMilligrams ?? 0 }
            range = range + MilligramRange(grams.min() ?? 0, grams.max() ?? 0)
            lots.formUnion(lines.compactMap { $0?.lot })
        }
        milligrams = range
        self.lots = lots.sorted().map(\.text)
    }
}

extension EntryView {
    /// The settled fields as an object, for checks over the whole entry.
    public var settledFields: JSONObject {
        JSONObject(
            fields.compactMap { name, register in
                register.settled?.json.map { (name, $0) }
            })
    }
}
