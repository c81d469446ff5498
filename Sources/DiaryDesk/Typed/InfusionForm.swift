public import DiaryModel
public import SyncCore

/// What a person says of an infusion, in the words they type; empty means not asked.
public struct InfusionForm: Sendable {
    public var product: String?
    public var route: String?
    public var vials: String?
    public var lots: [String] = []
    public var lotMissing: String?
    /// Once for each size of vials, or not at all; one that is empty was not asked.
    public var expiries: [String] = []
    /// What a scanner read on the packs; once for each size of vials, or not at all.
    public var scans: [String] = []
    public var start: String?
    public var end: String?
    public var day: String?
    public var sites: String?
    public var by: String?
    public var rate: String?
    public var looked: String?
    public var weight: String?
    public var pump: String?
    public var premedications: [String] = []
    public var part: String?
    public var notDone: String?
    public var outcome: String?
    public var elsewhere: String?

    public init() {}

    /// The fields to be set.
    ///
    /// - Throws: `DeskError.refused` with every value that could not be read.
    public func fields(
        now: Int64, zone: TZif, catalogue: Catalogue, warnings: inout [Warning]
    ) throws -> JSONObject {
        var reader = FormReader(now: now, zone: zone, catalogue: catalogue)
        reader.readTime(start: start, end: end, day: day)
        reader.readOutcome(notDone: notDone, outcome: outcome)
        if notDone == nil {
            reader.readVials(self)
        } else if !saidOfGiven.isEmpty {
            reader.refuse(
                "outcome", .impossible,
                "What was not done used nothing, yet there is \(saidOfGiven.joined(separator: ", ")). "
                    + "Opened vials are a stock loss; what was begun is --outcome stopped or partial."
            )
        }
        reader.readRoute(route)
        reader.readRest(self)
        warnings += reader.warnings
        guard reader.refused.isEmpty else { throw DeskError.refused(reader.refused) }
        return reader.set
    }

    /// What was said that only an infusion has which was given, as it is typed.
    private var saidOfGiven: [String] {
        let said = [
            ("--product", product != nil), ("--vials", vials != nil), ("--lot", !lots.isEmpty),
            ("--lot-missing", lotMissing != nil), ("--expiry", !expiries.isEmpty),
            ("--scan", !scans.isEmpty),
            ("--outcome", outcome != nil && outcome != Outcome.Code.notDone.rawValue),
        ]
        return said.filter(\.1).map(\.0)
    }
}

/// Reads one form, keeping every value that could not be read.
struct FormReader {
    let now: Int64
    let zone: TZif
    let catalogue: Catalogue
    var set: JSONObject = [:]
    var warnings: [Warning] = []
    var refused: [DeskError.RefusedValue] = []
    private var product: Product?

    init(now: Int64, zone: TZif, catalogue: Catalogue) {
        self.now = now
        self.zone = zone
        self.catalogue = catalogue
    }

    mutating func refuse(_ field: String, _ sentence: String) {
        refuse(field, .malformed, sentence)
    }

    mutating func refuse(_ field: String, _ code: Rejection.Code, _ sentence: String) {
        refused.append(.init(field: field, code: code.rawValue, sentence: sentence))
    }

    mutating func readTime(start: String?, end: String?, day: String?) {
        let today = zone.day(atMs: now)
        var date = today
        if let day {
            guard let named = DayName.date(day, today: today) else {
                return refuse("time", "“\(day)” is no day I can read. Type sunday or 2026-03-29.")
            }
            date = named
        }
        do {
            let typedStart = start ?? (day.map { _ in "\(date)" } ?? "now")
            let began = try TypedMoment(typedStart, day: date, now: now, zone: zone)
            guard day == nil || began.moment.wall.date == date else {
                return refuse(
                    "time",
                    "“\(typedStart)” is not of \(date.longWords), the day that was said. Say one.")
            }
            var value = TimeValue(start: began.moment)
            if let warning = began.warning { note(warning, "time", began.moment.json) }
            if let end {
                let startDay = began.moment.wall.date
                var typed = try TypedMoment(end, day: startDay, now: now, zone: zone)
                if end.contains(":"), !end.contains("-"), let from = began.moment.ms,
                    let to = typed.moment.ms, to < from
                {
                    // An end that lies before the start on the clock's face is on the next day.
                    typed = try TypedMoment(
                        end, day: startDay.adding(days: 1), now: now, zone: zone)
                }
                if let warning = typed.warning { note(warning, "time", typed.moment.json) }
                value.end = .value(typed.moment)
            }
            let typed = [start, end].map { $0?.trimmed.lowercased() }
            if !typed.contains(nil), !typed.contains("now"), let flaw = value.flawOfTypedWalls {
                refuse("time", .impossible, flaw)
            }
            set["time"] = value.json
        } catch let DeskError.refused(values) {
            refused += values
        } catch {
            refuse("time", "\(error)")
        }
    }

