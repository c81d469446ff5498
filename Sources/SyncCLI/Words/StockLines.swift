import DiaryDesk
import DiaryModel
import SyncCore

/// What lies at home, lot by lot, with everything that a person has to look at.
struct StockLines {
    let stock: StockAtHome
    let catalogue: Catalogue
    /// Staff look from afar: nobody there can say that a box came.
    let isAtClinic: Bool
    let handle: (EntryID) -> Handle

    /// All that is known, in the order in which it is to be used.
    var lines: [String] {
        let rows = stock.pick.usable + stock.pick.apart
        guard !rows.isEmpty || !stock.book.lots.isEmpty || !stock.book.shipments.isEmpty else {
            return [
                "No vials are known here.   diary stock receipt --product …  writes down a box."
            ]
        }
        return [sentence] + reaches + table(rows) + missing + counts + boxes + unplaced
    }

    /// From which vials to take, the first to be used up first, and which to leave.
    var pickLines: [String] {
        let pick = stock.pick
        guard !pick.usable.isEmpty else {
            return ["No vial is known here that may be used."] + table(pick.apart)
        }
        var lines = ["Take these first, from the top:"] + table(pick.usable)
        if !pick.apart.isEmpty { lines += ["Leave these:"] + table(pick.apart) }
        return lines
    }

    // MARK: Sentences

    private var sentence: String {
        guard stock.book.isKept else {
            return "No box was written down here yet, so what lies at home is not known."
        }
        let rows = stock.pick.usable + stock.pick.apart
        let lots = Set(rows.map(\.key)).count
        return
            "At home: \(Self.vials(of: rows).words) of \(lots) \(lots == 1 ? "lot" : "lots")\(notToUse)."
    }

    /// Why fewer are left below than lie here: beside "0 vials left" this has to be read first.
    private var notToUse: String {
        let apart = Self.vials(of: stock.pick.apart)
        guard apart.high > 0 else { return "" }
        return stock.pick.usable.isEmpty
            ? ", none of them to be used" : ", \(apart.words) of them not to be used"
    }

    private static func vials(of rows: [PickList.Row]) -> VialRange {
        rows.map(\.vials).reduce(.zero) { $0 + $1 }
    }

    private var reaches: [String] { stock.book.isKept ? stock.reaches.map(\.words) : [] }

    private func table(_ rows: [PickList.Row]) -> [String] {
        let cells = rows.map { row in
            [lot(row), name(row.key), row.vials.words, until(row)]
        }
        let widths = (0..<3).map { column in cells.map { $0[column].count }.max() ?? 0 }
        return zip(rows, cells).flatMap { row, cells in
            let line = zip(cells, widths + [0]).map { cell, width in
                cell + String(repeating: " ", count: max(0, width - cell.count))
            }.joined(separator: "  ")
            let moved = row.isAtRoomTemperature ? ["    \(row.storageWords)"] : []
            return [line] + moved + row.reasons.map { "    \($0.words)" }
        }
    }

    private func lot(_ row: PickList.Row) -> String {
        row.printed.isEmpty
            ? "lot not known" : row.printed.map(\.text).joined(separator: " or ")
    }

    /// `Hizentra 4.0 g`.
    private func name(_ key: StockKey) -> String {
        let product = catalogue.product(key.product)?.name ?? "other product"
        let half = key.component == .hy ? " hyaluronidase" : ""
        return "\(product)\(half) \(Grams(milligrams: key.vialMilligrams))"
    }

    /// `use by Sun 31 Dec 2028`; the day is the last one.
    private func until(_ row: PickList.Row) -> String {
        guard let day = row.usableUntil else { return "expiry not known" }
        return "use by \(day.weekday.name.prefix(3)) \(day.shortWords)"
    }

    /// Lots of which more was used than is known to have come.
    private var missing: [String] {
        guard stock.book.isKept else { return [] }
        let below = stock.book.lots.filter(\.isBelowZero)
        let lines = below.filter(\.isOfHome).map { lot in
            "\(lot.printed.first?.text ?? "lot not known")  \(name(lot.key)): \(lot.balanceWords)"
        }
        let others = below.count { !$0.isOfHome }
        guard others > 0 else { return lines }
        return lines + [
            "\(others) \(others == 1 ? "lot was" : "lots were") used of which no box was written down."
        ]
    }

    private var counts: [String] {
        stock.book.differences.map { difference in
            "\(handle(difference.count))  \(difference.key.lot?.description ?? "lot not known"): "
                + difference.words
        }
    }

    private var boxes: [String] {
        stock.book.shipments.flatMap { box in
            let handle = handle(box.entry)
            let same = box.perhapsSame.map {
                "      Or is it what you wrote down as \(self.handle($0))?   "
                    + "diary duplicates same \(self.handle($0)) \(handle)"
            }
            guard !isAtClinic else { return ["\(handle)  \(box.question)"] }
            return ["\(handle)  \(box.question)", "      diary stock arrived \(handle)"] + same
        }
    }

