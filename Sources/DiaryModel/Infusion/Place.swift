public import SyncCore

/// Where the infusion was given.
public struct Place: DiaryValue {
    public var code: Said<Code>
    public var name: PrintedText?

    public enum Code: String, DiaryValue, CaseIterable { case home, hospital, elsewhere }

    public init(_ code: Code, name: PrintedText? = nil) {
        self.code = .value(code)
        self.name = name
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let code: Said<Code>? = reader.member("code")
        name = reader.member("name")
        guard reader.isWhole, let code else { return nil }
        self.code = code
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("code", code)
        object.set("name", name)
        return .object(object)
    }
}
