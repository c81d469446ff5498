import DiaryModel
public import SyncCore

/// A change as a person types it: `lot=P100423971`, `sites=thigh-L,thigh-R`, `end=10:20`.
///
/// A name people use stands for the field it belongs to: `lot`, `count`, `expiry`, `product` change the
/// one vial line, or with a number in front (`2.lot=`) that one; `start` and `end` change `time`. What
/// has no name of its own here is found in the field table (`TypedName`).
public struct TypedChange: Sendable {
    /// The name as it was typed.
    public let said: String
    /// The same in small letters, with the number of a vial line in front.
    public let name: String
    public let text: String

    /// Reads `name=value`; nil for anything else.
    public init?(_ typed: String) {
        guard let equals = typed.firstIndex(of: "=") else { return nil }
        said = String(typed[..<equals]).trimmed
        // `lot.2` is what `2.lot` is; other names keep their parts, and their letters.
        let parts = said.lowercased().split(separator: ".").map(String.init)
        let isTurned =
            parts.count == 2 && Int(parts[1]) != nil && Self.names.contains(parts[0])
        name = isTurned ? "\(parts[1]).\(parts[0])" : said.lowercased()
        text = String(typed[typed.index(after: equals)...]).trimmed
        if name.isEmpty { return nil }
    }

    public init(name: String, text: String) {
        said = name
        self.name = name.lowercased()
        self.text = text
    }

    /// The names that `amend` understands of infusions, notes and people.
    public static let names = [
        "lot", "count", "expiry", "product", "size", "start", "end", "sites", "outcome", "by",
        "looked", "weight", "pump", "rate", "route", "premed.NAME", "text", "name", "role",
    ]

    /// The field that this name stands for in an entry.
    ///
    /// - Throws: `DeskError.notPossible` where there is none, or several vial lines can be meant.
    public func field(in view: EntryView) throws -> String {
        switch EntryKind(rawValue: view.kind) {
        case .infusion, .note, .person, .replica, nil: return try namedField(in: view)
        case .plan:
            throw DeskError.notPossible(
                "a plan is never edited; a new version is signed with  diary clinic plan sign")
        case .measurement: return try measurementField(in: view)
        case let kind?:
            if ["start", "end", "onset", "time"].contains(name) { return "time" }
            if name == Vocabulary.status { return name }
            if kind == .stock, Self.lineNames.contains(bareName) { return try lineField(in: view) }
            return try tableField(in: view, kind)
        }
    }

    /// The name that a person types for a field of an entry: `lot` for the only vial line.
    static func name(of field: String, in view: EntryView) -> String {
        let ofLine = field.hasPrefix("vials.") ? ["\(field.dropFirst("vials.".count)).lot"] : []
        let name = (names + ofLine).first {
            (try? TypedChange(name: $0, text: "").field(in: view)) == field
        }
        return name ?? field
    }

    private static let lineNames = ["lot", "count", "expiry", "product", "size", "vials", "line"]

    private func namedField(in view: EntryView) throws -> String {
        switch bareName {
        case _ where Self.lineNames.contains(bareName) && !name.hasPrefix("needleset"):
            return try lineField(in: view)
        case "start", "end", "time": return "time"
        case "by": return "infusedBy"
        case "looked": return "visualCheck"
        case "weight": return "weightGrams"
        case "rate": return "rates"
        case "outcome", "sites", "pump", "route", "text", "name", "role", "status", "label":
            return bareName
        default: return try tableField(in: view, EntryKind(rawValue: view.kind))
        }
    }

    private func tableField(in view: EntryView, _ kind: EntryKind?) throws -> String {
        if view.fields[said] != nil { return said }
        if view.fields[name] != nil { return name }
        if let kind, let found = TypedName(said, in: kind, present: view.fields.keys.sorted()) {
            return found.field
        }
        let known = kind.map { $0 == .infusion ? Self.names : TypedName.known(in: $0) }
        throw DeskError.notPossible(
            "“\(said)” is nothing I can change. I know: "
                + (known ?? Self.names).joined(separator: ", "))
    }