    private mutating func note(_ code: WarningCode, _ field: String, _ seen: JSONValue) {
        warnings.append(Warning(code, field, seen))
    }

    mutating func readOutcome(notDone: String?, outcome: String?) {
        if let notDone {
            guard let reason = NotDoneReason(typed: notDone) else {
                let list = NotDoneReason.allCases.map(\.rawValue).joined(separator: ", ")
                return refuse(
                    "outcome", .notInList, "“\(notDone)” is none of the reasons: \(list).")
            }
            set["outcome"] = Outcome(.notDone, reason: reason).json
            return
        }
        guard let code = Outcome.Code(rawValue: outcome ?? "completed") else {
            let list = Outcome.Code.allCases.map(\.rawValue).joined(separator: ", ")
            return refuse("outcome", .notInList, "An outcome is one of \(list).")
        }
        set["outcome"] = Outcome(code).json
    }

    mutating func readVials(_ form: InfusionForm, least: Int64 = 1) {
        let scans = form.scans.map { Scan(typed: $0, on: zone.day(atMs: now)) }
        let key = readProduct(form.product ?? scannedProduct(scans))
        guard let typed = form.vials else {
            return refuse(
                "vials.1", .missing,
                "Say the vials, such as --vials 8x4g, or --not-done with the reason.")
        }
        guard let list = VialSpecification.list(typed: typed, least: least), !list.isEmpty else {
            return refuse(
                "vials.1", "“\(typed)” is no number of vials I can read. Type 8x4g or 2x10g+1x4g.")
        }
        guard mayBeOf(list.count, form) else { return }
        for (index, specification) in list.enumerated() {
            var line =
                scans.indices.contains(index)
                ? VialLine(scans[index], of: key, in: catalogue) : VialLine(product: key)
            if key == .other { line.productText = form.product.map { PrintedText($0) } }
            line.count = .value(specification.count)
            line.vialMilligrams = .value(specification.vialMilligrams)
            line.vialMicrolitres =
                product?.size(milligrams: specification.vialMilligrams)?
                .microlitres.map { .value($0) } ?? .unknown
            if form.lots.indices.contains(index) {
                // Whoever types a lot beside its scan corrects it: a recall takes a scanned one at its word.
                line.lot = PrintedText(form.lots[index].trimmed)
                line.entryMethod = .typed
            }
            readMissingLot(form.lotMissing, into: &line)
            if line.entryMethod == nil { line.entryMethod = .typed }
            if scans.indices.contains(index) { check(scans[index], filled: line, at: index) }
            if form.expiries.indices.contains(index) {
                readExpiry(form.expiries[index], into: &line, at: index)
            }
            set["vials.\(index + 1)"] = line.json
        }
    }

    private mutating func readExpiry(_ typed: String, into line: inout VialLine, at index: Int) {
        if typed.isEmpty { return }
        if let expiry = Expiry(typed: typed, year: zone.day(atMs: now).year) {
            line.expiry = .value(expiry)
        } else if typed.lowercased() == AnswerWord.unknown.rawValue {
            line.expiry = .unknown
        } else {
            refuse(
                "vials.\(index + 1)",
                "“\(typed)” is no expiry I can read. Type 2028-12, 2028-12-31 or unknown.")
        }
    }

