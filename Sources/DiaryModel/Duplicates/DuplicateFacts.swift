public import SyncCore

/// What is compared of an infusion to see whether it was recorded twice.
public struct DuplicateFacts: Hashable, Sendable {
    public var entry: EntryID
    public var route: Route?
    /// The instant of the start in milliseconds; nil for a bare day.
    public var startMs: Int64?
    /// The day in the plan's zone.
    public var day: CivilDate?
    public var products: Set<ProductKey>
    /// Milligrams given, where known.
    public var milligrams: Int64?
    public var lots: Set<LotKey>
    public var serials: Set<PrintedText>
    /// Every vial has its serial number.
    public var serialsAreComplete: Bool
    public var sites: [Site]
    public var course: Course?

    /// The facts of an infusion, its day taken in the plan's zone.
    public init(entry: EntryID, _ infusion: Infusion, planZone: some ZoneRules) {
        let lines = infusion.lines.map(\.line)
        self.entry = entry
        route = infusion.route?.value
        startMs = infusion.time?.start.ms
        day = infusion.time?.start.day(in: planZone)
        products = Set(lines.compactMap(\.product.value))
        milligrams = infusion.doseMilligrams
        lots = Set(lines.compactMap(\.lotKey))
        serials = Set(lines.flatMap { $0.serials ?? [] })
        serialsAreComplete =
            !lines.isEmpty
            && lines.allSatisfy { line in
                guard let count = line.count?.value, count > 0 else { return false }
                return Set(line.serials ?? []).count >= Int(clamping: count)
            }
        sites = infusion.sites ?? []
        course = infusion.course
    }
}
