public import SyncCore

/// A delivery that only the clinic speaks of: a box on its way, and the question whether it came (C09).
///
/// There is no movement for sending. What the clinic sent is a `receipt` that its own log begins, and as
/// long as nobody at home has written a word into it, nobody says that it came. So it is in no balance,
/// and is proposed. To confirm it is an ordinary amendment by the person at home (`confirmation`). A
/// clinic that types what the family wrote on paper says so (`entryMethod` `from_paper`), and that
/// is the family's word. A family that wrote a receipt of its own links the two as the same.
public struct Shipment: Hashable, Sendable {
    public let entry: EntryID
    public let lines: [Line]
    /// Counts that are right if this box had come before them; only a person may say that it did.
    public let explains: [EntryID]
    /// Receipts of home that hold the same vials of the same lots: perhaps this box, written down anew.
    public let perhapsSame: [EntryID]

    public struct Line: Hashable, Sendable {
        public let key: StockKey
        public let vials: VialRange
    }

    /// All its vials.
    public var vials: VialRange { lines.map(\.vials).reduce(.zero) { $0 + $1 } }

    /// The fields by which a person at home says that the box came.
    ///
    /// - Parameters:
    ///   - time: when it came; nil leaves what the clinic wrote.
    ///   - coldChain: whether it was cool; nil where nobody asked.
    public static func confirmation(
        time: TimeValue? = nil, coldChain: Said<StockEntry.ColdChain>? = nil
    ) -> JSONObject {
        var entry = StockEntry()
        entry.movement = .receipt
        entry.time = time
        entry.coldChain = coldChain
        return entry.fields
    }
}

extension Shipment {
    static func all(in ledger: StockLedger, keys: [StockKey]) -> [Shipment] {
        let sent = boxes(.shipped, in: ledger, keys: keys)
        let received = boxes(.received, in: ledger, keys: keys)
        return sent.keys.sorted().map { entry in
            let records = sent[entry] ?? []
            let lines = self.lines(records)
            return Shipment(
                entry: entry, lines: lines, explains: explained(by: records, in: ledger),
                perhapsSame: received.filter { other in
                    self.lines(other.value) == lines && !ledger.areSaidDifferent(entry, other.key)
                }.map(\.key).sorted())
        }
    }

    private static func boxes(
        _ kind: StockRecord.Kind, in ledger: StockLedger, keys: [StockKey]
    ) -> [EntryID: [StockRecord]] {
        Dictionary(grouping: keys.flatMap { ledger.records($0, kind) }, by: \.entry)
    }

    private static func lines(_ records: [StockRecord]) -> [Line] {
        records.map { Line(key: $0.key, vials: $0.vials) }.sorted { $0.key < $1.key }
    }

    /// Counts that differ, and would not if all of the box had come before them.
    private static func explained(by records: [StockRecord], in ledger: StockLedger) -> [EntryID] {
        var explained: Set<EntryID> = []
        var contradicted: Set<EntryID> = []
        for record in records {
            for count in ledger.records(record.key, .counted)
            where record.span.order(to: count.span) != .after {
                let known = ledger.balance(of: record.key, before: count)
                let withBox = known + record.vials
                if withBox.overlaps(count.vials), !known.overlaps(count.vials) {
                    explained.insert(count.entry)
                } else if !withBox.overlaps(count.vials) {
                    contradicted.insert(count.entry)
                }
            }
        }
        return explained.subtracting(contradicted).sorted()
    }
}