    private mutating func readMissingLot(_ typed: String?, into line: inout VialLine) {
        guard line.lot == nil, let typed else { return }
        guard let reason = VialLine.LotMissing(rawValue: typed) else {
            let list = VialLine.LotMissing.allCases.map(\.rawValue).joined(separator: ", ")
            return refuse("vials.1", .notInList, "A lot is missing because of one of: \(list).")
        }
        line.lotMissing = reason
    }

    private mutating func readProduct(_ typed: String?) -> ProductKey {
        guard let typed else {
            refuse("vials.1", .missing, "Say the product, such as --product hizentra.")
            return .other
        }
        let found = catalogue.products(named: typed)
        if found.count > 1 {
            let list = found.map(\.key.text).joined(separator: ", ")
            refuse("vials.1", .notInList, "“\(typed)” can mean \(list). Say which.")
        }
        product = found.first
        return found.first?.key ?? .other
    }

    mutating func readRoute(_ typed: String?) {
        if let typed {
            guard let route = Route(rawValue: typed.lowercased()) else {
                return refuse("route", .notInList, "A route is one of iv, sc, fsc.")
            }
            set["route"] = route.json
        } else if let routes = product?.routes, let only = routes.first, routes.count == 1 {
            set["route"] = only.json
        }
    }

    mutating func readRest(_ form: InfusionForm) {
        if let typed = form.sites {
            guard let sites = Site.list(typed: typed) else {
                return refuse(
                    "sites", "“\(typed)” is no list of sites. Type abdomen-L,abdomen-R,thigh-L.")
            }
            set["sites"] = .array(sites.map(\.json))
        }
        if let by = form.by {
            guard let code = InfusedBy.Code(rawValue: by.lowercased()) else {
                return refuse(
                    "infusedBy", .notInList, "Who infused is self, carer, nurse or other.")
            }
            set["infusedBy"] = InfusedBy(code).json
        }
        if let looked = form.looked {
            guard let check = VisualCheck(rawValue: looked.lowercased()) else {
                return refuse(
                    "visualCheck", .notInList, "The solution was ok, problem or not_done.")
            }
            set["visualCheck"] = check.json
        }
        if let weight = form.weight {
            guard let kilograms = Grams(typed: weight) else {
                return refuse("weightGrams", "“\(weight)” is no weight in kg. Type 82.4.")
            }
            set["weightGrams"] = BodyWeight(grams: kilograms.milligrams, source: .home).json
        }
        if let pump = form.pump { set["pump"] = ["model": .string(pump)] }
        if let place = form.elsewhere {
            set["place"] = Place(.elsewhere, name: PrintedText(place)).json
        }
        readRate(form.rate)
        readPremedications(form.premedications)
        readPart(form.part)
    }

    private mutating func readRate(_ typed: String?) {
        guard let typed else { return }
        guard let millilitres = Grams(typed: typed) else {
            return refuse("rates", "“\(typed)” is no rate in mL/h. Type 35.")
        }
        let step = RateStep(fromMinutes: 0, rateMicrolitresPerHour: millilitres.milligrams)
        set["rates"] = .array([step.json])
    }

    private mutating func readPremedications(_ list: [String]) {
        for typed in list {
            let parts = typed.split(separator: "=", maxSplits: 1).map(String.init)
            guard let name = parts.first?.lowercased(), !name.isEmpty,
                FieldName.isWellFormed(Array("premed.\(name)".utf8))
            else {
                refuse("premed", "Type a pre-medication as paracetamol=1000, in mg.")
                continue
            }
            let dose = parts.count == 2 ? Int64(parts[1]) : nil
            guard parts.count == 1 || dose != nil else {
                refuse("premed.\(name)", "“\(parts[1])” is no dose in mg. Type \(name)=1000.")
                continue
            }
            set["premed.\(name)"] = Premedication(doseMilligrams: dose).json
        }
    }

    private mutating func readPart(_ typed: String?) {
        guard let typed else { return }
        let numbers = typed.lowercased().split { !$0.isNumber }.compactMap { Int64($0) }
        guard numbers.count == 2 else {
            return refuse("course", "“\(typed)” is no part of a course. Type 2 of 2.")
        }
        let day = zone.day(atMs: now)
        set["course"] =
            Course(id: PrintedText("\(day)"), part: numbers[0], parts: numbers[1]).json
    }
}
