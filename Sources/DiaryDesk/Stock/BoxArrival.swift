import DiaryModel
import DiaryStore
public import SyncCore

/// What a person says of a box that the clinic sent: that it came, when, and how it was kept cool (C09).
public struct BoxArrival: Sendable {
    /// When it came; what the clinic wrote of it stays where nothing is said, for a box that came before a
    /// count must not be added to what was counted.
    public var at: String?
    /// `ok`, `broken` or `unknown`.
    public var coldChain: String?

    public init() {}

    /// The fields to be set.
    ///
    /// - Throws: `DeskError.refused` with every value that could not be read.
    func fields(_ context: FormContext) throws -> JSONObject {
        var reader = FormReader(context)
        if let at { reader.readTime(start: at, end: nil, day: nil) }
        if let chain = reader.code(
            coldChain, ["ok", "broken", "unknown"], "coldChain", "How it was kept cool")
        {
            reader.set["coldChain"] = chain
        }
        guard reader.refused.isEmpty else { throw DeskError.refused(reader.refused) }
        return Shipment.confirmation(
            time: reader.set["time"].flatMap { TimeValue(json: $0) },
            coldChain: reader.set["coldChain"].flatMap { Said<StockEntry.ColdChain>(json: $0) })
    }
}

extension Desk {
    /// Says that a box came: an ordinary amendment by somebody at home, and it counts from then on.
    ///
    /// - Throws: `DeskError.notPossible` where the entry is no box that waits for that; `.moreHasCome`.
    public func confirm(_ entry: EntryID, _ arrival: BoxArrival) throws -> Written<Saved> {
        let isWaiting = try database.read { transaction in
            try Reading(transaction, diary: diary, zone: zone).stockBook(catalogue: catalogue)
                .shipments.contains { $0.entry == entry }
        }
        guard isWaiting else {
            throw DeskError.notPossible(
                "\(Handle(of: entry)) is no box of the clinic’s that waits for a word; diary stock "
                    + "shows those")
        }
        return try amend(entry, set: arrival.fields(formContext()), reason: "asked")
    }
}
