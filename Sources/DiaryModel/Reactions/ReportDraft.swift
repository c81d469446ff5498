public import SyncCore

/// What a report of a serious reaction needs of the product: brand and batch, as printed.
///
/// It is filled in for a person to read, correct and send; nothing is sent from here.
public struct ReportDraft: Hashable, Sendable {
    /// Every line of the infusions that the reaction names, each batch once.
    public let products: [Item]
    /// Some infusion that it names is not held here, or names no batch: ask for the pack.
    public let isIncomplete: Bool

    /// One product and batch.
    public struct Item: Hashable, Sendable {
        /// The brand as the catalogue has it, or as printed.
        public let brand: String
        /// Exactly as printed; nil where it is missing.
        public let batch: PrintedText?
        public let expiry: Expiry?
        /// Other values of that vial line stand beside it, or the infusion does not stand.
        public let isInDoubt: Bool
    }

    /// The draft for a serious reaction; nil for any other.
    ///
    /// - Parameter infusions: the views of the infusions that it names, as far as they are held.
    public init?(
        _ reading: ReactionReading, infusions: [EntryView], catalogue: Catalogue = .seed
    ) {
        guard reading.isSerious else { return nil }
        let named = infusions.filter { reading.infusions.contains($0.entry.id) }
        var items: [Item] = []
        for view in named.sorted(by: { $0.entry.id < $1.entry.id }) {
            let fields = view.fields.keys.filter { $0.hasPrefix("vials.") }
                .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            for field in fields {
                let candidates = view.distinctCandidates(field)
                for json in candidates.compactMap(\.value.json) where !json.isNull {
                    let doubt =
                        candidates.count > 1 || view.status != .active
                        || reading.infusions.count > 1
                    let item = Item(json, catalogue: catalogue, isInDoubt: doubt)
                    if !items.contains(item) { items.append(item) }
                }
            }
        }
        products = items
        isIncomplete =
            Set(named.map(\.entry.id)) != Set(reading.infusions) || items.isEmpty
            || items.contains { $0.batch == nil }
    }
}

extension ReportDraft.Item {
    /// A vial line that only a newer version can read whole still names its product and batch.
    init(_ json: JSONValue, catalogue: Catalogue, isInDoubt: Bool) {
        let key = json["product"].flatMap { Said<ProductKey>(json: $0) }?.value
        let printed = json["productText"].flatMap { PrintedText(json: $0) }?.text
        let product = key.flatMap { catalogue.product($0) }
        let brand = key == .other ? printed : product.map { "\($0.name), \($0.holder)" }
        self.init(
            brand: brand ?? printed ?? key?.text ?? "product unknown",
            batch: json["lot"].flatMap { PrintedText(json: $0) },
            expiry: json["expiry"].flatMap { Said<Expiry>(json: $0) }?.value, isInDoubt: isInDoubt)
    }
}
