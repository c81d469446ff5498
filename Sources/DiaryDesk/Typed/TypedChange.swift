public import DiaryModel
public import SyncCore

/// A change as a person types it: `lot=P100423971`, `sites=thigh-L,thigh-R`, `end=10:20`.
///
/// A name people use stands for the field it belongs to: `lot`, `count`, `expiry`, `product` change the
/// one vial line, or with a number in front (`2.lot=`) that one; `start` and `end` change `time`.
public struct TypedChange: Sendable {
    public let name: String
    public let text: String

    /// Reads `name=value`; nil for anything else.
    public init?(_ typed: String) {
        guard let equals = typed.firstIndex(of: "=") else { return nil }
        let said = String(typed[..<equals]).trimmed
        // `lot.2` is what `2.lot` is; other names keep their parts, and their letters.
        let parts = said.lowercased().split(separator: ".").map(String.init)
        let isTurned =
            parts.count == 2 && Int(parts[1]) != nil && Self.names.contains(parts[0])
        name = isTurned ? "\(parts[1]).\(parts[0])" : said.lowercased()
        text = String(typed[typed.index(after: equals)...]).trimmed
        if name.isEmpty { return nil }
    }

    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }

    /// The names that `amend` understands.
    public static let names = [
        "lot", "count", "expiry", "product", "size", "start", "end", "sites", "outcome", "by",
        "looked", "weight", "pump", "rate", "route", "text", "name", "role",
    ]

    /// The field that this name stands for in an entry.
    ///
    /// - Throws: `DeskError.notPossible` where there is none, or several vial lines can be meant.
    public func field(in view: EntryView) throws -> String {
        switch bareName {
        case "lot", "count", "expiry", "product", "size", "vials", "line":
            return try lineField(in: view)
        case "start", "end", "time": return "time"
        case "by": return "infusedBy"
        case "looked": return "visualCheck"
        case "weight": return "weightGrams"
        case "rate": return "rates"
        case "outcome", "sites", "pump", "route", "text", "name", "role", "status", "label":
            return bareName
        default:
            if view.fields[name] != nil { return name }
            throw DeskError.notPossible(
                "“\(name)” is nothing I can change. I know: "
                    + Self.names.joined(separator: ", "))
        }
    }

    private var bareName: String { name.split(separator: ".").last.map(String.init) ?? name }

    private func lineField(in view: EntryView) throws -> String {
        let fields = view.fields.filter { field, register in
            field.hasPrefix("vials.")
                && register.candidates.contains { $0.value.json?.isNull == false }
        }.keys.sorted()
        let parts = name.split(separator: ".").map(String.init)
        if parts.count > 1 {
            let wanted = "vials." + parts[parts.count - 2]
            guard fields.contains(wanted) else {
                throw DeskError.notPossible("there is no vial line \(parts[parts.count - 2])")
            }
            return wanted
        }
        guard let field = fields.first else {
            throw DeskError.notPossible("this entry has no vials")
        }
        guard fields.count == 1 else {
            let choices = fields.map { "\($0.dropFirst(6)).\(name)=…" }.joined(separator: "  ")
            throw DeskError.notPossible("which vial line? \(choices)")
        }
        return field
    }

    /// The new value of `field`, made from what it says now.
    ///
    /// - Parameter base: the value that is changed; a candidate where people disagree.
    public func value(
        of field: String, from base: JSONValue?, now: Int64, zone: TZif, catalogue: Catalogue
    ) throws -> JSONValue {
        if text == "unknown" || text == "declined", field != "text", field != "name",
            !field.hasPrefix("vials.")
        {
            return .string(text)
        }
        if field.hasPrefix("vials.") { return try lineValue(from: base, catalogue: catalogue) }
        if field == "time" { return try timeValue(from: base, now: now, zone: zone) }
        if field == "status" { return .string(text) }
        if field == "text" || field == "name" || field == "label" || field == "role" {
            return .string(text)
        }
        var form = InfusionForm()
        switch field {
        case "sites": form.sites = text
        case "infusedBy": form.by = text
        case "visualCheck": form.looked = text
        case "weightGrams": form.weight = text
        case "pump": form.pump = text
        case "rates": form.rate = text
        case "route": form.route = text
        case "outcome": form.outcome = text
        default: throw DeskError.notPossible("\(field) cannot be changed here yet")
        }
        var reader = FormReader(now: now, zone: zone, catalogue: catalogue)
        if field == "outcome" {
            reader.readOutcome(notDone: nil, outcome: text)
        } else {
            reader.readRoute(form.route)
            reader.readRest(form)
        }
        guard reader.refused.isEmpty else { throw DeskError.refused(reader.refused) }
        guard let value = reader.set[field] else {
            throw DeskError.notPossible("“\(text)” says nothing about \(field)")
        }
        return value
    }

    private func lineValue(from base: JSONValue?, catalogue: Catalogue) throws -> JSONValue {
        if bareName == "line" || bareName == "vials", text == "none" { return .null }
        guard let base, var line = VialLine(json: base) else {
            throw DeskError.notPossible("that vial line was written by a newer version")
        }
        switch bareName {
        case "lot":
            guard TypedText.isPrintable(text) else {
                throw refusal("the lot as printed, such as P100423917")
            }
            line.lot = PrintedText(text)
            line.lotMissing = nil
            line.entryMethod = .typed
        case "count":
            guard let count = Int64(text) else { throw refusal("a number of vials, such as 8") }
            line.count = .value(count)
        case "expiry":
            guard let expiry = Expiry(typed: text) else {
                throw refusal("an expiry, such as 2028-12")
            }
            line.expiry = .value(expiry)
        case "size":
            guard let grams = Grams(typed: text.hasSuffix("g") ? String(text.dropLast()) : text)
            else { throw refusal("grams in a vial, such as 4g") }
            line.vialMilligrams = .value(grams.milligrams)
            line.vialMicrolitres =
                line.product.value.flatMap { catalogue.product($0) }?
                .size(milligrams: grams.milligrams)?.microlitres.map { .value($0) } ?? .unknown
        case "product":
            let found = catalogue.products(named: text)
            guard found.count <= 1 else {
                throw refusal("one of " + found.map(\.key.text).joined(separator: ", "))
            }
            line.product = .value(found.first?.key ?? .other)
            line.productText = found.isEmpty ? PrintedText(text) : nil
        default: throw DeskError.notPossible("say lot, count, expiry, size or product")
        }
        return line.json
    }

    private func timeValue(from base: JSONValue?, now: Int64, zone: TZif) throws -> JSONValue {
        let old = base.flatMap { TimeValue(json: $0) }
        let day = old?.start.wall.date ?? zone.day(atMs: now)
        let typed = try TypedMoment(text, day: day, now: now, zone: zone)
        guard var value = old else { return TimeValue(start: typed.moment).json }
        if bareName == "end" {
            value.end = .value(typed.moment)
        } else {
            value.start = typed.moment
        }
        return value.json
    }

    private func refusal(_ expected: String) -> DeskError {
        .refused([
            .init(
                field: name, code: Rejection.Code.malformed.rawValue,
                sentence: "“\(text)” was not understood. Type \(expected).")
        ])
    }
}
