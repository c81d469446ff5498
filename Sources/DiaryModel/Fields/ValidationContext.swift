public import SyncCore

/// What a check may need beside the entry itself; what is nil is not checked.
public struct ValidationContext: Sendable {
    /// When it is written, by the device's clock, in milliseconds.
    public var atMs: Int64?
    /// The plan's facts as the writer could see them.
    public var plan: PlanFacts?
    /// The sites of the last infusions, the newest first.
    public var lastSites: [[Site]]?
    public var lastWeight: WeightSeen?
    /// What lies at home; nil if no stock is kept.
    public var home: [HomeLot]?
    /// Lots under recall that are known here.
    public var recalled: [RecalledLot] = []
    /// Expiries of lots seen elsewhere in the diary.
    public var expiries: [(product: ProductKey, lot: LotKey, expiry: Expiry)] = []
    /// Serial numbers of vials recorded before.
    public var serials: Set<PrintedText> = []
    /// The person who infuses has a valid training sign-off.
    public var isTrained: Bool?
    /// The starts of the other parts of the same course, in milliseconds.
    public var courseStartsMs: [Int64] = []
    /// The numbers of both hands that a grip is held against.
    public var sides: SidesSeen?
    /// When the diary's infusions began.
    public var infusionStarts: [EntryID: Moment] = [:]
    /// The infusion that a reaction names, as it stands.
    public var linkedInfusion: LinkedInfusion?
    /// The items of the checklist as the plan has them.
    public var planChecks: [PlannedCheck] = []

    public init(atMs: Int64? = nil) { self.atMs = atMs }

    /// A body weight that was seen before.
    public struct WeightSeen: Hashable, Sendable {
        public let grams: Int64
        public let atMs: Int64

        public init(grams: Int64, atMs: Int64) {
            self.grams = grams
            self.atMs = atMs
        }
    }

    /// Vials of one lot that lie at home.
    public struct HomeLot: Hashable, Sendable {
        public let product: ProductKey
        public let lot: LotKey
        /// Milligrams in one vial; nil where all sizes are counted together.
        public let vialMilligrams: Int64?
        /// As many as there may be; below zero where more was used than is known to have come.
        public let vials: Int64
        /// As many as there are at least.
        public let leastVials: Int64

        public init(product: ProductKey, lot: LotKey, vials: Int64) {
            self.init(product: product, lot: lot, vialMilligrams: nil, vials: VialRange(vials))
        }

        public init(product: ProductKey, lot: LotKey, vialMilligrams: Int64?, vials: VialRange) {
            self.product = product
            self.lot = lot
            self.vialMilligrams = vialMilligrams
            self.vials = vials.high
            leastVials = vials.low
        }
    }

    /// A lot that a notice names.
    public struct RecalledLot: Hashable, Sendable {
        public let product: ProductKey
        public let lot: LotKey

        public init(product: ProductKey, lot: LotKey) {
            self.product = product
            self.lot = lot
        }
    }
}
