public import SyncCore

/// Who infused or supervised; who typed it is the author of the event.
public struct InfusedBy: DiaryValue {
    public var code: Code
    /// The `person` entry.
    public var author: EntryID?

    public enum Code: String, DiaryValue, CaseIterable {
        case `self`, carer, nurse, other, unknown, declined
    }

    public init(_ code: Code, author: EntryID? = nil) {
        self.code = code
        self.author = author
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let code: Code? = reader.member("code")
        author = reader.member("author")
        guard reader.isWhole, let code else { return nil }
        self.code = code
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("code", code)
        object.set("author", author)
        return .object(object)
    }
}

extension EventID: DiaryValue {
    public init?(json: JSONValue) {
        guard let text = json.stringValue else { return nil }
        self.init(text)
    }

    public var json: JSONValue { .string(text) }
}
