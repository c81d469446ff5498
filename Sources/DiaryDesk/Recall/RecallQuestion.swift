public import DiaryModel

/// What a pharmacist asks, in the words of the notice.
public struct RecallQuestion: Sendable {
    /// One for all lots, or one for each.
    public var products: [String] = []
    public var lots: [String] = []
    /// None, or one for each lot.
    public var expiries: [String] = []
    /// To when the diaries have to be complete; the beginning of today where nothing is said.
    public var asOf: String?
    /// The first day that matters; 24 months before where nothing is said.
    public var from: String?

    private let now: Int64
    private let zone: TZif
    private let catalogue: Catalogue

    public init(now: Int64, zone: TZif, catalogue: Catalogue = .seed) {
        self.now = now
        self.zone = zone
        self.catalogue = catalogue
    }

    /// The search.
    ///
    /// - Throws: `DeskError.refused` with every value that could not be read.
    public func query() throws -> RecallQuery {
        var refused: [DeskError.RefusedValue] = []
        func read<Value>(_ body: () throws -> Value) throws -> Value? {
            do { return try body() } catch DeskError.refused(let values) {
                refused += values
                return nil
            }
        }
        let products = try read(readProducts) ?? []
        let expiries = try read(readExpiries) ?? []
        let instant = try read(readAsOf)
        let first = try read(readFrom) ?? nil
        var recalled: [RecalledLot] = []
        for (index, printed) in lots.enumerated() {
            guard let product = products.count == 1 ? products.first : products[at: index] else {
                continue
            }
            let lot = RecalledLot(
                product: product, lot: PrintedText(printed.trimmed), expiry: expiries[at: index])
            if let lot, TypedText.isPrintable(printed) {
                recalled.append(lot)
            } else {
                refused.append(
                    Self.refusal("lot", "Copy the lot as printed in the notice: K551A8441."))
            }
        }
        guard refused.isEmpty, let instant else { throw DeskError.refused(refused) }
        guard let query = RecallQuery(recalled, asOfMs: instant, from: first) else {
            throw DeskError.refused([
                Self.refusal("lot", "Say each lot once:  --product octagam5 K551A8441.")
            ])
        }
        return query
    }

    private func readProducts() throws -> [ProductKey] {
        guard products.count == 1 || products.count == lots.count, !products.isEmpty else {
            throw DeskError.refused([
                Self.refusal(
                    "product",
                    products.isEmpty
                        ? "Say the product, such as --product octagam5."
                        : "Say one product for all lots, or one for each.")
            ])
        }
        return try products.map { typed in
            let found = catalogue.products(named: typed)
            if let only = found.first, found.count == 1 { return only.key }
            let list = found.map(\.key.text).joined(separator: ", ")
            throw DeskError.refused([
                Self.refusal(
                    "product",
                    found.isEmpty
                        ? "“\(typed)” is no product of the catalogue. Type octagam5, for example."
                        : "“\(typed)” can mean \(list). Say which.")
            ])
        }
    }

    private func readExpiries() throws -> [Expiry] {
        guard expiries.isEmpty || expiries.count == lots.count else {
            throw DeskError.refused([
                Self.refusal("expiry", "Say no expiry, or one for each lot.")
            ])
        }
        let year = zone.day(atMs: now).year
        return try expiries.map { typed in
            guard let expiry = Expiry(typed: typed, year: year) else {
                throw DeskError.refused([
                    Self.refusal(
                        "expiry",
                        "“\(typed)” is no expiry I can read. Type 2028-12 or 2028-12-31.")
                ])
            }
            return expiry
        }
    }

    private func readAsOf() throws -> Int64 {
        let today = zone.day(atMs: now)
        guard let typed = asOf?.trimmed, typed.lowercased() != "today" else {
            return midnight(of: today)
        }
        if typed.uppercased().hasSuffix("Z"),
            let wall = WallTime(String(typed.uppercased().dropLast())),
            wall.precision.hasInstant
        {
            return Int64(wall.date.daysSinceEpoch) * 86_400_000 + Int64(wall.minuteOfDay) * 60_000
        }
        // A bare day would be its beginning to one reader and its end to the next.
        guard let moment = try? TypedMoment(typed, day: today, now: now, zone: zone).moment,
            let ms = moment.ms
        else {
            throw DeskError.refused([
                Self.refusal(
                    "asOf",
                    "“\(typed)” is no instant. Type 2016-05-02T12:00Z, 2016-05-02T13:00 as the "
                        + "clinic’s clock shows it, 16:30, today or now.")
            ])
        }
        return ms
    }

    private func readFrom() throws -> CivilDate? {
        try from.map { typed in
            guard let day = DayName.date(typed.trimmed, today: zone.day(atMs: now)) else {
                throw DeskError.refused([
                    Self.refusal("from", "“\(typed)” is no day I can read. Type 2014-05-02.")
                ])
            }
            return day
        }
    }

    private func midnight(of day: CivilDate) -> Int64 {
        let wall = WallTime(date: day, minuteOfDay: 0)
        return wall.flatMap { zone.resolve($0) }?.standard.ms
            ?? Int64(day.daysSinceEpoch) * 86_400_000
    }

    private static func refusal(_ field: String, _ sentence: String) -> DeskError.RefusedValue {
        .init(field: field, code: Rejection.Code.malformed.rawValue, sentence: sentence)
    }
}

extension Array {
    /// The element at a place; nil beyond the end.
    fileprivate subscript(at index: Int) -> Element? {
        indices.contains(index) ? self[index] : nil
    }
}