    private func measurementField(in view: EntryView) throws -> String {
        if ["start", "end", "time"].contains(name) { return "time" }
        if name == Vocabulary.status { return name }
        guard name != "measure" else {
            throw DeskError.notPossible(
                "what was measured is said once; void this entry and record another")
        }
        var form = MeasurementForm(measure: view["measure"]?.stringValue ?? "", saying: nil)
        guard form.say(said, text) else {
            throw DeskError.notPossible(
                "“\(said)” is nothing I can change. I know: value, method, figure, aid, set, "
                    + "centile, table, scale, lastInfusion, nextInfusion, from, to, start")
        }
        return "value"
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
        of field: String, in view: EntryView, from base: JSONValue?, _ context: FormContext
    ) throws -> JSONValue {
        if field.hasPrefix("vials.") {
            return try lineValue(from: base, catalogue: context.catalogue)
        }
        let context = context.onClock(of: view)
        let kind = EntryKind(rawValue: view.kind)
        let isText = ["text", "name", "label", "role", Vocabulary.status].contains(field)
        if isText { return .string(text) }
        if kind == .measurement, field == "value" {
            return try measurementValue(in: view, from: base, context)
        }
        let found = kind.flatMap { TypedName(said, in: $0, present: [field]) }
        let isPart = found?.field == field && found?.member != nil
        if text == "unknown" || text == "declined", !isPart { return .string(text) }
        if field == "time" {
            return try timeValue(from: base, context)
        }
        if kind == .infusion, let value = try infusionValue(of: field, context) { return value }
        return try tableValue(of: field, kind, found, from: base, context)
    }

    /// A field of an infusion that has a spelling of its own; nil for the others.
    private func infusionValue(of field: String, _ context: FormContext) throws -> JSONValue? {
        var form = InfusionForm()
        var reader = FormReader(context)
        switch field {
        case "sites": form.sites = text
        case "infusedBy": form.by = text
        case "visualCheck": form.looked = text
        case "weightGrams": form.weight = text
        case "pump": form.pump = text
        case "rates": form.rate = text
        case "route": form.route = text
        case "course": form.part = text
        case "outcome": reader.readOutcome(notDone: nil, outcome: text)
        case _ where field.hasPrefix("premed."):
            form.premedications = ["\(field.dropFirst(7))=\(text)"]
        default: return nil
        }
        if field != "outcome" {
            reader.readRoute(form.route)
            reader.readRest(form)
        }
        guard reader.refused.isEmpty else { throw DeskError.refused(reader.refused) }
        guard let value = reader.set[field] else {
            throw DeskError.notPossible("“\(text)” says nothing about \(field)")
        }
        return value
    }

    /// Any other field, as its row of the table reads it.
    private func tableValue(
        of field: String, _ kind: EntryKind?, _ found: TypedName?, from base: JSONValue?,
        _ context: FormContext
    ) throws -> JSONValue {
        guard let kind, let row = FieldTable.row(kind: kind, field: field) else {
            throw DeskError.notPossible("\(field) cannot be changed here yet")
        }
        if kind == .reaction, field.hasPrefix("local."),
            let code = field.split(separator: ".").last,
            let value = ReactionForm.localValue(text, of: String(code))
        {
            return value
        }
        // Taken out again, with the reason of the amendment.
        if text.lowercased() == "none" {
            guard let member = found?.member, found?.field == field else { return .null }
            var object = base?.objectValue ?? [:]
            object[member.name] = nil
            return .object(object)
        }
        let name = found?.field == field ? found : TypedName(field, row)
        guard let name else { throw DeskError.notPossible("\(field) cannot be changed here yet") }
        return try name.value(text, from: base, reading: TypedValue(context))
    }

    private func measurementValue(
        in view: EntryView, from base: JSONValue?, _ context: FormContext
    ) throws -> JSONValue {
        guard let code = view["measure"]?.stringValue, FieldTable.measures.contains(code) else {
            throw DeskError.notPossible("that measure was written by a newer version")
        }
        var form = MeasurementForm(measure: code, saying: base)
        // Where people disagree about the whole, `value=` says the number anew.
        _ = form.say(said, text)
        var reader = FormReader(context)
        let value = form.readValue(of: code, &reader)
        guard reader.refused.isEmpty, let value else { throw DeskError.refused(reader.refused) }
        guard var object = value.objectValue else { return value }
        for kept in ["lastInfusion", "nextInfusion", "adjusted"] where object[kept] == nil {
            if let before = base?[kept] { object[kept] = before }
        }
        return .object(object)
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

    private func refusal(_ expected: String) -> DeskError {
        .refused([
            .init(
                field: name, code: Rejection.Code.malformed.rawValue,
                sentence: "“\(text)” was not understood. Type \(expected).")
        ])
    }
}
