import SyncCore

/// What one entry says of stock: from its view, every candidate of what is in conflict.
struct StockReading {
    let entry: EntryID
    let standing: TotalInfusion.Standing
    private(set) var records: [StockRecord] = []
    private(set) var unplaced: [UnplacedLine] = []
    /// It began in a log of the clinic, and nobody at home has said anything of it yet.
    let isShipment: Bool

    private let span: MomentSpan

    init(_ view: EntryView, zone: some ZoneRules, clinicReplicas: Set<ReplicaID>) {
        entry = view.entry.id
        standing =
            switch view.status {
            case .active: .active
            case .inQuestion: .inQuestion
            case .voided, .none: .voided
            }
        span = Self.span(of: view, zone: zone)
        isShipment = Self.isOnlyTheClinics(view, clinicReplicas)
        switch EntryKind(rawValue: view.kind) {
        case .infusion: readUse(view)
        case .stock: readMovement(view)
        default: break
        }
    }

    /// The span of every start that a candidate names; any time at all where one names none.
    private static func span(of view: EntryView, zone: some ZoneRules) -> MomentSpan {
        let spans = (view.fields["time"]?.candidates ?? []).map { candidate in
            let time = candidate.value.json.flatMap { TimeValue(json: $0) }
            return time.map { MomentSpan($0.start, zone: zone) } ?? .unknown
        }
        guard let first = spans.first else { return .unknown }
        return spans.dropFirst().reduce(first) { $0.union($1) }
    }

    /// Whether the entry is the clinic's and nothing in it is from home, on a device or on paper.
    private static func isOnlyTheClinics(_ view: EntryView, _ clinic: Set<ReplicaID>) -> Bool {
        guard clinic.contains(view.entry.replica) else { return false }
        return view.fields.allSatisfy { field, register in
            guard field != Vocabulary.status, !field.hasPrefix(Vocabulary.linkPrefix),
                !field.hasPrefix("proposed.")
            else { return true }
            return register.candidates.allSatisfy { candidate in
                let method = candidate.about["entryMethod"].flatMap { EntryMethod(json: $0) }
                return clinic.contains(candidate.event.replica) && method != .fromPaper
            }
        }
    }
}

extension StockReading {
    /// What every candidate of a field says; nil for one that is erased or was taken out again.
    private static func said<Value: DiaryValue>(_ view: EntryView, _ field: String) -> [Value?] {
        (view.fields[field]?.candidates ?? []).map { candidate in
            candidate.value.json.flatMap { Value(json: $0) }
        }
    }

    private mutating func readUse(_ view: EntryView) {
        let outcomes: [Outcome?] = Self.said(view, "outcome")
        let places: [Said<Place>?] = Self.said(view, "place")
        let isHospital = places.map { $0?.value?.code.value == .hospital }
        // What was perhaps not done, or perhaps given in hospital, used these vials or none.
        let isSure =
            !outcomes.contains { $0?.code == .notDone } && !isHospital.contains(true)
        add([.used], isSure: isSure, view)
        guard isHospital.contains(true), !isHospital.contains(false) else { return }
        for index in records.indices { records[index].isFromHospital = true }
    }

    private mutating func readMovement(_ view: EntryView) {
        let movements: [StockEntry.Movement?] = Self.said(view, "movement")
        var kinds: Set<StockRecord.Kind> = []
        for movement in movements {
            switch movement {
            case .receipt: kinds.insert(isShipment ? .shipped : .received)
            case .move: kinds.insert(.moved)
            case .count: kinds.insert(.counted)
            case .loss:
                let reasons: [Said<StockEntry.Loss>?] = Self.said(view, "loss")
                let quarantines = reasons.map { $0?.value == .quarantined }
                if quarantines.contains(true) { kinds.insert(.quarantined) }
                if quarantines.contains(false) || quarantines.isEmpty { kinds.insert(.lost) }
            case nil: break
            }
        }
        let isClear = !kinds.isEmpty && !movements.contains(nil)
        if !isClear { leaveOut(view, .movementUnknown) }
        if !kinds.isEmpty { add(kinds, isSure: isClear && kinds.count == 1, view) }
    }

    private mutating func leaveOut(_ view: EntryView, _ reason: UnplacedLine.Reason) {
        for (field, register) in view.fields where field.hasPrefix("vials.") {
            for json in register.candidates.compactMap(\.value.json) where !json.isNull {
                leaveOut(field, json, reason)
            }
        }
    }

    private mutating func leaveOut(
        _ field: String, _ json: JSONValue, _ reason: UnplacedLine.Reason
    ) {
        guard standing != .voided else { return }
        let lot = json["lot"]?.stringValue.map { PrintedText($0) }
        let line = UnplacedLine(entry: entry, field: field, reason: reason, lot: lot)
        if !unplaced.contains(line) { unplaced.append(line) }
    }

    /// What the candidates of the entry's lines say of one lot, all lines together.
    private struct Heap {
        var vials = VialRange.zero
        var isSettled = false
        var printed: Set<PrintedText> = []
        var expiries: Set<Expiry> = []
    }

    /// Adds a record of each kind for each lot that a line names.
    private mutating func add(
        _ kinds: Set<StockRecord.Kind>, isSure: Bool, _ view: EntryView
    ) {
        var heaps: [StockKey: Heap] = [:]
        for (field, register) in view.fields where field.hasPrefix("vials.") {
            read(field, register, isCount: kinds.contains(.counted), into: &heaps)
        }
        let storages: [StockEntry.Storage?] = Self.said(view, "storage")
        for kind in StockRecord.Kind.allCases where kinds.contains(kind) {
            for (key, heap) in heaps {
                if kind == .counted, key.lot == nil { continue }
                records.append(
                    StockRecord(
                        entry: entry, kind: kind, key: key,
                        vials: isSure ? heap.vials : heap.vials.orNone, span: span,
                        isSettled: heap.isSettled && isSure, printed: heap.printed,
                        expiries: heap.expiries, storages: storages.compactMap(\.self)))
            }
        }
    }

    /// Takes up one line; of a lot that only some of its candidates name there may be none.
    private mutating func read(
        _ field: String, _ register: Register, isCount: Bool, into heaps: inout [StockKey: Heap]
    ) {
        var said: [StockKey: [(count: Int64, line: VialLine)]] = [:]
        for json in register.candidates.compactMap(\.value.json) where !json.isNull {
            guard let line = VialLine(json: json) else {
                leaveOut(field, json, .notUnderstood)
                continue
            }
            guard line.lotMissing != .givenElsewhere else { continue }
            guard let key = StockKey(line) else {
                let noProduct = line.product.value == nil
                leaveOut(field, json, noProduct ? .productUnknown : .sizeUnknown)
                continue
            }
            guard let count = line.count?.value, count >= 0 else {
                leaveOut(field, json, .countUnknown)
                continue
            }
            if isCount, key.lot == nil { leaveOut(field, json, .countWithoutLot) }
            said[key, default: []].append((count, line))
        }
        for (key, lines) in said {
            let isWhole = lines.count == register.candidates.count
            let counts = lines.map(\.count) + (isWhole ? [] : [0])
            var heap = heaps[key] ?? Heap()
            heap.vials += VialRange(counts.min() ?? 0, counts.max() ?? 0)
            heap.isSettled = heap.isSettled || isWhole
            heap.printed.formUnion(lines.compactMap(\.line.lot))
            heap.expiries.formUnion(lines.compactMap { $0.line.expiry?.value })
            heaps[key] = heap
        }
    }
}
