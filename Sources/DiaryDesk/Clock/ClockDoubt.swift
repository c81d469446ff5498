public import DiaryModel
import DiaryStore
public import SyncCore

/// An entry whose time this device's clock said while it was more than a day off (domain T11, C13).
///
/// The time that the clinic's clock would have said is offered beside it; nothing is changed before a person
/// says which of the two is right.
public struct ClockDoubt: Sendable {
    public let entry: EntryID
    public let skew: ClockSkew
    public let claimed: TimeValue
    public let offered: TimeValue

    init?(_ view: EntryView, skew: ClockSkew, zone: TZif) {
        guard view.status == .active, let json = view["time"], let claimed = TimeValue(json: json),
            claimed.start.clock == .ok, claimed.start.ms != nil
        else { return nil }
        func corrected(_ moment: Moment) -> Moment {
            guard let ms = moment.ms else { return moment }
            return Moment(ms: skew.corrected(claimedMs: ms), in: zone, clock: .corrected)
        }
        entry = view.entry.id
        self.skew = skew
        self.claimed = claimed
        var offered = claimed
        offered.start = corrected(claimed.start)
        if case .value(let end)? = claimed.end { offered.end = .value(corrected(end)) }
        self.offered = offered
    }
}

/// How far the clock was off at the sync that first sent an entry; kept until somebody has answered.
private struct ClockMemory {
    var ahead: [EntryID: Int64] = [:]

    static let setting = "clock.asks"

    init(in transaction: DiaryTransaction, _ diary: DiaryID) throws {
        let kept = try transaction.setting(Self.setting, in: diary)?.objectValue
        for member in kept?.members ?? [] {
            guard let entry = EntryID(member.key), let ms = member.value.integerValue else {
                continue
            }
            ahead[entry] = ms
        }
    }

    func keep(in transaction: DiaryTransaction, _ diary: DiaryID) throws {
        var json: JSONObject = [:]
        for (entry, ms) in ahead { json[entry.text] = .integer(ms) }
        try transaction.setSetting(Self.setting, .object(json), in: diary)
    }
}

extension Reading {
    /// The entries of which a time is in doubt, in the order of what they claim.
    public func clockDoubts() throws -> [ClockDoubt] {
        try ClockMemory(in: transaction, diary).ahead
            .compactMap { entry, ms in
                try view(of: entry).flatMap {
                    let skew = ClockSkew(deviceNowMs: ms, receiptMs: 0, roundTripMs: 0)
                    return ClockDoubt($0, skew: skew, zone: zone)
                }
            }
            .sorted { ($0.claimed.start.ms ?? 0, $0.entry) < ($1.claimed.start.ms ?? 0, $1.entry) }
    }
}

extension Desk {
    /// Remembers by how much the clock was off when these entries were first sent; a day or less is a note
    /// that the sync says by itself, and nothing is looked up for it.
    public func doubtTimes(
        of entries: @autoclosure () throws -> [EntryID], _ skew: ClockSkew
    ) throws {
        guard skew.consequence == .askEachEntry else { return }
        let entries = try entries()
        guard !entries.isEmpty else { return }
        try database.write { transaction in
            var memory = try ClockMemory(in: transaction, diary)
            for entry in entries where memory.ahead[entry] == nil { memory.ahead[entry] = skew.ms }
            try memory.keep(in: transaction, diary)
        }
    }

    /// Takes the offered time, as an amendment; the claimed one stays in the history.
    ///
    /// - Throws: `DeskError.notPossible` where no time of this entry is in doubt.
    public func takeOfferedTime(of entry: EntryID, seen: Seen = .lastPrinted) throws {
        let doubt = try clockDoubt(of: entry)
        _ = try amend(entry, set: ["time": doubt.offered.json], reason: "clock", seen: seen)
        try forgetDoubt(of: entry)
    }

    /// Leaves the time as it was claimed, and asks no more.
    ///
    /// - Throws: `DeskError.notPossible` where no time of this entry is in doubt.
    public func keepClaimedTime(of entry: EntryID) throws {
        _ = try clockDoubt(of: entry)
        try forgetDoubt(of: entry)
    }

    private func clockDoubt(of entry: EntryID) throws -> ClockDoubt {
        let doubts = try database.read {
            try Reading($0, diary: diary, zone: zone).clockDoubts()
        }
        guard let doubt = doubts.first(where: { $0.entry == entry }) else {
            throw DeskError.notPossible("nobody doubts the time of \(Handle(of: entry))")
        }
        return doubt
    }

    private func forgetDoubt(of entry: EntryID) throws {
        try database.write { transaction in
            var memory = try ClockMemory(in: transaction, diary)
            memory.ahead[entry] = nil
            try memory.keep(in: transaction, diary)
        }
    }
}
