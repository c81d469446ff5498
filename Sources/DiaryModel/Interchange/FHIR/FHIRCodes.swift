import SyncCore

/// Codes of other people's lists, where they are exactly what is meant.
enum FHIRCodes {
    /// SNOMED CT beside our own code, which tells facilitated from plain subcutaneous.
    static func concept(of route: Route) -> FHIRObject {
        let snomed: FHIRValue =
            switch route {
            case .iv: "47625008"
            case .sc, .fsc: "34206005"
            }
        return [
            "coding": [
                FHIRParts.coding(FHIRNames.snomed, snomed),
                FHIRParts.coding(FHIRNames.codes("route"), .text(route.rawValue)),
            ], "text": .text(route.words),
        ]
    }

    /// A product: our key, its name where the catalogue has it, and the words of free text.
    static func concept(
        of product: Said<ProductKey>?, text: String? = nil, in catalogue: Catalogue
    ) -> FHIRObject {
        switch product {
        case .value(let key):
            let name = text ?? catalogue.product(key)?.name
            return FHIRParts.concept("product", key.text, name)
        case .unknown: return word(.unknown, text)
        case .declined: return word(.declined, text)
        case nil: return word(nil, text)
        }
    }

    private static func word(_ word: AnswerWord?, _ text: String?) -> FHIRObject {
        let reason = word.map { FHIRParts.reason($0) } ?? "unknown"
        return ["extension": [FHIRParts.absence(reason)], "text": text.map { .text($0) }]
    }
}
