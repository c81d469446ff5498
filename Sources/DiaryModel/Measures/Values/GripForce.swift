public import SyncCore

/// A grip by the force on a dynamometer: another instrument than a bulb, in the unit it shows.
public struct GripForce: DiaryValue {
    public var force: Force
    public var method: PrintedText?
    public var entryMethod: EntryMethod?

    /// The unit stands with the number, and one is never turned into the other.
    public enum Force: Hashable, Sendable {
        case grams(Said<Int64>)
        case poundHundredths(Said<Int64>)

        public var number: Said<Int64> {
            switch self {
            case .grams(let number), .poundHundredths(let number): number
            }
        }

        public var unit: MeasureUnit {
            switch self {
            case .grams: .kilograms
            case .poundHundredths: .poundsForce
            }
        }
    }

    public init(_ force: Force, method: PrintedText? = nil) {
        self.force = force
        self.method = method
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let grams: Said<Int64>? = reader.member("forceGrams")
        let pounds: Said<Int64>? = reader.member("forcePoundHundredths")
        method = reader.member("method")
        entryMethod = reader.member("entryMethod")
        guard reader.isWhole else { return nil }
        switch (grams, pounds) {
        case (let grams?, nil): force = .grams(grams)
        case (nil, let pounds?): force = .poundHundredths(pounds)
        default: return nil
        }
    }

    public var json: JSONValue {
        var object = JSONObject()
        switch force {
        case .grams(let number): object.set("forceGrams", number)
        case .poundHundredths(let number): object.set("forcePoundHundredths", number)
        }
        object.set("method", method)
        object.set("entryMethod", entryMethod)
        return .object(object)
    }
}
