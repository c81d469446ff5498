internal import SyncCore

/// One row of the read model: what lists, orders and questions need of an entry.
struct EntryRow: Equatable {
    let arrival: Int
    let kind: String
    /// When it happened, as far as `time` says; the earliest where several values stand.
    var startMs: Int64?
    /// When the event that began it was written.
    let atMs: Int64
    /// The last 40 bits of its id.
    let low: Int
    var status: EntryView.Status
    var isInConflict: Bool
    /// Whether an event of it does not count.
    var hasEventsToReview: Bool
    /// The arrival number of its last event.
    var lastArrival: Int

    var sortMs: Int64 { startMs ?? atMs }

    static func low(of id: EventID) -> Int {
        id.octets.suffix(5).reduce(0) { ($0 << 8) | Int($1) }
    }
}

extension EntryRow {
    /// What a view says, in short.
    init(_ view: EntryView, of events: [StoredEvent]) throws {
        guard let first = events.first, let last = events.last else {
            throw StoreError.damaged(.tree)
        }
        self.init(
            arrival: first.held.arrival, kind: view.kind,
            startMs: view.fields[Self.time].flatMap(Self.start),
            atMs: first.line.envelope.at.milliseconds, low: Self.low(of: first.line.id),
            status: view.status, isInConflict: !view.conflicts.isEmpty,
            hasEventsToReview: !view.toReview.isEmpty, lastArrival: last.held.arrival)
    }

    /// What an event that begins an entry says but for its fields.
    init(beginning event: StoredEvent, kind: String) {
        self.init(
            arrival: event.held.arrival, kind: kind, startMs: nil,
            atMs: event.line.envelope.at.milliseconds, low: Self.low(of: event.line.id),
            status: .none, isInConflict: false, hasEventsToReview: false,
            lastArrival: event.held.arrival)
    }

    static let time = "time"

    static func start(of value: JSONValue?) -> Int64? { value?["start"]?["ms"]?.integerValue }

    private static func start(of register: Register) -> Int64? {
        register.candidates.compactMap { start(of: $0.value.json) }.min()
    }
}

extension EntryRow {
    static let columns = """
        arrival, kind, start_ms, at_ms, low, status, in_conflict, to_review, last, digest, diary
        """

    /// Reads `columns` and checks the digest, so that a flipped bit is reported and not shown.
    init(_ row: SQLRow) throws {
        let arrival = try row.integer(0)
        let flaw = StoreError.damaged(.readModel(arrival: arrival))
        do {
            guard let status = EntryView.Status(code: try row.integer(5)) else { throw flaw }
            self.init(
                arrival: arrival, kind: try row.text(1),
                startMs: try row.optionalInteger(2).map(Int64.init),
                atMs: Int64(try row.integer(3)), low: try row.integer(4), status: status,
                isInConflict: try row.bool(6), hasEventsToReview: try row.bool(7),
                lastArrival: try row.integer(8))
            guard try row.integer(9) == digest(diary: try row.integer(10)) else { throw flaw }
        } catch { throw flaw }
    }

    /// FNV-1a over all that the row says: it finds flipped bits, not forgers.
    func digest(diary: Int) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        func mix(_ number: Int64) {
            for shift in stride(from: 0, to: 64, by: 8) {
                mix(UInt8(truncatingIfNeeded: number >> Int64(shift)))
            }
        }
        mix(Int64(arrival))
        mix(Int64(diary))
        for unit in kind.utf8 { mix(unit) }
        mix(startMs == nil ? UInt8(0) : 1)
        mix(startMs ?? 0)
        mix(atMs)
        mix(Int64(low))
        mix(UInt8(status.code))
        mix(isInConflict ? UInt8(1) : 0)
        mix(hasEventsToReview ? UInt8(1) : 0)
        mix(Int64(lastArrival))
        return Int(truncatingIfNeeded: hash)
    }
}

extension EntryView.Status {
    var code: UInt8 {
        switch self {
        case .none: 0
        case .active: 1
        case .voided: 2
        case .inQuestion: 3
        }
    }

    init?(code: Int) {
        switch code {
        case 0: self = .none
        case 1: self = .active
        case 2: self = .voided
        case 3: self = .inQuestion
        default: return nil
        }
    }
}
