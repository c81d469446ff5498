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
    public let gtins: [GTIN]
    public let label: LabelLimits
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
        gtins: [GTIN] = [], label: LabelLimits = .init(), isRetired: Bool = false
    ) {
        self.key = key
        self.name = name
        self.holder = holder
        self.milligramsPerMillilitre = milligramsPerMillilitre
        self.routes = routes
        self.sizes = sizes
        self.notes = notes
        self.status = status
        self.gtins = gtins
        self.label = label
        self.isRetired = isRetired
    }

    /// The size of this many milligrams; nil if the catalogue has none.
    public func size(milligrams: Int64) -> VialSize? { sizes.first { $0.milligrams == milligrams } }
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
