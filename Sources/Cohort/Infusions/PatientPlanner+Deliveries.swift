internal import DiaryModel
internal import SeededRandom
internal import SyncCore

/// Boxes come every four weeks; who keeps stock writes down what came, what was lost, what is there.
extension PatientPlanner {
    /// The box that tops the stock up to what the next five weeks need.
    mutating func deliver(on day: Int) {
        let doses = Int64(
            (CohortTable.deliveryDays + 7 + facts.regimen.intervalDays - 1)
                / facts.regimen.intervalDays)
        var received: [DrawnLine] = []
        for need in facts.regimen.vials(for: dose(on: day + 7)) {
            for shelf in need.shelves(of: facts.regimen.product, route: facts.regimen.route) {
                let missing = need.count * doses - stock.vials(on: shelf)
                guard missing > 0 else { continue }
                received += box(of: missing, on: shelf, day: day)
            }
        }
        for line in received { stock.add(line.lot, line.count) }
        if !received.isEmpty { writeReceipt(of: received, on: day) }
        if random.happens(CohortTable.vialLost) { loseVial(on: day + random.between(1...6)) }
    }

    /// Vials of one lot, or of two or three.
    private mutating func box(
        of count: Int64, on shelf: LotPool.Shelf, day: Int
    ) -> [DrawnLine] {
        let lots = random.choose(CohortTable.lotsInADelivery)
        var left = count
        var lines: [DrawnLine] = []
        for index in 0..<lots where left > 0 {
            guard let lot = clinic.pool.lot(on: shelf, day: day, using: &random) else { break }
            let isLast = index == lots - 1
            let share = isLast || left < 2 ? left : random.between(1...max(left * 2 / 3, 1))
            left -= share
            if let same = lines.firstIndex(where: { $0.lot == lot }) {
                lines[same] = DrawnLine(lot: lot, count: lines[same].count + share)
            } else {
                lines.append(DrawnLine(lot: lot, count: share))
            }
        }
        return lines
    }

    /// Vials that the stock does not have, brought by whoever comes.
    mutating func borrowed(_ count: Int64, from shelf: LotPool.Shelf, day: Int) -> [DrawnLine] {
        guard count > 0, let lot = clinic.pool.lot(on: shelf, day: day, using: &random) else {
            return []
        }
        return [DrawnLine(lot: lot, count: count)]
    }

    // MARK: Writing it down

    /// Who writes of the boxes, once their device has joined.
    private func stockWriter(at ms: Int64) -> Writer? {
        guard facts.habits.keepsStock, let device = devices.first, device.joinMs < ms else {
            return nil
        }
        return .device(0)
    }

    mutating func writeReceipt(of lines: [DrawnLine], on day: Int) {
        let ms = days.ms(day: day, minute: random.between(660...1080))
        let isWritten = random.happens(facts.habits.reporting)
        guard isWritten, let writer = stockWriter(at: ms) else { return }
        let drawn = random.below(CohortTable.whole)
        let chain: JSONValue =
            drawn < CohortTable.coldChainBroken
            ? "broken"
            : drawn < CohortTable.coldChainBroken + CohortTable.coldChainUnknown ? "unknown" : "ok"
        var set: JSONObject = [
            "coldChain": chain,
            "delivery": [
                "reference": .string("SYN-\(day)-\(facts.number)"),
                "supplier": "Invented Homecare",
            ],
            "movement": "receipt", "time": stockTime(ms, writer),
        ]
        for (index, line) in lines.flatMap(Self.fitting).enumerated() {
            set[LineName(number: index + 1).vials] = boxLine(line).json
        }
        begin(.stock, at: ms, by: writer, Words(set: set, about: ["entryMethod": "typed"]))
    }

    private mutating func loseVial(on day: Int) {
        guard day <= days.lastDay, let box = stock.boxes.first else { return }
        let shelf = LotPool.Shelf(
            product: box.lot.product, size: box.lot.size, component: box.lot.component)
        let lost = stock.take(1, from: shelf)
        let ms = days.ms(day: day, minute: random.between(540...1260))
        let reason = random.pick(["broken", "leaked", "cloudy"])
        guard let line = lost.first, let writer = stockWriter(at: ms) else { return }
        let set: JSONObject = [
            "loss": .string(reason), "movement": "loss", "time": stockTime(ms, writer),
            "vials.1": boxLine(line).json,
        ]
        begin(.stock, at: ms, by: writer, Words(set: set))
    }

    /// Somebody counts the boxes.
    mutating func count(on day: Int) {
        let ms = days.ms(day: day, minute: random.between(600...1200))
        guard let writer = stockWriter(at: ms), !stock.boxes.isEmpty else { return }
        var set: JSONObject = ["movement": "count", "time": stockTime(ms, writer)]
        let held = stock.boxes.map { DrawnLine(lot: $0.lot, count: $0.left) }
        for (index, line) in held.flatMap(Self.fitting).enumerated() {
            set[LineName(number: index + 1).vials] = boxLine(line).json
        }
        begin(.stock, at: ms, by: writer, Words(set: set))
    }

    private func stockTime(_ ms: Int64, _ writer: Writer) -> JSONValue {
        TimeValue(start: Moment(ms: shown(ms, to: writer), in: days.home)).json
    }

    /// A line says at most 99 vials; more are further lines.
    private static func fitting(_ line: DrawnLine) -> [DrawnLine] {
        stride(from: Int64(0), to: line.count, by: 99).map {
            DrawnLine(lot: line.lot, count: min(99, line.count - $0))
        }
    }

    private mutating func boxLine(_ drawn: DrawnLine) -> VialLine {
        let isScanned = random.happens(CohortTable.receiptScanned)
        var line = drawn.lot.line(of: drawn.count)
        line.lot = PrintedText(drawn.lot.text)
        line.entryMethod = isScanned ? .scanned : .typed
        if isScanned {
            line.gtin = PrintedText(drawn.lot.gtin)
            line.scan = PrintedText(drawn.lot.scan)
        }
        line.expiry = Expiry(
            typed: isScanned ? drawn.lot.barcodeExpiry : drawn.lot.typedExpiry,
            year: days.last.year
        ).map { .value($0) }
        return line
    }
}

extension LotPlan {
    /// A vial line of this lot's product and size; its lot and expiry are for whoever writes it.
    func line(of count: Int64) -> VialLine {
        var line = VialLine(product: product)
        line.count = .value(count)
        line.component = component.map { .value($0) }
        if component == .hy {
            // The enzyme has no grams; a twentieth of the volume it goes with.
            line.vialMilligrams = .unknown
            line.vialMicrolitres = size.microlitres.map { .value($0 / 20) } ?? .unknown
        } else {
            line.vialMilligrams = .value(size.milligrams)
            line.vialMicrolitres = size.microlitres.map { .value($0) } ?? .unknown
        }
        return line
    }
}
