/// The products that are known, by key; the clinic's copy is authoritative and dated.
public struct Catalogue: Sendable {
    public let products: [Product]
    private let families: [[ProductKey]]

    public init(products: [Product], families: [[ProductKey]]) {
        self.products = products
        self.families = families
    }

    public func product(_ key: ProductKey) -> Product? { products.first { $0.key == key } }

    /// The product that a pack's number belongs to.
    public func product(of gtin: GTIN) -> Product? { products.first { $0.gtins.contains(gtin) } }

    /// The products that a typed name can mean: one with that key or name alone, else all that begin so.
    public func products(named typed: String) -> [Product] {
        let wanted = Self.folded(typed)
        guard !wanted.isEmpty else { return [] }
        let same = products.filter {
            Self.folded($0.key.text) == wanted || Self.folded($0.name) == wanted
        }
        if !same.isEmpty { return same }
        return products.filter {
            Self.folded($0.key.text).starts(with: wanted)
                || Self.folded($0.name).starts(with: wanted)
        }
    }

    private static func folded(_ text: String) -> [UInt8] {
        text.lowercased().utf8.filter {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0)
        }
    }

    /// All keys whose lots are confused with this one's; every other key is a family of its own.
    public func family(of key: ProductKey) -> [ProductKey] {
        families.first { $0.contains(key) } ?? [key]
    }

    /// Whether near-misses are looked for between two products.
    public func areFamily(_ left: ProductKey, _ right: ProductKey) -> Bool {
        family(of: left).contains(right)
    }
}
