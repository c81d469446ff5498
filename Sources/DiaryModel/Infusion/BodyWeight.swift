public import SyncCore

/// The body weight used: a number of grams, or that with where it was measured.
public struct BodyWeight: DiaryValue {
    public var grams: Int64
    public var source: Source?

    public enum Source: String, DiaryValue, CaseIterable { case home, clinic }

    public init(grams: Int64, source: Source? = nil) {
        self.grams = grams
        self.source = source
    }

    public init?(json: JSONValue) {
        if let grams = json.integerValue {
            self.init(grams: grams)
            return
        }
        guard var reader = MemberReader(json) else { return nil }
        let grams: Int64? = reader.member("weightGrams")
        let source: Source? = reader.member("source")
        guard reader.isWhole, let grams else { return nil }
        self.init(grams: grams, source: source)
    }

    public var json: JSONValue {
        guard let source else { return .integer(grams) }
        return ["weightGrams": .integer(grams), "source": source.json]
    }
}
