/// One immunoglobulin product; a row is never deleted, only marked retired.
public struct Product: Hashable, Sendable {
    public let key: ProductKey
    public let name: String
    public let holder: String
    /// Milligrams of immunoglobulin in a millilitre.
    public let milligramsPerMillilitre: Int64
    public let routes: [Route]
    public let sizes: [VialSize]
    public let notes: String
    public let status: Status
    /// The numbers that were seen on its packs.
    public let packs: [Pack]
    public let label: LabelLimits
    /// Whether its label allows room temperature for a time; nil where no such rule is known.
    public let roomTemperature: RoomTemperatureRule?
    public let isRetired: Bool

    /// How well the row's sizes are known.
    public enum Status: String, Sendable {
        /// Read in a public label or SmPC.
        case verified
        /// Part known: confirm before clinical use.
        case part
    }

    public init(
        _ key: ProductKey, _ name: String, _ holder: String, _ milligramsPerMillilitre: Int64,
        _ routes: [Route], _ sizes: [VialSize], _ notes: String, _ status: Status = .verified,
        packs: [Pack] = [], label: LabelLimits = .init(),
        roomTemperature: RoomTemperatureRule? = nil, isRetired: Bool = false
    ) {
        self.key = key
        self.name = name
        self.holder = holder
        self.milligramsPerMillilitre = milligramsPerMillilitre
        self.routes = routes
        self.sizes = sizes
        self.notes = notes
        self.status = status
        self.packs = packs
        self.label = label
        self.roomTemperature = roomTemperature
        self.isRetired = isRetired
    }

    /// The size of this many milligrams; nil if the catalogue has none.
    public func size(milligrams: Int64) -> VialSize? { sizes.first { $0.milligrams == milligrams } }

    /// The trade item numbers of all its packs.
    public var gtins: [GTIN] { packs.map(\.gtin) }

    /// The size that a pack with this number holds; nil if it was never seen, or not its size.
    public func size(of gtin: GTIN) -> VialSize? {
        packs.first { $0.gtin == gtin }?.milligrams.flatMap(size(milligrams:))
    }
}

/// A trade item number that was seen on a pack of a product.
public struct Pack: Hashable, Sendable {
    public let gtin: GTIN
    /// Milligrams in one vial of the pack; nil where only the product is known.
    public let milligrams: Int64?

    public init(_ gtin: GTIN, milligrams: Int64? = nil) {
        self.gtin = gtin
        self.milligrams = milligrams
    }
}

/// A vial size as its label says it.
public struct VialSize: Hashable, Sendable {
    /// Milligrams of immunoglobulin.
    public let milligrams: Int64
    /// Volume in microlitres; nil where no public source gives it.
    public let microlitres: Int64?

    public init(milligrams: Int64, microlitres: Int64? = nil) {
        self.milligrams = milligrams
        self.microlitres = microlitres
    }
}

/// Label facts used as soft checks, never as instructions (domain 2.8).
public struct LabelLimits: Hashable, Sendable {
    public var sites: Int?
    public var microlitresPerSite: Int64?
    public var microlitresPerHourPerSite: Int64?
    /// All sites together.
    public var microlitresPerHour: Int64?
    public var microlitresPerKilogramPerHour: Int64?

    public init(
        sites: Int? = nil, microlitresPerSite: Int64? = nil,
        microlitresPerHourPerSite: Int64? = nil, microlitresPerHour: Int64? = nil,
        microlitresPerKilogramPerHour: Int64? = nil
    ) {
        self.sites = sites
        self.microlitresPerSite = microlitresPerSite
        self.microlitresPerHourPerSite = microlitresPerHourPerSite
        self.microlitresPerHour = microlitresPerHour
        self.microlitresPerKilogramPerHour = microlitresPerKilogramPerHour
    }
}