    private var unplaced: [String] {
        stock.book.unplaced.map { line in
            let lot = line.lot.map { " lot \($0.text):" } ?? ""
            return "\(handle(line.entry)) \(lot) in no number here. \(line.reason.words)"
        }
    }

    // MARK: JSON

    var json: JSONObject {
        [
            "boxes": .array(
                stock.book.shipments.map { box in
                    [
                        "entry": .string(box.entry.text),
                        "explains": .array(box.explains.map { .string($0.text) }),
                        "handle": .string(handle(box.entry).text),
                        "perhapsSame": .array(box.perhapsSame.map { .string($0.text) }),
                        "vials": box.vials.json,
                    ]
                }),
            "countDifferences": .array(
                stock.book.differences.map { difference in
                    [
                        "counted": difference.counted.json,
                        "entry": .string(difference.count.text), "known": difference.known.json,
                        "lot": .string(difference.key.lot?.description ?? ""),
                        "product": difference.key.product.json,
                    ]
                }),
            "isKept": .bool(stock.book.isKept), "lots": .array(stock.book.lots.map(Self.json)),
            "pick": pickJSON,
            "reach": .array(
                stock.reaches.map { reach in
                    [
                        "doseMilligrams": .integer(reach.doseMilligrams),
                        "highMilligrams": .integer(reach.milligrams.high),
                        "lowMilligrams": .integer(reach.milligrams.low),
                        "orderNow": .bool(reach.isOrderDue()), "parts": .integer(reach.parts),
                        "vials": reach.vials.json,
                    ]
                }),
            "unplaced": .array(
                stock.book.unplaced.map { line in
                    [
                        "entry": .string(line.entry.text), "field": .string(line.field),
                        "reason": .string(line.reason.rawValue),
                    ]
                }),
        ]
    }

    var pickJSON: JSONValue {
        func rows(_ rows: [PickList.Row]) -> JSONValue { .array(rows.map(Self.json)) }
        return ["apart": rows(stock.pick.apart), "usable": rows(stock.pick.usable)]
    }

    private static func json(_ key: StockKey, _ printed: [PrintedText]) -> JSONObject {
        var object: JSONObject = [
            "printed": .array(printed.map(\.json)), "product": key.product.json,
            "vialMilligrams": .integer(key.vialMilligrams),
        ]
        if let lot = key.lot { object["lot"] = .string(lot.description) }
        if let component = key.component { object["component"] = component.json }
        return object
    }

    private static func json(_ lot: StockLot) -> JSONValue {
        var object = json(lot.key, lot.printed)
        object["balance"] = lot.balance.json
        object["expiries"] = .array(lot.expiries.map(\.json))
        object["isOfHome"] = .bool(lot.isOfHome)
        object["isQuarantined"] = .bool(lot.isQuarantined)
        object["lost"] = lot.lost.json
        object["onTheWay"] = lot.onTheWay.json
        object["received"] = lot.received.json
        object["used"] = lot.used.json
        return .object(object)
    }

    private static func json(_ row: PickList.Row) -> JSONValue {
        var object = json(row.key, row.printed)
        object["isAtRoomTemperature"] = .bool(row.isAtRoomTemperature)
        object["reasons"] = .array(row.reasons.map { .string($0.rawValue) })
        if let day = row.usableUntil { object["usableUntil"] = .string(day.description) }
        object["vials"] = row.vials.json
        return .object(object)
    }
}

extension DeskWords {
    /// What lies at home today.
    func stock() throws -> Reply {
        try stock("stock") { lines in
            var reply = Reply(json: lines.json)
            reply.lines = lines.lines
            return reply
        }
    }

    /// From which vials to take today.
    func pickList() throws -> Reply {
        try stock("stock pick") { lines in
            var reply = Reply(json: ["pick": lines.pickJSON])
            reply.lines = lines.pickLines
            return reply
        }
    }

    /// That a box came, as it stands now.
    func arrived(_ written: Desk.Written<Desk.Saved>) throws -> Reply {
        let entry = written.result.entry
        var reply = Reply(
            "Saved here.  \(try line(of: entry)).  From now on it counts as lying at home.")
        for warning in written.result.warnings {
            reply.say("Noted with it: \(warning.code.sentence)")
        }
        if written.continuedAsNewReplica { reply.say(Self.continuedSentence) }
        reply.json = [
            "entry": .string(entry.text), "handle": .string(Handle(of: entry).text),
            "warnings": .array(
                written.result.warnings.map { .string($0.code.rawValue) }),
        ]
        return reply
    }

    /// Reads the stock; what is printed of boxes on their way has been shown.
    private func stock(_ act: String, _ body: (StockLines) throws -> Reply) throws -> Reply {
        let (reply, shown): (Reply, [EntryView]) = try desk.read(act) { reading in
            let stock = try reading.stockAtHome(on: desk.today, catalogue: desk.catalogue)
            let handles = try reading.handles()
            let lines = StockLines(
                stock: stock, catalogue: desk.catalogue,
                isAtClinic: desk.pen.clinicKey != nil, handle: handles.handle(of:))
            return (try body(lines), stock.boxes)
        }
        for view in shown { try desk.markShown(view) }
        return reply
    }
}
