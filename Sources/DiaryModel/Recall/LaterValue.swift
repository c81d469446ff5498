public import SyncCore

/// What stands today where an older value named a lot.
public enum LaterValue: DiaryValue {
    case lot(PrintedText, product: ProductKey?)
    /// A line without a lot.
    case noLot
    /// The line was taken out.
    case removed
    case erased

    public init?(json: JSONValue) {
        if let code = json.stringValue {
            switch code {
            case "no_lot": self = .noLot
            case "removed": self = .removed
            case "erased": self = .erased
            default: return nil
            }
            return
        }
        guard var reader = MemberReader(json) else { return nil }
        let lot: PrintedText? = reader.member("lot")
        let product: ProductKey? = reader.member("product")
        guard reader.isWhole, let lot else { return nil }
        self = .lot(lot, product: product)
    }

    public var json: JSONValue {
        switch self {
        case .lot(let lot, let product):
            var object = JSONObject()
            object.set("lot", lot)
            object.set("product", product)
            return .object(object)
        case .noLot: return "no_lot"
        case .removed: return "removed"
        case .erased: return "erased"
        }
    }

    /// What the candidates of a line say, each once.
    static func all(of register: Register?) -> [LaterValue] {
        var values: [LaterValue] = []
        for candidate in register?.candidates ?? [] {
            let value = LaterValue(candidate.value)
            if !values.contains(value) { values.append(value) }
        }
        return values
    }

    private init(_ value: Register.Value) {
        guard let json = value.json else {
            self = .erased
            return
        }
        if json.isNull {
            self = .removed
        } else if let text = json["lot"]?.stringValue, !text.isEmpty {
            let product = json["product"].flatMap { Said<ProductKey>(json: $0) }?.value
            self = .lot(PrintedText(text), product: product)
        } else {
            self = .noLot
        }
    }

    /// "K551A8444", "without a lot".
    var words: String {
        switch self {
        case .lot(let lot, _): lot.oneLine
        case .noLot: "without a lot"
        case .removed: "removed"
        case .erased: "erased"
        }
    }
}
