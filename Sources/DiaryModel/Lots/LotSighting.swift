public import SyncCore

/// One place where an event names a lot.
public struct LotSighting: Hashable, Sendable {
    public let event: Position
    /// The vial line, `vials.1`.
    public let field: String
    /// The lot exactly as printed.
    public let lot: PrintedText
    /// Nil where the line does not say it, or not in a form that is known here.
    public let product: ProductKey?
    /// Vials of this lot, where known.
    public let count: Int64?
    /// Milligrams given by the line, where known.
    public let milligrams: Int64?
    /// The line says that a barcode was read.
    public let isScanned: Bool
    public let standing: Standing

    /// How what the event says stands today.
    public enum Standing: Hashable, Sendable, Comparable {
        /// A candidate of its field, alone or in conflict.
        case current
        /// Its event does not count: kept for review.
        case toReview
        /// Somebody who had seen it wrote something else there, or removed the line.
        case replaced
    }

    /// What a vial line names; nil where no lot stands in it.
    ///
    /// A line in a form that only a newer version knows still names its lot.
    init?(_ line: JSONValue, field: String, event: Position, standing: Standing) {
        guard let text = line["lot"]?.stringValue, !text.isEmpty else { return nil }
        self.event = event
        self.field = field
        self.standing = standing
        lot = PrintedText(text)
        product = line["product"].flatMap { Said<ProductKey>(json: $0) }?.value
        count = line["count"]?.integerValue
        milligrams = VialLine(json: line)?.doseMilligrams
        isScanned = line["entryMethod"].flatMap { EntryMethod(json: $0) } == .scanned
    }
}
