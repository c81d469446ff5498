import DiaryModel
import SyncCore

/// Lots compare the same whatever way round, typed vials say what was typed, a scanned code is kept, and
/// what is received is written back as it came or is not understood, and never traps.
enum LotProperty {
    static func check(_ bytes: [UInt8]) throws {
        let halves = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        let left = String(decoding: halves.first ?? [], as: UTF8.self)
        let right = String(decoding: halves.count > 1 ? halves[1] : [], as: UTF8.self)
        try checkLots(left, right)
        for text in [left, right] {
            try checkVials(text)
            try checkNumbers(text)
        }
        try checkScan(bytes)
        var choices = Choices(bytes)
        try checkReceived(&choices)
    }

    private static func checkScan(_ bytes: [UInt8]) throws {
        let day = CivilDate(daysSinceEpoch: 20_541)
        let scan = Scan(bytes, on: day)
        try hold(scan.raw == bytes, "a code is not kept")
        try hold(scan.lot.map { $0.byteCount > 0 } ?? true, "an empty lot is filled")
        if let printed = scan.printed {
            try hold(Scan(printed: printed, on: day) == scan, "a code is read otherwise")
        }
        let line = VialLine(scan, of: "hizentra", in: .seed)
        try hold(VialLine(json: line.json) == line, "a scanned line is not read as written")
    }

    private static func checkLots(_ left: String, _ right: String) throws {
        for text in [left, right] {
            guard let key = LotKey(text) else { continue }
            try hold(
                key.bytes.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) },
                "\(key) has other characters")
            try hold(LotKey(key.description) == key, "the key of \(key) is another")
            try hold(key.bytes.count <= 18 * text.utf8.count, "a key longer than its lot")
        }
        guard let a = LotKey(left), let b = LotKey(right) else { return }
        try hold(
            (LotNearness(a, b) == nil) == (LotNearness(b, a) == nil), "\(a) is near \(b) one way")
        try hold((LotDifference(a, b) == .none) == (a == b), "\(a), \(b): none, and not the same")
        try hold(
            LotDifference(a, b).isOneSlip == LotDifference(b, a).isOneSlip, "a slip one way")
        try hold((LotDifference(a, b).words == nil) == (a == b), "no words for \(a), \(b)")
        guard let query = LotQuery(product: .other, lot: PrintedText(left)) else {
            throw Broken("a lot with a key cannot be asked about")
        }
        let match = query.match(product: .other, lot: PrintedText(right), scanned: false)
        try hold((match == .exact) == (a == b), "\(match) of \(a), \(b)")
    }

    private static func checkVials(_ text: String) throws {
        if let grams = Grams(typed: text) {
            try hold((0...1_000_000_999).contains(grams.milligrams), "\(grams.milligrams) mg")
            let thousandths = String(1000 + grams.milligrams % 1000).dropFirst()
            let again = Grams(typed: "\(grams.milligrams / 1000).\(thousandths)")
            try hold(again == grams, "\(grams) typed again is \(again as Any)")
            try hold(grams.description.hasSuffix(" g"), "\(grams) has no unit")
        }
        guard let list = VialSpecification.list(typed: text) else { return }
        try hold(!list.isEmpty, "vials of nothing")
        for one in list {
            try hold(one.count > 0 && one.vialMilligrams > 0, "\(one) is no vial")
            let line = VialLine(one, of: "hizentra", in: .seed)
            try hold(VialLine(json: line.json) == line, "typed vials are not read as written")
            _ = DoseSum([line, line])
        }
        let thousands = list.map {
            "\($0.count)x\($0.vialMilligrams / 1000)."
                + String(1000 + $0.vialMilligrams % 1000).dropFirst() + "g"
        }
        let again = VialSpecification.list(typed: thousands.joined(separator: ","))
        try hold(again == list, "vials typed again are others")
    }

    private static func checkNumbers(_ text: String) throws {
        if let gtin = GTIN(text) {
            try hold(GTIN(gtin.description) == gtin, "\(gtin) is read otherwise")
            try hold(gtin.description.utf8.count == 14, "\(gtin) has not 14 digits")
        }
        if let expiry = Expiry(typed: text) {
            try hold(Expiry(json: expiry.json) == expiry, "an expiry is not read as written")
            try hold(expiry.agrees(with: expiry), "an expiry disagrees with itself")
        }
    }

    private static func checkReceived(_ choices: inout Choices) throws {
        guard let kind = choices.pick(EntryKind.allCases) else { return }
        var fields = JSONObject()
        for _ in 0...choices.below(4) {
            fields[choices.pick(fieldNames, "time")] = choices.diaryValue()
        }
        for member in fields.members {
            if let line = VialLine(json: member.value) {
                try hold(line.json == member.value, "a vial line is written otherwise")
                _ = DoseSum([line])
                _ = line.lotKey
            }
            if let expiry = Expiry(json: member.value) {
                try hold(expiry.json == member.value, "an expiry is written otherwise")
            }
        }
        let validator = Validator()
        _ = validator.findings(kind: kind, values: fields)
        _ = validator.validate(kind: kind, set: fields)
        _ = validator.validateAmendment(kind: kind, set: fields, current: fields)
        var infusion = Infusion(fields: fields)
        // What is not understood is named, and not kept: nobody writes a whole infusion anew.
        infusion.notUnderstood = []
        let again = Infusion(fields: infusion.fields)
        try hold(again == infusion, "what is understood is not read as written")
    }

    private static let fieldNames = [
        "time", "vials.1", "vials.2", "vials.10", "route", "outcome", "course", "sites", "rates",
        "infusedBy", "supervisedBy", "premed.1", "visualCheck", "weightGrams", "place", "status",
        "note", "text", "value", "planVersion", "grade", "symptoms", "count", "product", "plan",
    ]
}
